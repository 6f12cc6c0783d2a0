import { BULLETS, nameList } from './lists';

const WORDS = 'and|or|und|oder|et|ou|y|vs\\.?|versus|&';
/** Signs, or a word or an arrow between spaces: `['sora-2', 'kling-v3']` and `Sora 2 and Kling v3`. */
const SEPARATORS = new RegExp(
	String.raw`(?:[\n,;|，；、[\]"'“”„«»]|[^\S\n](?:${WORDS}|[-=]?>|[+*→])[^\S\n])+`,
	'i',
);
/** A part of IDs alone, as in `sora-2 kling-v3`, is several models. A name has capital letters, or a number of its own. */
const IS_ID = /[-/.]|^(?=.*[a-z])[a-z\d_]+$/;

/** Reads the IDs or names of models, in their order. A name may contain spaces. */
export function modelNames(parameter: string) {
	return nameList(parameter, splitModels);
}

function splitModels(text: string): string[] {
	return text
		.replace(BULLETS, '')
		.split(SEPARATORS)
		.flatMap((part) => {
			const words = part.trim().split(/\s+/);
			return words.every((word) => IS_ID.test(word)) ? words : [part];
		});
}

import { parseJsonText } from './jsonText';
import { BULLETS } from './lists';
import { SCENE_WORDS } from './localWords';

/** JSON may follow a sentence or be in a Markdown block. */
const JSON_START = /^\s*\{\s*\w|```/;
const JSON_LINE = /^[^\S\n]*(?:\[\s*["'[{]|\{\s*["'])/m;
/** A field of a record: `Duration: 4`. A model in words may be a person: `Model: a woman in red`. */
const FIELD = /^[^\S\n]*(?:-\s)?(?:(?:seconds|duration)\s*:|model\s*:\s*\S+\s*$)/im;
/** The line below the head of a table. */
const isTableLine = (line: string) => /^[\s:|-]+$/.test(line) && /--/.test(line) && /\|/.test(line);

/**
 * Whether a text is a table, a record, or was meant as JSON and is not. Each of its lines would become a scene, and would
 * be paid for.
 */
export function isData(text: string): boolean {
	if (!JSON_START.test(text) && !JSON_LINE.test(text))
		return FIELD.test(text) || text.split('\n').some(isTableLine);
	const parsed = parseJsonText(text);
	return typeof parsed !== 'object' || parsed === null;
}

/** A line that language models draw between scenes, or around the head of a table. */
const IS_LINE = /^[\s*_=#|:~-]*$/;
const BULLET = new RegExp(BULLETS.source);

/** The beginning of a numbered scene: a line that is only `## Scene 1`, or a number before its text. */
const NUMBERED = new RegExp(
	String.raw`^[ \t#*_>]*(?:(?:${SCENE_WORDS.join('|')})[ \t]*#?(\d{1,2})[ \t.:*_–—-]*$|(\d{1,2})[.)][*_]*[ \t]+)`,
	'gimu',
);
const AFTER_EMPTY_LINE = /(?:^|\n[^\S\n]*\n)\s*$/;

/** Returns the texts of numbered scenes, else the paragraphs, else the lines. */
export function scenesInText(text: string): string[] {
	const numbered = numberedIn(text);
	if (numbered.length > 1) return numbered;
	const paragraphs = text.trim().split(/\n\s*\n/);
	const rows = paragraphs.length > 1 ? paragraphs : text.split('\n');
	return rows.filter((row) => !IS_LINE.test(row)).map((row) => row.replace(BULLET, ''));
}

/** Returns the scenes if they are counted throughout the text. The steps inside of a scene may be counted too. */
function numberedIn(text: string): string[] {
	const starts = [...text.matchAll(NUMBERED)];
	const numbers = starts.map(([, ofHeading, ofItem]) => Number(ofHeading ?? ofItem));
	const isCounted = numbers.every((number, index) => number === numbers[0] + index);
	const [first] = starts;
	const isList =
		first?.[1] !== undefined || AFTER_EMPTY_LINE.test(text.slice(0, first?.index).slice(-100));
	if (!isCounted || !isList) return [];
	const textAt = (start: RegExpExecArray, next?: RegExpExecArray) =>
		text.slice(start.index + start[0].length, next?.index).trim();
	return starts
		.map((start, index) =>
			textAt(start, starts[index + 1])
				.replace(/\n\s*[-*_]{3,}$/, '')
				.trim(),
		)
		.filter((scene) => !IS_LINE.test(scene));
}

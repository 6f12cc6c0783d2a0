import { profileNamed, slugOf } from '../models/profiles';
import { isRecord } from '../support/isRecord';
import { Cell } from './cell';
import type { Form } from './form';
import { inputErrors } from './inputErrors';
import { BULLETS, nameList, partsOf } from './lists';

const MIN_MODELS = 2;
const MAX_MODELS = 8;

const WORDS = String.raw`and|or|und|oder|et|ou|y|vs\.?|versus|&`;
/** Agents also write `['sora-2', 'kling-v3']`, which is not JSON, and `sora-2 and kling-v3`. */
const SEPARATORS = new RegExp(
	String.raw`(?:[\s,;|，；、"'[\]]|(?<=\s)(?:${WORDS}|[+*→>-])(?=\s))+`,
	'iu',
);
/** `Sora 2, Kling v3` names two models, not four. */
const SIGNS = /[\n,;|，；、]/;
const WITH_SIGNS = new RegExp(
	String.raw`(?:[\n,;|，；、[\]]|[^\S\n](?:${WORDS}|[+*→>])[^\S\n])+`,
	'i',
);
/** A part of IDs alone, as in `sora-2 kling-v3`, is several models. A word of a name has none of these signs. */
const IS_ID = /[-/.]/;

function splitModels(text: string): string[] {
	const plain = text.replace(BULLETS, '').trim();
	if (!SIGNS.test(plain)) return plain.split(SEPARATORS);
	return plain.split(WITH_SIGNS).flatMap((part) => {
		const words = part.trim().split(/\s+/);
		return words.every((word) => IS_ID.test(word)) ? words : [part];
	});
}

/**
 * Returns the models to compare, in the given order.
 * @throws FailureError if there are too few or too many models, or if one occurs twice
 */
export function readModels(form: Form): string[] {
	const isText = form.choice('modelsFrom', 'Models From', ['list', 'text']) === 'text';
	const value = form.value(isText ? 'modelIds' : 'models');
	const models = nameList('Models', splitModels).parse(rowsOf(value));
	if (models.length < MIN_MODELS || models.length > MAX_MODELS)
		throw inputErrors.badModelCount(models.length, MIN_MODELS, MAX_MODELS);
	requireDifferent(models);
	return models;
}

/** The list of the form has its rows in a nested field. */
function rowsOf(value: unknown): unknown {
	const [list] = partsOf(Cell.of(value), (line) => [line]);
	return isRecord(list) && Array.isArray(list.model) ? list.model : value;
}

/** A model can have several names. It would be paid for under each of them. */
function requireDifferent(models: string[]): void {
	const identities = models.map(identityOf);
	identities.forEach((identity, index) => {
		const first = identities.indexOf(identity);
		if (first !== index) throw inputErrors.modelTwice(models[first], models[index]);
	});
}

/** Returns the same text for all names of a model. The same model of another provider is a different one. */
function identityOf(model: string): string {
	const provider = model.toLowerCase().split('/').slice(0, -1);
	const slug = slugOf(model);
	// The date is kept, because it names another version of the model.
	return [...provider, profileNamed(slug)?.id ?? slug].join('/');
}

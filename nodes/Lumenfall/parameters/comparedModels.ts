import type { IExecuteFunctions } from 'n8n-workflow';
import { z } from 'zod';
import { inputErrors } from './inputErrors';
import { profileNamed, slugOf } from '../models/profiles';
import { readBinaryField, readChoice, readFlag } from './values';

const MIN_MODELS = 2;
const MAX_MODELS = 8;

/** An id as text, a resource locator, or an item of a list of models. */
const modelId = z.union([
	z.string(),
	z.object({ value: z.string() }).transform(({ value }) => value),
	z.object({ id: z.string() }).transform(({ id }) => id),
]);

/** A row of the list in the form. */
const row = z.object({ model: modelId.catch('') }).transform(({ model }) => model);
const rows = z.object({ model: z.array(row) }).catch({ model: [] });

/** Expressions and agents write lists in many ways: a real one, commas, lines, JSON. */
const idList = z.union([
	z.array(modelId),
	z.string().transform((text) => text.split(/[\s,;"'[\]]+/)),
]);

/**
 * The models to compare, in the order given.
 * @throws FailureError where there are too few, too many, or one twice
 */
export function readModels(execution: IExecuteFunctions, itemIndex: number): string[] {
	const isText =
		readChoice(execution, 'modelsFrom', itemIndex, 'Models From', ['list', 'text']) === 'text';
	const read = (name: string) => execution.getNodeParameter(name, itemIndex, '') as unknown;
	const given = isText
		? idList.catch([]).parse(read('modelIds'))
		: rows.parse(read('models')).model;

	const models = given.map((id) => id.trim()).filter(Boolean);
	if (models.length < MIN_MODELS || models.length > MAX_MODELS)
		throw inputErrors.badModelCount(models.length, MIN_MODELS, MAX_MODELS);
	requireDifferent(models);
	return models;
}

/** A model has several names, and would be paid for under each. */
function requireDifferent(models: string[]): void {
	const identities = models.map(identityOf);
	identities.forEach((identity, index) => {
		const first = identities.indexOf(identity);
		if (first !== index) throw inputErrors.modelTwice(models[first], models[index]);
	});
}

/** The same for all names of a model; what another provider makes of it is another video. */
function identityOf(model: string): string {
	const provider = model.toLowerCase().split('/').slice(0, -1);
	const slug = slugOf(model);
	// A date is not passed over: it names another state of the model.
	return [...provider, profileNamed(slug)?.id ?? slug].join('/');
}

/** @returns the field the page goes to; absent where none is wanted */
export function readPageField(
	execution: IExecuteFunctions,
	itemIndex: number,
	videoField?: string,
): string | undefined {
	if (!readFlag(execution, 'comparisonPage', itemIndex, 'Comparison Page', true)) return undefined;
	const field = readBinaryField(
		execution,
		itemIndex,
		'pageBinaryField',
		'Put Comparison Page in Field',
		'page',
	);
	if (field === videoField) throw inputErrors.sameField(field);
	return field;
}

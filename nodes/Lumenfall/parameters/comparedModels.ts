import { profileNamed, slugOf } from '../models/profiles';
import { isRecord } from '../support/isRecord';
import { Cell } from './cell';
import type { Form } from './form';
import { inputErrors } from './inputErrors';
import { partsOf } from './lists';
import { modelNames } from './modelNames';

const MIN_MODELS = 2;
const MAX_MODELS = 8;

/**
 * Returns the models to compare, in the given order.
 * @throws FailureError if there are too few or too many models, or if one occurs twice
 */
export function readModels(form: Form): string[] {
	const isText = form.choice('modelsFrom', 'Models From', ['list', 'text']) === 'text';
	const value = form.value(isText ? 'modelIds' : 'models');
	const models = modelNames('Models').parse(rowsOf(value));
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

import type { ItemContext } from '../context';
import { failureOf } from '../errors/failure';
import { serverErrors } from '../errors/serverErrors';
import { availableModels } from '../models/lookUp';

/** How many models an error names. */
export const MAX_ALTERNATIVES = 6;

/** The error, and if the model is unavailable, with the models that can be selected instead. */
export async function withAlternatives(
	context: Pick<ItemContext, 'api' | 'cache'>,
	model: string,
	error: unknown,
): Promise<unknown> {
	const failure = failureOf(error);
	if (failure?.kind !== 'modelUnavailable') return error;
	const others = (await availableModels(context)).filter((id) => id !== model);
	return serverErrors.modelUnavailable({
		...failure,
		alternatives: others.slice(0, MAX_ALTERNATIVES),
	});
}

import type { ItemContext } from '../context';
import { failureOf } from '../errors/failure';
import { serverErrors } from '../errors/serverErrors';
import { availableModels } from '../models/lookUp';

/** How many models an error lists. */
const MAX_ALTERNATIVES = 6;

/** Adds the models that can be selected instead, if the error says that the model is unavailable. */
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

import type { ItemContext } from '../context';
import { failureOf } from '../errors/failure';
import { withFacts } from '../errors/messages';
import { availableModels } from '../models/lookUp';

/** How many models an error names. */
export const MAX_ALTERNATIVES = 6;

/** The error, and if the model is unavailable, with the models that can be selected instead. */
export async function withAlternatives(
	context: Pick<ItemContext, 'api' | 'cache'>,
	model: string,
	error: unknown,
): Promise<unknown> {
	if (failureOf(error)?.kind !== 'modelUnavailable') return error;
	const others = (await availableModels(context)).filter((id) => id !== model);
	return withFacts(error, { alternatives: others.slice(0, MAX_ALTERNATIVES) });
}

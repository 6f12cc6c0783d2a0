import { fail } from '../errors/catalogue';
import type { VideoRequest } from '../job/request';
import { isSwitchedOff } from '../models/catalogue';
import type { ModelFacts } from '../models/facts';
import type { ActionContext } from './action';
import type { OrderRules } from './orderRules';
import { explain } from './submit';

/**
 * Stops an order of a model that the server's list says is switched off. A model that is merely not in the list may have
 * another name there, so the server decides.
 * @throws FailureError `modelUnavailable`, with what can be chosen instead
 */
export async function requireAvailable(
	context: ActionContext,
	request: VideoRequest,
	facts: ModelFacts,
	{ unsupportedValues }: Pick<OrderRules, 'unsupportedValues'>,
): Promise<void> {
	if (unsupportedValues === 'send' || !isSwitchedOff(facts)) return;
	const { model } = request;
	const serverMessage = `it is ${facts.status}`;
	throw await explain(context, request, fail('modelUnavailable', { model, serverMessage }));
}

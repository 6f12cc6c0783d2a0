import { fail } from '../errors/catalogue';
import type { VideoRequest } from '../job/request';
import { isSwitchedOff } from '../models/catalogue';
import type { ModelFacts } from '../models/facts';
import { fitToModel, type Adjusted } from '../models/limits';
import type { ActionContext } from './action';
import { factsOfModel } from './modelFacts';
import type { OrderRules } from './orderRules';
import { explain } from './submit';

export interface Checked {
	/** The request as it can be ordered. */
	request: VideoRequest;
	adjusted?: Adjusted;
	facts: ModelFacts;
}

/**
 * Checks a request against all that is known of its model and its server.
 * @throws FailureError naming the parameter, or `modelUnavailable` with what can be chosen instead
 */
export async function checkRequest(
	context: ActionContext,
	asked: VideoRequest,
	{ unsupportedValues }: Pick<OrderRules, 'unsupportedValues'>,
): Promise<Checked> {
	const { model } = asked;
	const facts = await factsOfModel(context, model);
	// A model that is merely not in the list may have another name there, so the server decides.
	if (unsupportedValues !== 'send' && isSwitchedOff(facts)) {
		const serverMessage = `it is ${facts.status}`;
		throw await explain(context, asked, fail('modelUnavailable', { model, serverMessage }));
	}
	const { request, adjusted } = fitToModel(asked, facts, unsupportedValues);
	// What is known of the model does not count then, what the server has no field for does.
	context.api.dialect.check(request, unsupportedValues === 'send' ? { id: model } : facts);
	return { request, adjusted, facts };
}

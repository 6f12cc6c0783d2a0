import { fail } from '../errors/messages';
import { isSwitchedOff } from '../models/mergeInfo';
import type { ModelInfo } from '../models/modelInfo';
import { fitToModel } from '../models/limits';
import type { ItemContext } from '../context';
import { lookUpModel } from '../models/lookUp';
import type { CreateRules } from '../parameters/createRules';
import { withAlternatives } from './submit';
import type { VideoRequest, Adjusted } from '../request/videoRequest';

export interface ValidatedRequest {
	/** The request as it can be ordered. */
	request: VideoRequest;
	adjusted?: Adjusted;
	facts: ModelInfo;
}

/**
 * Checks a request against all that is known of its model and its server.
 * @throws FailureError naming the parameter, or `modelUnavailable` with what can be chosen instead
 */
export async function validateRequest(
	context: ItemContext,
	asked: VideoRequest,
	{ unsupportedValues }: Pick<CreateRules, 'unsupportedValues'>,
): Promise<ValidatedRequest> {
	const { model } = asked;
	const facts = await lookUpModel(context, model);
	// A model that is merely not in the list may have another name there, so the server decides.
	if (unsupportedValues !== 'send' && isSwitchedOff(facts)) {
		const serverMessage = `it is ${facts.status}`;
		throw await withAlternatives(
			context,
			asked,
			fail('modelUnavailable', { model, serverMessage }),
		);
	}
	const { request, adjusted } = fitToModel(asked, facts, unsupportedValues);
	// What is known of the model does not count then, what the server has no field for does.
	context.api.dialect.check(request, unsupportedValues === 'send' ? { id: model } : facts);
	return { request, adjusted, facts };
}

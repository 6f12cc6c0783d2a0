import type { ItemContext } from '../context';
import { serverErrors } from '../errors/serverErrors';
import { fitToModel } from '../models/fitToModel';
import { lookUpModel, withAlternatives } from '../models/lookUp';
import { isSwitchedOff, type ModelInfo } from '../models/modelInfo';
import type { CreateRules } from '../request/rules';
import { hasImages, type Adjusted, type VideoRequest } from '../request/videoRequest';
import { requireOpenableUrls } from './requireOpenableUrls';
import { valueErrors } from './valueErrors';

interface ValidatedRequest {
	/** The request to create. */
	request: VideoRequest;
	adjusted?: Adjusted;
	model: ModelInfo;
}

/**
 * Validates a request against all that is known of its model and its server.
 * @throws FailureError naming the parameter, or `modelUnavailable` with what can be selected instead
 */
export async function validateRequest(
	context: ItemContext,
	request: VideoRequest,
	{ unsupportedValues }: Pick<CreateRules, 'unsupportedValues'>,
): Promise<ValidatedRequest> {
	requireOpenableUrls(request, context.api.baseUrl);
	const model = await lookUpModel(context, request.model);
	if (!request.prompt && !mayOmitPrompt(context, request, model)) throw valueErrors.emptyPrompt();
	const isSent = unsupportedValues === 'send';
	// A model that is only missing from the list may be listed under another name, so the server decides.
	if (!isSent && isSwitchedOff(model)) {
		const serverMessage = `it is ${model.status}`;
		const error = serverErrors.modelUnavailable({ model: request.model, serverMessage });
		throw await withAlternatives(context, request.model, error);
	}
	const fitted = fitToModel(request, model, unsupportedValues);
	// 'Send Anyway' skips the limits of the model. Fields that the server does not have are still checked.
	context.api.dialect.check(fitted.request, isSent ? { id: request.model } : model);
	return { ...fitted, model };
}

/** On servers that allow it, an image is enough, or the video of an upscaler. */
function mayOmitPrompt(
	{ api }: ItemContext,
	request: VideoRequest,
	{ upscale }: ModelInfo,
): boolean {
	return api.dialect.supportsEmptyPrompt && (hasImages(request) || upscale !== undefined);
}

import type { Failure } from '../errors/failure';
import { hashOf } from '../job/identity';
import type { VideoRequest } from '../request/videoRequest';

/** docs/protocols/lumenfall.md#errors. */
const NO_PROVIDER = 'all_providers_exhausted';
const MODERATION = /moderation|content policy|safety/i;
const MAX_KEY_LENGTH = 256;

/**
 * Whether the next model may be tried: the server has no such model, or nobody who runs it, and certainly made no video.
 * @param isFallback such a model is also passed over where it cannot make the video, or not for the money
 */
export function mayFallBack(failure: Failure, isFallback: boolean): boolean {
	const { kind, code, videoId, serverMessage = '' } = failure;
	if (videoId !== undefined) return false;
	if (kind === 'modelUnavailable') return true;
	if (kind === 'invalidInput' || kind === 'insufficientBalance') return isFallback;
	const isExhausted = kind === 'providerFailed' && code?.toLowerCase() === NO_PROVIDER;
	// Every provider may have refused what the prompt says.
	return isExhausted && !MODERATION.test(serverMessage);
}

/** The models that are still to be tried once this one is done with. */
export function modelsAfter(models: string[], model: string): string[] {
	return models.slice(models.indexOf(model) + 1);
}

/** The same request with another model. */
export function withModel(request: VideoRequest, model: string): VideoRequest {
	return model === request.model ? request : withModelKey({ ...request, model });
}

/** The user's own key names one video, so each of several models gets a key of its own. */
export function withModelKey(request: VideoRequest): VideoRequest {
	const { idempotencyKey, model } = request;
	if (idempotencyKey === undefined) return request;
	const key = `${idempotencyKey}/${model}`;
	return { ...request, idempotencyKey: key.length > MAX_KEY_LENGTH ? hashOf(key) : key };
}

/** The failure of the first model, with what became of the others. */
export function allModelsUnavailable([first, ...others]: Failure[]): Failure {
	if (others.length === 0) return first;
	const rest = others.map(({ message }) => message.replace(/\.$/, '')).join('; ');
	return { ...first, advice: `${first.advice} The fallback models did not help: ${rest}.` };
}

import type { Failure } from '../errors/failure';
import { hashOf } from '../job/identity';
import { MAX_KEY_LENGTH } from '../request/fields';
import type { VideoRequest } from '../request/videoRequest';
import { isOutOfProviders } from './createOutcome';

const MODERATION = /moderation|content policy|safety/i;

/**
 * Whether the next model may be tried: the server has no such model or no provider for it, and certainly created no
 * video.
 * @param isFallback a fallback model is also skipped if it does not support the request or exceeds the budget
 */
export function mayFallBack(failure: Failure, isFallback: boolean): boolean {
	const { kind, code, videoId, serverMessage = '' } = failure;
	if (videoId !== undefined) return false;
	if (kind === 'modelUnavailable') return true;
	if (kind === 'invalidInput' || kind === 'insufficientBalance') return isFallback;
	// Each provider may have refused the content of the prompt.
	return kind === 'providerFailed' && isOutOfProviders(code) && !MODERATION.test(serverMessage);
}

/** The models after this one. */
export function modelsAfter(models: string[], model: string): string[] {
	return models.slice(models.indexOf(model) + 1);
}

/** The same request with another model. */
export function withModel(request: VideoRequest, model: string): VideoRequest {
	return model === request.model ? request : withModelKey({ ...request, model });
}

/** The server returns the same video for the same key, so each further model gets a key of its own. */
export function withModelKey(request: VideoRequest): VideoRequest {
	const { idempotencyKey, model } = request;
	if (idempotencyKey === undefined) return request;
	const key = `${idempotencyKey}/${model}`;
	return { ...request, idempotencyKey: key.length > MAX_KEY_LENGTH ? hashOf(key) : key };
}

/** The failure of the first model, listing the failures of the others. */
export function allModelsUnavailable([first, ...others]: Failure[]): Failure {
	if (others.length === 0) return first;
	const rest = others.map(({ message }) => message.replace(/\.$/, '')).join('; ');
	return { ...first, advice: `${first.advice} The fallback models did not help: ${rest}.` };
}

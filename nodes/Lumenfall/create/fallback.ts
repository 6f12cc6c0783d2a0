import type { ItemContext } from '../context';
import { FailureError, type Failure } from '../errors/failure';
import { failureFrom } from '../errors/nodeError';
import { resultOf } from '../support/result';
import { isOutOfProviders } from './createOutcome';
import { createVideo, type CreatedVideo } from './createVideo';
import type { CreateInput } from './decide';

const MODERATION = /moderation|content policy|safety/i;

/**
 * Creates a video with the first available model.
 * @param models tried from first to last
 * @param failures why earlier models have failed
 * @throws FailureError of the first model, listing the failures of the others
 */
export async function createWithFallback(
	context: ItemContext,
	input: CreateInput,
	models: string[],
	failures: Failure[],
): Promise<CreatedVideo> {
	const reasons = [...failures];
	for (const model of models) {
		const [first] = reasons;
		const fallback = first && { from: input.request.model, reason: first.message };
		const result = await resultOf(createVideo(context, input, { model, fallback }));
		if (result.ok) return result.value;
		const failure = failureFrom(result.error);
		if (!mayFallBack(failure, model !== input.request.model)) throw result.error;
		reasons.push(failure);
	}
	throw new FailureError(allModelsUnavailable(reasons));
}

/**
 * Whether the next model may be tried after a refused create: the server has no such model or no provider for it, and
 * certainly created no video.
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

/**
 * Whether the next model may be tried after a created video has failed. A cancelled or expired video is not replaced
 * automatically.
 */
export function isFinalFailure({ kind, status }: Failure): boolean {
	const isFailed = kind === 'providerFailed' || kind === 'modelUnavailable';
	return isFailed && status !== 'cancelled' && status !== 'expired';
}

/** Returns the models after this one. */
export function modelsAfter(models: string[], model: string): string[] {
	return models.slice(models.indexOf(model) + 1);
}

/** Returns the failure of the first model. Its advice lists the failures of the others. */
export function allModelsUnavailable([first, ...others]: Failure[]): Failure {
	if (others.length === 0) return first;
	const rest = others.map(({ message }) => message.replace(/\.$/, '')).join('; ');
	return { ...first, advice: `${first.advice} The fallback models did not help: ${rest}.` };
}

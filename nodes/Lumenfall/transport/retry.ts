import { failureOf, isTransient, type Failure, type FailureKind } from '../errors/failure';
import { resultOf } from '../support/result';
import type { Runtime } from '../support/runtime';

/** Only requests that read are retried here. A create is never retried by this code. */
const MAX_ATTEMPTS = 4;
/** The file arrived damaged, or is not available yet although the video is completed. */
const MAY_SUCCEED_LATER: FailureKind[] = ['downloadFailed', 'notReady'];
const FIRST_PAUSE_MS = 1_000;
const MAX_PAUSE_MS = 30_000;

/** Reports whether the next attempt of a read request may succeed. */
export function isRetryable(error: unknown): boolean {
	const { kind, httpStatus } = failureOf(error) ?? {};
	if (kind === undefined) return false;
	// Some servers report a video as completed a moment before its file is available.
	const isLate = httpStatus === 404 && (kind === 'noFile' || kind === 'fileExpired');
	return isTransient(kind) || MAY_SUCCEED_LATER.includes(kind) || isLate;
}

/** How long a server may not know a video that exists: one that it has just created, or after a restart. */
const UNKNOWN_MS = 30_000;
/** new-api returns 400 for a video that it does not know: docs/protocols/video-changes.md. */
const UNKNOWN_VIDEO = [400, 404];

/**
 * Reports whether the server may only not know the video yet, or for a moment: a proxy refuses requests during a restart,
 * and one of several instances does not know the videos of the others.
 * @param ms time since the video was created, or since the server began to refuse it, in milliseconds
 */
export function mayBeRefusedForNow(failure: Failure | undefined, ms: number): boolean {
	const { kind, httpStatus = 0 } = failure ?? {};
	const isUnknown = kind === 'videoNotFound' && UNKNOWN_VIDEO.includes(httpStatus);
	return (isUnknown || kind === 'accessDenied') && ms < UNKNOWN_MS;
}

/**
 * Returns the pause in milliseconds before attempt number `attempt` + 1, or undefined if a retry cannot help. The pause
 * doubles with jitter. `Retry-After` can make it longer, up to half a minute, but never shorter: otherwise a server
 * that asks for no pause would get a flood of requests.
 * @param random 0 to 1
 */
export function retryDelayMs(error: unknown, attempt: number, random: number): number | undefined {
	if (!isRetryable(error) || attempt >= MAX_ATTEMPTS) return undefined;

	const backoffMs = FIRST_PAUSE_MS * 2 ** (attempt - 1) * (0.5 + random / 2);
	return Math.min(Math.max(failureOf(error)?.retryAfterMs ?? 0, backoffMs), MAX_PAUSE_MS);
}

/** Retries a read request after transient errors. */
export async function withRetry<Value>(
	read: () => Promise<Value>,
	{ sleep, random }: Runtime,
): Promise<Value> {
	for (let attempt = 1; ; attempt++) {
		const result = await resultOf(read());
		if (result.ok) return result.value;

		const pauseMs = retryDelayMs(result.error, attempt, random());
		if (pauseMs === undefined) throw result.error;
		await sleep(pauseMs);
	}
}

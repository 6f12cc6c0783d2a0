import { failureOf, isTransient, type FailureKind } from '../errors/failure';
import { resultOf } from '../support/result';
import type { Runtime } from '../support/runtime';

/** A call that reads may be repeated freely; a create never goes through here. */
const ATTEMPTS = 4;
/** A file that came broken, or is not there yet although its video is done. */
const MAY_CHANGE: FailureKind[] = ['downloadFailed', 'notReady'];
const FIRST_PAUSE_MS = 1_000;
const MAX_PAUSE_MS = 30_000;

/** Whether a failure of a call that reads may be over at the next try. */
export function isWorthRepeating(error: unknown): boolean {
	const { kind, httpStatus } = failureOf(error) ?? {};
	if (kind === undefined) return false;
	// Some servers report a video as completed a moment before its file is there.
	const isLate = httpStatus === 404 && (kind === 'noFile' || kind === 'fileExpired');
	return isTransient(kind) || MAY_CHANGE.includes(kind) || isLate;
}

/**
 * The pause in milliseconds before attempt number `attempt` + 1, or undefined where repeating cannot help. Ours doubles
 * with jitter; the server's own timing (`Retry-After`) makes it longer, up to half a minute, but never shorter: a server
 * that asks for no pause at all would be flooded by its own refusals.
 * @param random 0 to 1
 */
export function retryDelayMs(error: unknown, attempt: number, random: number): number | undefined {
	if (!isWorthRepeating(error) || attempt >= ATTEMPTS) return undefined;

	const backoffMs = FIRST_PAUSE_MS * 2 ** (attempt - 1) * (0.5 + random / 2);
	return Math.min(Math.max(failureOf(error)?.retryAfterMs ?? 0, backoffMs), MAX_PAUSE_MS);
}

/** Repeats a call that reads over transient errors. */
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

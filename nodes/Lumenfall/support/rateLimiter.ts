import type { Runtime } from './runtime';

/**
 * Spaces out the requests of a run that a server has refused. The server counts the account, not the item, so one
 * refusal slows all items instead of failing one. All times in milliseconds.
 */
export interface RateLimiter {
	/**
	 * Waits until a request may be sent.
	 * @param deadline on the runtime's clock
	 * @returns false, at once, where no request may be sent before the deadline
	 */
	acquire(deadline: number): Promise<boolean>;
	/**
	 * A request was refused: none is sent for `retryAfterMs`, and afterwards they are further apart.
	 * @param retryAfterMs what the server asks for; less than a second counts as one
	 */
	backOff(retryAfterMs?: number): void;
	/** A request was accepted: the next ones may be closer together. */
	recover(): void;
}

const MIN_BACK_OFF_MS = 1_000;
const MAX_BACK_OFF_MS = 30_000;
/** Timers overflow after 24 days, and a server may ask for more. */
const MAX_SLEEP_MS = 60_000;
/** The gap between two requests doubles with each refusal and shrinks a little with each success. */
const MIN_GAP_MS = 100;
const MAX_GAP_MS = 5_000;
const GAP_SHRINKAGE = 0.95;

/** A rate limiter that lets every request pass until the server refuses one. */
export function createRateLimiter({ now, random, sleep }: Runtime): RateLimiter {
	let blockedUntil = Number.NEGATIVE_INFINITY;
	let nextRequestAt = Number.NEGATIVE_INFINITY;
	let gapMs = 0;
	let backOffMs = MIN_BACK_OFF_MS;

	return {
		async acquire(deadline) {
			for (;;) {
				// Whoever waits reads the state anew each time it wakes: another one may have passed, or been refused.
				const blockedTo = Math.max(blockedUntil, nextRequestAt);
				if (now() >= blockedTo) break;
				if (blockedTo > deadline) return false;
				await sleep(Math.min(blockedTo - now(), MAX_SLEEP_MS));
			}
			nextRequestAt = now() + gapMs * (0.5 + random());
			return true;
		},
		backOff(retryAfterMs) {
			// Requests that were sent together are refused together; only the first refusal slows the run further.
			const isNew = now() >= blockedUntil;
			if (!isNew && retryAfterMs === undefined) return;
			blockedUntil = Math.max(
				blockedUntil,
				now() + Math.max(retryAfterMs ?? backOffMs, MIN_BACK_OFF_MS),
			);
			if (!isNew) return;
			backOffMs = Math.min(backOffMs * 2, MAX_BACK_OFF_MS);
			gapMs = Math.min(Math.max(gapMs * 2, MIN_GAP_MS), MAX_GAP_MS);
		},
		recover() {
			// The success of a request that was sent before the refusal says nothing about now.
			if (now() < blockedUntil) return;
			backOffMs = MIN_BACK_OFF_MS;
			gapMs = gapMs < MIN_GAP_MS ? 0 : gapMs * GAP_SHRINKAGE;
		},
	};
}

import type { Runtime } from './runtime';

/**
 * Slows down the requests of a run after a server has refused one. Servers limit the account, not the item, so one
 * refusal slows all items instead of failing one. All times are in milliseconds.
 */
export interface RateLimiter {
	/**
	 * Waits until a request may be sent.
	 * @param deadline on the runtime's clock
	 * @returns false, at once, if no request may be sent before the deadline
	 */
	acquire(deadline: number): Promise<boolean>;
	/**
	 * Reports a refused request. No request is sent for `retryAfterMs`, and then the gaps are longer.
	 * @param retryAfterMs the server's `Retry-After`; at least one second is used
	 */
	backOff(retryAfterMs?: number): void;
	/** Reports an accepted request. The next gaps may be shorter. */
	recover(): void;
}

const MIN_BACK_OFF_MS = 1_000;
const MAX_BACK_OFF_MS = 30_000;
/** Timers overflow after 24 days, and a server may ask for a longer pause. */
const MAX_SLEEP_MS = 60_000;
/** The gap between two requests doubles with each refusal and shrinks a little with each success. */
const MIN_GAP_MS = 100;
const MAX_GAP_MS = 5_000;
const GAP_SHRINKAGE = 0.95;

/** Creates a rate limiter that delays no request until the server refuses one. */
export function createRateLimiter({ now, random, sleep }: Runtime): RateLimiter {
	let blockedUntil = Number.NEGATIVE_INFINITY;
	let nextRequestAt = Number.NEGATIVE_INFINITY;
	let gapMs = 0;
	let backOffMs = MIN_BACK_OFF_MS;

	return {
		async acquire(deadline) {
			for (;;) {
				// The state may change while an item sleeps, because other items send requests too. So it is read again.
				const blockedTo = Math.max(blockedUntil, nextRequestAt);
				if (now() >= blockedTo) break;
				if (blockedTo > deadline) return false;
				await sleep(Math.min(blockedTo - now(), MAX_SLEEP_MS));
			}
			nextRequestAt = now() + gapMs * (0.5 + random());
			return true;
		},
		backOff(retryAfterMs) {
			// Requests that were sent together are refused together. Only the first refusal makes the gaps longer.
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
			// This request was sent before the last refusal, so its success proves nothing about the current limit.
			if (now() < blockedUntil) return;
			backOffMs = MIN_BACK_OFF_MS;
			gapMs = gapMs < MIN_GAP_MS ? 0 : gapMs * GAP_SHRINKAGE;
		},
	};
}

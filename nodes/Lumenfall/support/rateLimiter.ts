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

const MIN_HOLD_MS = 1_000;
const MAX_HOLD_MS = 30_000;
/** Timers overflow after 24 days, and a server may ask for more. */
const MAX_SLEEP_MS = 60_000;
/** The gap between two requests doubles with each refusal and shrinks a little with each success. */
const MIN_GAP_MS = 100;
const MAX_GAP_MS = 5_000;
const GAP_SHRINKAGE = 0.95;

/** A rate limiter that lets every request pass until the server refuses one. */
export function createRateLimiter({ now, random, sleep }: Runtime): RateLimiter {
	let closedUntil = Number.NEGATIVE_INFINITY;
	let nextPass = Number.NEGATIVE_INFINITY;
	let gapMs = 0;
	let holdMs = MIN_HOLD_MS;

	return {
		async acquire(deadline) {
			for (;;) {
				// Whoever waits reads the state anew each time it wakes: another one may have passed, or been refused.
				const opensAt = Math.max(closedUntil, nextPass);
				if (now() >= opensAt) break;
				if (opensAt > deadline) return false;
				await sleep(Math.min(opensAt - now(), MAX_SLEEP_MS));
			}
			nextPass = now() + gapMs * (0.5 + random());
			return true;
		},
		backOff(retryAfterMs) {
			// Requests that were sent together are refused together; only the first refusal slows the run further.
			const isNew = now() >= closedUntil;
			if (!isNew && retryAfterMs === undefined) return;
			closedUntil = Math.max(closedUntil, now() + Math.max(retryAfterMs ?? holdMs, MIN_HOLD_MS));
			if (!isNew) return;
			holdMs = Math.min(holdMs * 2, MAX_HOLD_MS);
			gapMs = Math.min(Math.max(gapMs * 2, MIN_GAP_MS), MAX_GAP_MS);
		},
		recover() {
			// The success of a request that was sent before the refusal says nothing about now.
			if (now() < closedUntil) return;
			holdMs = MIN_HOLD_MS;
			gapMs = gapMs < MIN_GAP_MS ? 0 : gapMs * GAP_SHRINKAGE;
		},
	};
}

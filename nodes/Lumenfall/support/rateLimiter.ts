/**
 * The door every new order of a run goes through. One refusal for rate slows all items instead of failing one: the
 * server counts the account, not the item. All times in milliseconds.
 */
export interface RateLimiter {
	/**
	 * Waits until an order may be sent.
	 * @param giveUpAt by the gate's clock; where the gate stays shut until after it, the answer is false, at once
	 */
	acquire(giveUpAt: number): Promise<boolean>;
	/** An order was refused for rate: nobody orders until then, and afterwards less densely. */
	backOff(retryAfterMs?: number): void;
	/** An order went through: the next ones may come closer together. */
	recover(): void;
}

export interface RateLimiterRuntime {
	now(): number;
	/** 0 to 1. */
	random(): number;
	sleep(milliseconds: number): Promise<void>;
}

const FIRST_HOLD_MS = 1_000;
const MAX_HOLD_MS = 30_000;
/** Timers overflow after 24 days, and a server may ask for more. */
const LONGEST_PAUSE_MS = 60_000;
/** The gap between two orders doubles with each refusal and shrinks a little with each success. */
const FIRST_GAP_MS = 100;
const MAX_GAP_MS = 5_000;
const SHRINKAGE = 0.95;

/** Opens a gate that lets everything through until the server objects. */
export function createRateLimiter({ now, random, sleep }: RateLimiterRuntime): RateLimiter {
	let closedUntil = 0;
	let lastPass = 0;
	let gapMs = 0;
	let holdMs = FIRST_HOLD_MS;
	let queue: Promise<unknown> = Promise.resolve();

	/** One order at a time: each looks at the gap of the moment when its turn has come. */
	const takeTurn = async (giveUpAt: number): Promise<boolean> => {
		const spread = 0.5 + random();
		for (;;) {
			const opensAt = Math.max(closedUntil, lastPass + gapMs * spread);
			if (now() >= opensAt) break;
			if (opensAt > giveUpAt) return false;
			await sleep(Math.min(opensAt - now(), LONGEST_PAUSE_MS));
		}
		lastPass = now();
		return true;
	};

	return {
		async acquire(giveUpAt) {
			const turn = queue.then(async () => await takeTurn(giveUpAt));
			queue = turn.catch(() => undefined);
			return await turn;
		},
		backOff(retryAfterMs) {
			// Orders that were sent together are refused together; only the first refusal slows the run further.
			const isNew = now() >= closedUntil;
			if (!isNew && retryAfterMs === undefined) return;
			closedUntil = Math.max(closedUntil, now() + (retryAfterMs ?? holdMs));
			if (!isNew) return;
			holdMs = Math.min(holdMs * 2, MAX_HOLD_MS);
			gapMs = Math.min(Math.max(gapMs * 2, FIRST_GAP_MS), MAX_GAP_MS);
		},
		recover() {
			// The success of an order that was sent before the refusal says nothing about now.
			if (now() < closedUntil) return;
			holdMs = FIRST_HOLD_MS;
			gapMs = gapMs < FIRST_GAP_MS ? 0 : gapMs * SHRINKAGE;
		},
	};
}

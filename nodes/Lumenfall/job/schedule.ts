/** When to look at a running job next. A pure function of what is known; all times in milliseconds. */

/** Nobody's video is ready sooner, and one early look costs more requests over a minute than it saves. */
export const FIRST_POLL_MS = 10_000;
export const MIN_PAUSE_MS = 2_000;
export const MAX_PAUSE_MS = 15_000;
/** On average a job ends in the middle of a pause, so a fifth of the time waited costs a tenth of it. */
const SHARE_OF_WAIT = 0.2;
const MAX_JITTER = 0.1;
/** A server may ask for quick polling, but not for a busy loop; nor may it put us to sleep for an hour. */
const MIN_HINT_MS = 50;
const MAX_HINT_MS = 120_000;

export interface PollMoment {
	/** Time since the wait began. */
	waitedMs: number;
	/** Time left until the deadline. */
	remainingMs: number;
	/** Status calls made so far. */
	polls: number;
	/** What the server asked for (`openai-poll-after-ms` or `Retry-After`). */
	hintMs?: number;
	/** A random number from 0 to 1: keeps jobs that started together from asking together. */
	chance: number;
}

export interface PollLimits {
	firstPollMs: number;
	maxPauseMs: number;
}

/**
 * The pause before the next status call. Grows with the time already waited: detection costs about a tenth of
 * the job's time, and a three-minute job at most twenty calls. The server's hint wins; the deadline wins over all.
 */
export function nextPauseMs(moment: PollMoment, limits: PollLimits): number {
	return Math.max(0, Math.min(wantedPauseMs(moment, limits), moment.remainingMs));
}

function wantedPauseMs(
	{ waitedMs, polls, hintMs, chance }: PollMoment,
	limits: PollLimits,
): number {
	if (hintMs !== undefined) return clamp(hintMs, MIN_HINT_MS, MAX_HINT_MS);

	const base =
		polls === 0
			? limits.firstPollMs
			: clamp(
					waitedMs * SHARE_OF_WAIT,
					Math.min(MIN_PAUSE_MS, limits.maxPauseMs),
					limits.maxPauseMs,
				);
	return base * (1 + chance * MAX_JITTER);
}

function clamp(value: number, low: number, high: number): number {
	return Math.min(Math.max(value, low), high);
}

/** When to look at a running job next. A pure function of what is known; all times in milliseconds. */

/** Few videos are ready sooner. */
export const FIRST_POLL_MS = 10_000;
export const MIN_PAUSE_MS = 2_000;
export const MAX_PAUSE_MS = 15_000;
/** Until then most looks are in vain, so they are as far apart as the first one was. */
const EARLY_MS = 30_000;
/** Afterwards a job is found at most an eighth of its time late, and half of that on average. */
const SHARE_OF_WAIT = 0.12;
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
	random: number;
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

function wantedPauseMs(moment: PollMoment, { firstPollMs, maxPauseMs }: PollLimits): number {
	const { waitedMs, polls, hintMs, random } = moment;
	if (hintMs !== undefined) return clamp(hintMs, MIN_HINT_MS, MAX_HINT_MS);

	const wished = waitedMs < EARLY_MS ? firstPollMs : waitedMs * SHARE_OF_WAIT;
	const base =
		polls === 0 ? firstPollMs : clamp(wished, Math.min(MIN_PAUSE_MS, maxPauseMs), maxPauseMs);
	return base * (1 + random * MAX_JITTER);
}

function clamp(value: number, low: number, high: number): number {
	return Math.min(Math.max(value, low), high);
}

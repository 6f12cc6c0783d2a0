/**
 * Decides when to check a running job next: a pure function. All times are in milliseconds since the wait began, unless
 * stated otherwise.
 */

/** Minimum delay between two checks of a job, whatever the server's hint or the user's options are. */
export const MIN_PAUSE_MS = 1_000;
/** Maximum delay that a server's hint can cause. */
export const MAX_HINT_MS = 120_000;

/**
 * Delay between checks in the first three minutes, in which most jobs end, as a share of the time so far. This is the
 * smallest share with which 22 checks cover three minutes: 9 s × 1.1534^21 = 180 s. The end of a job is then noticed at
 * most 15.3 % of its duration late.
 */
const EARLY_SHARE = 0.1534;
const EARLY_MS = 180_000;
/** Later, more frequent checks cost little in proportion, and a finished video should not wait for long. */
const LATE_SHARE = 0.05;
const MIN_LATE_PAUSE_MS = 15_000;
/**
 * Before the likely end, the time between checks doubles. Around the likely end, it is this share of the time so far.
 */
const UNLIKELY_GROWTH = 2;
const LIKELY_SHARE = 0.04;
/**
 * Varies the first check, and so all later ones in proportion, so that jobs created together are not checked together.
 */
const MAX_JITTER = 0.02;

/** When a job is likely to end. */
export interface LikelyEnd {
	fromMs: number;
	toMs: number;
}

interface PollMoment {
	/** Time since the wait began. */
	waitedMs: number;
	/** When the last status check was sent; absent before the first one. */
	checkedMs?: number;
	/** Time left until the deadline. */
	remainingMs: number;
	/** The delay that the server asked for (`openai-poll-after-ms` or `Retry-After`). */
	hintMs?: number;
	/** Known if earlier jobs of this kind were observed. */
	likelyEnd?: LikelyEnd;
	/** A random number from 0 to 1. */
	random: number;
}

export interface PollLimits {
	/** When the first status check is sent, if the server gives no hint. */
	firstPollMs: number;
	/** Maximum delay between two status checks. */
	maxPauseMs: number;
}

/**
 * Returns the delay before the next status check. The server's hint has priority over the schedule, and the deadline
 * over both: one check is made at the deadline, and none in the second before it.
 */
export function nextPauseMs(moment: PollMoment, limits: PollLimits): number {
	const { remainingMs } = moment;
	const pauseMs = pauseWithoutDeadline(moment, limits);
	return remainingMs - pauseMs < MIN_PAUSE_MS ? Math.max(remainingMs, 0) : pauseMs;
}

function pauseWithoutDeadline(moment: PollMoment, limits: PollLimits): number {
	const { waitedMs, checkedMs, hintMs, random } = moment;
	if (hintMs !== undefined) return clamp(hintMs, MIN_PAUSE_MS, MAX_HINT_MS);
	if (checkedMs === undefined) return limits.firstPollMs * (1 + random * MAX_JITTER);

	// Measured from the check and not from its response, so that a slow server is checked as often as a fast one.
	const pauseMs = nextCheckMs(checkedMs, moment.likelyEnd) - waitedMs;
	return clamp(pauseMs, MIN_PAUSE_MS, Math.max(limits.maxPauseMs, MIN_PAUSE_MS));
}

function nextCheckMs(checkedMs: number, likelyEnd?: LikelyEnd): number {
	if (likelyEnd && checkedMs < likelyEnd.fromMs)
		return Math.min(checkedMs * UNLIKELY_GROWTH, likelyEnd.fromMs);
	if (likelyEnd && checkedMs < likelyEnd.toMs) return checkedMs * (1 + LIKELY_SHARE);
	if (checkedMs < EARLY_MS) return checkedMs * (1 + EARLY_SHARE);
	return checkedMs + Math.max(checkedMs * LATE_SHARE, MIN_LATE_PAUSE_MS);
}

function clamp(value: number, low: number, high: number): number {
	return Math.min(Math.max(value, low), high);
}

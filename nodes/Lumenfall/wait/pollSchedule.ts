/**
 * When to check a running job next: a pure function of what is known. All times in milliseconds since the wait began,
 * unless said otherwise.
 */

/** Default of 'Initial Polling Delay (Seconds)': hardly any video is ready sooner. */
export const FIRST_POLL_MS = 9_000;
/** Default of 'Max Polling Interval (Seconds)'. */
export const MAX_PAUSE_MS = 30_000;
/** No job is checked more often, whatever the server's hint or the user's options say. */
export const MIN_PAUSE_MS = 1_000;
/** A server must not put us to sleep for an hour. */
export const MAX_HINT_MS = 120_000;

/**
 * In the first three minutes, in which most jobs end, a pause is this share of the time so far. It is the smallest one
 * with which 22 checks are enough for three minutes: a job is found 15 % of its time late at most, 8 % on average.
 */
const EARLY_SHARE = 0.1534;
const EARLY_MS = 180_000;
/** Afterwards a few more checks weigh little, and nobody wants to wait half a minute for a video that is there. */
const LATE_SHARE = 0.05;
const MIN_LATE_PAUSE_MS = 15_000;
/** Until the end is likely, the time between checks doubles; while it is likely, checks are this close. */
const UNLIKELY_GROWTH = 2;
const LIKELY_SHARE = 0.04;
/**
 * Moves the first check, and so all later ones in proportion: jobs that were created together are not checked together.
 */
const MAX_JITTER = 0.02;

/** When a job is likely to end. */
export interface LikelyEnd {
	fromMs: number;
	toMs: number;
}

export interface PollMoment {
	/** Now. */
	waitedMs: number;
	/** When the newest status check was sent; absent before the first one. */
	checkedMs?: number;
	/** Time left until the deadline. */
	remainingMs: number;
	/** The pause the server asked for (`openai-poll-after-ms` or `Retry-After`). */
	hintMs?: number;
	/** Where earlier jobs tell it. */
	likelyEnd?: LikelyEnd;
	/** A random number from 0 to 1. */
	random: number;
}

export interface PollLimits {
	/** When the first status check is sent, if the server gives no hint. */
	firstPollMs: number;
	/** The longest pause between two status checks. */
	maxPauseMs: number;
}

/**
 * The pause before the next status check. The server's hint wins, and the deadline wins over all: a check is made at the
 * deadline, and none in the second before it.
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

	// Counted from the check and not from its response, so that a slow server is not checked more rarely than a fast one.
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

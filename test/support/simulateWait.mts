import { DEFAULTS } from '../../nodes/Lumenfall/parameters/options';
import {
	nextPauseMs,
	type LikelyEnd,
	type PollLimits,
} from '../../nodes/Lumenfall/wait/pollSchedule';

/** The limits of a wait whose options are not set. */
export const DEFAULT_LIMITS: PollLimits = {
	firstPollMs: DEFAULTS.firstPollSeconds * 1_000,
	maxPauseMs: DEFAULTS.maxPollSeconds * 1_000,
};

interface Simulation {
	limits: PollLimits;
	likelyEnd?: LikelyEnd;
	/** 0 to 1. */
	random?: number;
	/** The server's response time. It responds with the state at the time when the check was sent. */
	checkTakesMs?: number;
}

/**
 * Simulates the schedule for a job of known duration.
 * @returns when the status checks were sent, and how long after its end the job was found
 */
export function simulateWait(
	jobMs: number,
	{ limits, likelyEnd, random = 0, checkTakesMs = 0 }: Simulation,
): { checks: number[]; lateMs: number } {
	const checks: number[] = [];
	for (let waitedMs = 0; ; waitedMs += checkTakesMs) {
		const moment = { waitedMs, checkedMs: checks.at(-1), likelyEnd, random };
		waitedMs += nextPauseMs({ ...moment, remainingMs: Number.POSITIVE_INFINITY }, limits);
		checks.push(waitedMs);
		if (waitedMs >= jobMs) return { checks, lateMs: waitedMs - jobMs };
	}
}

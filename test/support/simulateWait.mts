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

export interface Simulation {
	limits: PollLimits;
	likelyEnd?: LikelyEnd;
	/** 0 to 1. */
	random?: number;
	/** How long the server takes to answer; it answers with the state at which the check was sent. */
	checkTakesMs?: number;
}

/**
 * Plays the schedule against a job of a known length, in no time.
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

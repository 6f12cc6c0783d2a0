import { sleep } from 'n8n-workflow';
import type { StopSwitch } from './stopSwitch';

/** Time and randomness. Code takes them as arguments, so that tests can control them. */
export interface Runtime {
	/** Rejects with the reason when the run is stopped. */
	sleep(milliseconds: number): Promise<void>;
	/**
	 * Milliseconds on a monotonic clock, for durations and deadlines only. It starts anywhere, and changes of the system
	 * time do not affect it.
	 */
	now(): number;
	/**
	 * Milliseconds since 1970, for times that are stored, shown, or compared with such times. It jumps when the system time
	 * is changed.
	 */
	wallTime(): number;
	/** 0 to 1. */
	random(): number;
}

/** The clocks of this machine, for work that is not part of a run. */
export const SYSTEM_CLOCKS: Pick<Runtime, 'now' | 'wallTime'> = {
	now: () => performance.now(),
	wallTime: () => Date.now(),
};

/** Returns the runtime of a run. Its `sleep` ends when the run is stopped. */
export function runtimeOf(stop: StopSwitch): Runtime {
	return {
		...SYSTEM_CLOCKS,
		sleep: async (milliseconds) => await sleepUntilStopped(milliseconds, stop),
		random: () => Math.random(),
	};
}

/** A Stop leaves a timer of at most this long behind, in milliseconds. */
const LONGEST_TIMER_MS = 1_000;

/**
 * n8n's `sleep` supports a signal only since n8n-workflow 2.34, so a Stop ends the wait here. In older versions, its timer
 * runs on. So a long sleep consists of short ones.
 */
async function sleepUntilStopped(milliseconds: number, stop: StopSwitch): Promise<void> {
	stop.throwIfStopped();
	const until = performance.now() + milliseconds;
	const timer = new AbortController();
	try {
		for (let left = milliseconds; left > 0; left = until - performance.now())
			await stop.race(sleep(Math.min(left, LONGEST_TIMER_MS), timer.signal));
	} finally {
		if (stop.isStopped) timer.abort();
	}
}

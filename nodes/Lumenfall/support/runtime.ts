import { sleepUntilStopped } from './sleep';
import type { StopSwitch } from './stopSwitch';

/** Real time and real chance, for code that takes both as arguments. */
export interface Runtime {
	/** Rejects when the run is stopped. */
	sleep(milliseconds: number): Promise<void>;
	/** 0 to 1. */
	random(): number;
	/** Milliseconds since 1970. */
	now(): number;
}

export function runtimeOf(stop: StopSwitch): Runtime {
	return {
		sleep: async (milliseconds) => await sleepUntilStopped(milliseconds, stop),
		random: Math.random,
		now: Date.now,
	};
}

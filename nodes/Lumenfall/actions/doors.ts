import { pause } from '../support/pause';
import type { StopSwitch } from '../support/stopSwitch';

/** Real time and real chance, for code that takes both as arguments. */
export interface Doors {
	/** Rejects when the run is stopped. */
	pause(milliseconds: number): Promise<void>;
	/** 0 to 1. */
	chance(): number;
	/** Milliseconds since 1970. */
	now(): number;
}

export function doorsOf(stop: StopSwitch): Doors {
	return {
		pause: async (milliseconds) => await pause(milliseconds, stop),
		chance: Math.random,
		now: Date.now,
	};
}

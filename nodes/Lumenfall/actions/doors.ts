import { pause } from '../support/pause';

/** Real time and real chance, for code that takes both as arguments. */
export interface Doors {
	/** Rejects when the signal fires. */
	pause(milliseconds: number): Promise<void>;
	/** 0 to 1. */
	chance(): number;
	/** Milliseconds since 1970. */
	now(): number;
}

export function doorsOf(signal: AbortSignal): Doors {
	return {
		pause: async (milliseconds) => await pause(milliseconds, signal),
		chance: Math.random,
		now: Date.now,
	};
}

import type { RetryDoors } from '../transport/retry';
import { pause } from '../support/pause';

/** Real time and real chance, for code that takes both as arguments. */
export function retryDoors(signal: AbortSignal): RetryDoors {
	return {
		pause: async (milliseconds) => await pause(milliseconds, signal),
		chance: Math.random,
	};
}

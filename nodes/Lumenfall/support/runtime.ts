import { sleep } from 'n8n-workflow';
import type { StopSwitch } from './stopSwitch';

/** Time and randomness, for code that takes both as arguments, so that its tests need neither. */
export interface Runtime {
	/** Rejects with the reason of the stop when the run is stopped. */
	sleep(milliseconds: number): Promise<void>;
	/**
	 * Milliseconds on a steady clock, for durations and deadlines only: it starts anywhere, and a change of the system's
	 * time does not move it. A moment that is stored or shown is wall time (`Date`).
	 */
	now(): number;
	/** 0 to 1. */
	random(): number;
}

/** The runtime of a run: its waiting ends when the run is stopped. */
export function runtimeOf(stop: StopSwitch): Runtime {
	return {
		sleep: async (milliseconds) => await sleepUntilStopped(milliseconds, stop),
		now: () => performance.now(),
		random: () => Math.random(),
	};
}

/**
 * n8n's `sleep` listens to a signal only since n8n-workflow 2.34, so the end is raced here; where it listens, the timer
 * goes as well.
 */
async function sleepUntilStopped(milliseconds: number, stop: StopSwitch): Promise<void> {
	stop.throwIfStopped();
	const timer = new AbortController();
	let forget!: () => void;
	const stopped = new Promise<never>((_, reject) => {
		forget = stop.onStop(reject);
	});
	try {
		await Promise.race([sleep(milliseconds, timer.signal), stopped]);
	} finally {
		forget();
		if (stop.isStopped) timer.abort();
	}
}

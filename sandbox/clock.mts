/** Sandbox time. Starts at the real time and runs `speed` times as fast. */
export interface Clock {
	/** Returns the sandbox time in milliseconds since 1970. */
	now(): number;
	/** Converts sandbox milliseconds to real ones. */
	realMs(milliseconds: number): number;
	/** Runs the task once, after this number of sandbox milliseconds. */
	after(milliseconds: number, task: () => void): void;
	/** Cancels all tasks that have not run yet. The time goes on. */
	cancelAll(): void;
}

/**
 * Creates a clock.
 * @param speed sandbox seconds per real second
 */
export function createClock(speed: number): Clock {
	const start = Date.now();
	const started = performance.now();
	const timers = new Set<NodeJS.Timeout>();

	return {
		now: () => start + (performance.now() - started) * speed,
		realMs: (milliseconds) => milliseconds / speed,
		after(milliseconds, task) {
			// One more millisecond, because Node's timers may fire up to one millisecond early.
			const timer = setTimeout(
				() => {
					timers.delete(timer);
					task();
				},
				Math.ceil(milliseconds / speed) + 1,
			);
			timers.add(timer);
		},
		cancelAll() {
			timers.forEach((timer) => clearTimeout(timer));
			timers.clear();
		},
	};
}

/** Converts sandbox milliseconds to whole Unix seconds, the unit of all timestamps in the API. */
export function unixSeconds(milliseconds: number): number {
	return Math.floor(milliseconds / 1000);
}

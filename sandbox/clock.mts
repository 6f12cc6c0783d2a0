/** Sandbox time: starts at the real time and runs `speed` times as fast. */
export interface Clock {
	/** Sandbox time, in milliseconds since 1970. */
	now(): number;
	/** How long so many sandbox milliseconds really take. */
	realMs(milliseconds: number): number;
	/** Runs the task once, so many sandbox milliseconds from now. */
	after(milliseconds: number, task: () => void): void;
	/** Calls off every task still to come; the time runs on. */
	callOff(): void;
}

export function createClock(speed: number): Clock {
	const start = Date.now();
	const started = performance.now();
	const timers = new Set<NodeJS.Timeout>();

	return {
		now: () => start + (performance.now() - started) * speed,
		realMs: (milliseconds) => milliseconds / speed,
		after(milliseconds, task) {
			// One more millisecond, because Node's timers may fire that much early.
			const timer = setTimeout(
				() => {
					timers.delete(timer);
					task();
				},
				Math.ceil(milliseconds / speed) + 1,
			);
			timers.add(timer);
		},
		callOff() {
			timers.forEach((timer) => clearTimeout(timer));
			timers.clear();
		},
	};
}

/** Sandbox milliseconds as whole Unix seconds, the unit of every timestamp on the wire. */
export function unixSeconds(milliseconds: number): number {
	return Math.floor(milliseconds / 1000);
}

/** How often the clock is moved on, in real milliseconds. Timers fire at these beats. */
const BEAT_MS = 2;
/** A beat that comes late moves the clock by no more than this, in real milliseconds. */
const LONGEST_BEAT_MS = 5;

/**
 * Makes this process live several times as fast: timers fire sooner and clocks run faster, alike.
 *
 * So stories run with the pauses a user gets (ten seconds to the first status check, growing backoff), the engine, the
 * node and the sandbox agree on the time, and sockets, which know nothing of it, stay real.
 *
 * The clock counts only time in which the process was able to run. On a busy machine a process stands still for longer
 * than many a deadline takes in compressed time; counted as real time, an answer that is there would come too late.
 * @param {number} factor seconds that pass in one real second
 * @returns {() => void} gives real time back
 */
export function compressTime(factor) {
	const { Date: RealDate, setTimeout: realSetTimeout, setInterval: realSetInterval } = globalThis;
	const realNow = performance.now.bind(performance);
	const startDate = RealDate.now();
	const start = realNow();
	let counted = 0;
	let lastBeat = start;

	/** Milliseconds of compressed time since the start. */
	function elapsed() {
		const sinceBeat = Math.min(realNow() - lastBeat, LONGEST_BEAT_MS);
		return (counted + sinceBeat) * factor;
	}

	// It goes on beating when real time is back, for the timers that are still running.
	realSetInterval(() => {
		const now = realNow();
		counted += Math.min(now - lastBeat, LONGEST_BEAT_MS);
		lastBeat = now;
	}, BEAT_MS).unref();

	/** One of Node's own timers, so that it can be cleared and unreferenced. It looks at the clock at every beat. */
	function startTimer(callback, delay, parameters, repeats) {
		const pause = Math.max(1, Number(delay) || 0);
		let due = elapsed() + pause;
		const timer = realSetInterval(
			() => {
				if (elapsed() < due) return;
				if (repeats) due = elapsed() + pause;
				else clearInterval(timer);
				callback(...parameters);
			},
			Math.min(pause / factor, BEAT_MS),
		);
		timer.refresh = () => {
			due = elapsed() + pause;
			return timer;
		};
		return timer;
	}

	class FastDate extends RealDate {
		constructor(...parts) {
			if (parts.length > 0) super(...parts);
			else super(FastDate.now());
		}

		static now() {
			return Math.floor(startDate + elapsed());
		}
	}

	globalThis.Date = FastDate;
	globalThis.setTimeout = Object.assign(
		(callback, delay, ...parameters) => startTimer(callback, delay, parameters, false),
		realSetTimeout,
	);
	globalThis.setInterval = Object.assign(
		(callback, delay, ...parameters) => startTimer(callback, delay, parameters, true),
		realSetInterval,
	);
	performance.now = () => start + elapsed();

	return () => {
		Object.assign(globalThis, {
			Date: RealDate,
			setTimeout: realSetTimeout,
			setInterval: realSetInterval,
		});
		performance.now = realNow;
	};
}

/** Interval at which the clock advances and timers fire, in real milliseconds. */
const BEAT_MS = 2;
/** Maximum advance of the clock per beat, in real milliseconds, also for a late beat. */
const LONGEST_BEAT_MS = 5;

/** By how much the wall clock is wrong. Durations are not affected, as in a process whose system clock is set. */
let clockErrorMs = 0;

/**
 * Sets the wall clock of compressed time.
 * @param {number} errorMs milliseconds by which it is ahead
 */
export function setClockError(errorMs) {
	clockErrorMs = errorMs;
}

/**
 * Makes this process run several times as fast: timers fire sooner, and clocks run faster by the same factor.
 *
 * So stories use the delays of real users (such as the polling intervals and growing backoff). The engine, the node and
 * the sandbox agree on the time. Sockets are not affected and stay real.
 *
 * The clock counts only time in which the process could run. On a busy machine, a process may be paused for longer than
 * many deadlines in compressed time. If that counted as time, responses that have arrived would be too late.
 * @param {number} factor compressed seconds per real second
 * @returns {() => void} restores real time
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

	// It continues after real time is restored, for the timers that are still running.
	realSetInterval(() => {
		const now = realNow();
		counted += Math.min(now - lastBeat, LONGEST_BEAT_MS);
		lastBeat = now;
	}, BEAT_MS).unref();

	/**
	 * Starts one of Node's own timers, so that it can be cleared and unreferenced. It reads the clock at every beat.
	 */
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
			return Math.floor(startDate + elapsed() + clockErrorMs);
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
	// The node's own timers. As in Node, they do not keep the process alive. They cannot be cleared, so there are too many of
	// them to read the clock at every beat.
	const realTimeout = AbortSignal.timeout;
	AbortSignal.timeout = (milliseconds) => {
		const controller = new AbortController();
		const reason = new DOMException('The operation was aborted due to timeout', 'TimeoutError');
		const due = elapsed() + milliseconds;
		const wait = () => {
			const left = due - elapsed();
			if (left <= 0) controller.abort(reason);
			else realSetTimeout(wait, left / factor).unref();
		};
		wait();
		return controller.signal;
	};

	return () => {
		Object.assign(globalThis, {
			Date: RealDate,
			setTimeout: realSetTimeout,
			setInterval: realSetInterval,
		});
		performance.now = realNow;
		AbortSignal.timeout = realTimeout;
	};
}

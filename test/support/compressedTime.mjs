/**
 * Makes this process live several times as fast: timers fire sooner and clocks run faster, alike.
 *
 * So stories run with the pauses a user gets (ten seconds to the first look, growing backoff), the engine, the
 * node and the sandbox agree on the time, and sockets, which know nothing of it, stay real.
 * @param {number} factor seconds that pass in one real second
 * @returns {() => void} gives real time back
 */
export function compressTime(factor) {
	const real = { Date, setTimeout, setInterval, now: performance.now.bind(performance) };
	const startDate = real.Date.now();
	const start = real.now();
	const fast = (timer) =>
		Object.assign(
			(callback, delay = 0, ...rest) => timer(callback, delay / factor, ...rest),
			timer,
		);

	class FastDate extends real.Date {
		constructor(...parts) {
			if (parts.length > 0) super(...parts);
			else super(FastDate.now());
		}

		static now() {
			return Math.floor(startDate + (real.now() - start) * factor);
		}
	}

	globalThis.Date = FastDate;
	globalThis.setTimeout = fast(real.setTimeout);
	globalThis.setInterval = fast(real.setInterval);
	performance.now = () => start + (real.now() - start) * factor;

	return () => {
		Object.assign(globalThis, {
			Date: real.Date,
			setTimeout: real.setTimeout,
			setInterval: real.setInterval,
		});
		performance.now = real.now;
	};
}

/** Why an exchange was ended before it was over. */
export type EndReason = 'stopped' | 'tooLong' | 'silent';

/** Rejects what was waited for when an exchange is ended from here. */
export class ExchangeEnded extends Error {
	constructor(readonly reason: EndReason) {
		super(`The exchange was ended: ${reason}`);
	}
}

/** The signal of the execution, and how much time a Stop leaves an exchange, in milliseconds. */
export interface StopRule {
	signal?: AbortSignal;
	graceMs?: number;
}

/**
 * Ends one exchange with a server: when the execution is stopped, at its deadline, or when the server falls silent.
 *
 * n8n's own timeout ends with the headers (n8n-core, axios), so a body that drips would hold the node for ever. Real
 * timers of `AbortSignal` are used: shipped code has no others, and no clock that somebody sets is involved.
 */
export class ExchangeWatch {
	private readonly controller = new AbortController();
	private forgetDeadline = noTimer;
	private forgetSilence = noTimer;
	private forgetStop = noTimer;

	constructor(deadlineMs: number, { signal: stop, graceMs = 0 }: StopRule = {}) {
		this.allow(deadlineMs);
		if (!stop) return;
		const onStop = () => {
			this.forgetStop = graceMs > 0 ? after(graceMs, () => this.end('stopped')) : noTimer;
			if (graceMs === 0) this.end('stopped');
		};
		if (stop.aborted) onStop();
		else {
			stop.addEventListener('abort', onStop, { once: true });
			this.forgetStop = () => stop.removeEventListener('abort', onStop);
		}
	}

	/** Aborts when the exchange is ended; n8n's helpers listen to it. */
	get signal(): AbortSignal {
		return this.controller.signal;
	}

	/** Sets the deadline anew, counted from now. */
	allow(deadlineMs: number): void {
		this.forgetDeadline();
		this.forgetDeadline = after(deadlineMs, () => this.end('tooLong'));
	}

	/**
	 * Ends the exchange after a silence.
	 * @param isSilent asked at each step of `stepMs` whether nothing came meanwhile; `steps` in a row are too many
	 */
	expectSound(isSilent: () => boolean, { stepMs, steps }: { stepMs: number; steps: number }): void {
		let silentSteps = 0;
		const step = () => {
			silentSteps = isSilent() ? silentSteps + 1 : 0;
			if (silentSteps >= steps) this.end('silent');
			else this.forgetSilence = after(stepMs, step);
		};
		this.forgetSilence = after(stepMs, step);
	}

	/** Waits for a piece of the work, or until the exchange is ended. */
	async race<Value>(work: Promise<Value>): Promise<Value> {
		const { signal } = this;
		let onEnd = noTimer;
		const ended = new Promise<never>((_, reject) => {
			onEnd = () => reject(signal.reason as ExchangeEnded);
			if (signal.aborted) onEnd();
			else signal.addEventListener('abort', onEnd, { once: true });
		});
		try {
			return await Promise.race([work, ended]);
		} finally {
			signal.removeEventListener('abort', onEnd);
		}
	}

	/** The exchange is over; nothing is watched any more. */
	close(): void {
		this.forgetDeadline();
		this.forgetSilence();
		this.forgetStop();
	}

	private end(reason: EndReason): void {
		this.close();
		this.controller.abort(new ExchangeEnded(reason));
	}
}

/** Timers beyond this overflow and fire at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** Calls back later, once; the answer takes the callback off again. */
function after(milliseconds: number, callback: () => void): () => void {
	const timer = AbortSignal.timeout(
		Math.min(Math.max(0, Math.ceil(milliseconds)), LONGEST_TIMER_MS),
	);
	timer.addEventListener('abort', callback, { once: true });
	return () => timer.removeEventListener('abort', callback);
}

function noTimer(): void {}

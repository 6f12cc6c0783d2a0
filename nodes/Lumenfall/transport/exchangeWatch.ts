/**
 * A server that sends only a few bytes now and then counts as silent: fewer bytes than this in a third of the time count as
 * none.
 */
const MIN_BYTES = 4_096;
const SILENCE_STEPS = 3;

/** The reason why an exchange was ended early. */
export type EndReason = 'stopped' | 'tooLong' | 'silent' | 'abandoned';

/** Rejection of pending work when the watch ends an exchange. */
export class ExchangeEnded extends Error {
	constructor(readonly reason: EndReason) {
		super(`The exchange was ended: ${reason}`);
	}
}

/** The execution's cancel signal, and the time left for an exchange after a Stop, in milliseconds. */
interface StopRule {
	signal?: AbortSignal;
	graceMs?: number;
}

/**
 * Ends one exchange with a server: when the execution is stopped, at its deadline, or when the server stops sending.
 *
 * n8n's own timeout ends with the headers (n8n-core, axios), so a slow body could block the node forever. The timers
 * are those of `AbortSignal`: shipped code may not use others, and they do not depend on the system clock.
 */
export class ExchangeWatch {
	private readonly controller = new AbortController();
	private clearDeadline = noTimer;
	private clearSilence = noTimer;
	private clearStop = noTimer;

	constructor(deadlineMs: number, { signal: stop, graceMs = 0 }: StopRule = {}) {
		this.setDeadline(deadlineMs);
		if (!stop) return;
		const onStop = () => {
			this.clearStop = graceMs > 0 ? after(graceMs, () => this.end('stopped')) : noTimer;
			if (graceMs === 0) this.end('stopped');
		};
		if (stop.aborted) onStop();
		else {
			stop.addEventListener('abort', onStop, { once: true });
			this.clearStop = () => stop.removeEventListener('abort', onStop);
		}
	}

	/** Aborts when the exchange ends. n8n's helpers listen to it. */
	get signal(): AbortSignal {
		return this.controller.signal;
	}

	/** Sets a new deadline, counted from now. */
	setDeadline(deadlineMs: number): void {
		this.clearDeadline();
		this.clearDeadline = after(deadlineMs, () => this.end('tooLong'));
	}

	/**
	 * Returns the pieces of a body. Ends the exchange after a silence of the server. The time in which the reader wants no piece
	 * does not count.
	 */
	async *piecesOf(body: AsyncIterable<Buffer>, silenceMs: number): AsyncGenerator<Buffer> {
		let isWaiting = false;
		let bytes = 0;
		this.endAfterSilence(silenceMs, () => {
			const isSilent = isWaiting && bytes < MIN_BYTES;
			bytes = 0;
			return isSilent;
		});
		const pieces = body[Symbol.asyncIterator]();
		for (;;) {
			isWaiting = true;
			const piece = await this.race(pieces.next());
			isWaiting = false;
			if (piece.done) return;
			bytes += piece.value.length;
			yield piece.value;
		}
	}

	/** @param isSilent called after each part of the time: reports whether no data arrived in it */
	private endAfterSilence(silenceMs: number, isSilent: () => boolean): void {
		const stepMs = silenceMs / SILENCE_STEPS;
		let silentSteps = 0;
		const step = () => {
			silentSteps = isSilent() ? silentSteps + 1 : 0;
			if (silentSteps >= SILENCE_STEPS) this.end('silent');
			else this.clearSilence = after(stepMs, step);
		};
		this.clearSilence = after(stepMs, step);
	}

	/** Waits for a part of the work, but only until the exchange ends. */
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

	/** Stops watching, because the exchange is over. */
	close(): void {
		this.clearDeadline();
		this.clearSilence();
		this.clearStop();
	}

	/**
	 * Ends an exchange whose rest is not needed, and closes its connection. Destroying the body alone does not: n8n's
	 * streams do not pass it on, and a server that never ends its response would hold the connection for ever.
	 */
	abandon(): void {
		this.end('abandoned');
	}

	private end(reason: EndReason): void {
		this.close();
		this.controller.abort(new ExchangeEnded(reason));
	}
}

/** Longer timers overflow and fire at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** Calls back once, after a delay. Returns a function that cancels the callback. */
function after(milliseconds: number, callback: () => void): () => void {
	const timer = AbortSignal.timeout(
		Math.min(Math.max(0, Math.ceil(milliseconds)), LONGEST_TIMER_MS),
	);
	timer.addEventListener('abort', callback, { once: true });
	return () => timer.removeEventListener('abort', callback);
}

function noTimer(): void {}

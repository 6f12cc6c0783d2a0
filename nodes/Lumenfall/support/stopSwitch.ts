/**
 * Ends all waiting of a run at once. A plain list of callbacks instead of an `AbortSignal`: Node warns of a leak when
 * more than ten items listen to one signal, and fifty at once is what users ask for.
 */
export class StopSwitch {
	private reason: Error | undefined;
	private readonly waiting = new Set<(reason: Error) => void>();

	get isStopped(): boolean {
		return this.reason !== undefined;
	}

	/** Stops everything that waits now or later. The first reason stands. */
	stop(reason: Error): void {
		if (this.reason) return;
		this.reason = reason;
		for (const end of [...this.waiting]) end(reason);
	}

	/** @throws the reason, once stopped */
	throwIfStopped(): void {
		if (this.reason) throw this.reason;
	}

	/** Calls back when stopped; the answer takes the callback off again. */
	onStop(end: (reason: Error) => void): () => void {
		this.waiting.add(end);
		return () => this.waiting.delete(end);
	}
}

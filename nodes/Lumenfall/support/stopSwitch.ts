/**
 * Ends all waiting of a run at once. It is a plain list of callbacks, because Node warns of a leak if more than ten
 * items listen to one `AbortSignal`, and users run fifty items in parallel.
 */
export class StopSwitch {
	private reason: Error | undefined;
	private readonly waiting = new Set<(reason: Error) => void>();

	get isStopped(): boolean {
		return this.reason !== undefined;
	}

	/** Ends all current and future waiting. Only the first reason counts. */
	stop(reason: Error): void {
		if (this.reason) return;
		this.reason = reason;
		for (const end of [...this.waiting]) end(reason);
	}

	/** @throws the reason, if stopped */
	throwIfStopped(): void {
		if (this.reason) throw this.reason;
	}

	/**
	 * Waits for the work, but only until the run is stopped.
	 * @throws the reason, if stopped
	 */
	async race<Value>(work: Promise<Value>): Promise<Value> {
		return await new Promise<Value>((resolve, reject) => {
			if (this.reason) reject(this.reason);
			this.waiting.add(reject);
			void work.then(resolve, reject).finally(() => this.waiting.delete(reject));
		});
	}
}

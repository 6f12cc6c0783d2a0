/**
 * Calls a function repeatedly until it returns a value.
 * @param what is waited for, for the message of a timeout
 * @param seconds the timeout; generous, because a busy machine is not an error
 */
export async function waitFor<Value>(
	what: string,
	ask: () => Value | undefined | false | Promise<Value | undefined | false>,
	seconds = 60,
): Promise<Value> {
	const start = Date.now();
	for (;;) {
		const value = await ask();
		if (value !== undefined && value !== false) return value;
		const waited = Date.now() - start;
		if (waited > seconds * 1000) throw new Error(`Waited ${seconds} s without success for ${what}`);
		const pause = Math.min(100 + waited / 10, 1000);
		await new Promise((resolve) => setTimeout(resolve, pause));
	}
}

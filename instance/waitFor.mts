/**
 * Calls a function repeatedly until it returns a value.
 * @param what is waited for, for the message of a timeout
 * @param seconds the timeout; generous, because a busy machine is not an error
 */
export async function waitFor<Fact>(
	what: string,
	ask: () => Fact | undefined | false | Promise<Fact | undefined | false>,
	seconds = 60,
): Promise<Fact> {
	const start = Date.now();
	for (;;) {
		const fact = await ask();
		if (fact !== undefined && fact !== false) return fact;
		const waited = Date.now() - start;
		if (waited > seconds * 1000) throw new Error(`Waited ${seconds} s without success for ${what}`);
		const pause = Math.min(100 + waited / 10, 1000);
		await new Promise((resolve) => setTimeout(resolve, pause));
	}
}

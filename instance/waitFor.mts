/**
 * Asks again and again until the answer is something.
 * @param what is waited for, as the message names it when it does not come
 * @param seconds of patience: generous, since a busy machine is no failure
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
		if (waited > seconds * 1000) throw new Error(`Waited ${seconds} s in vain for ${what}`);
		const pause = Math.min(100 + waited / 10, 1000);
		await new Promise((resolve) => setTimeout(resolve, pause));
	}
}

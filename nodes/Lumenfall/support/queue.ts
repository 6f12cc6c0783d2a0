/** Runs each piece of work after the one before it has ended, whether that failed or not. */
type RunInTurn = <Value>(work: () => Promise<Value>) => Promise<Value>;

/** Creates a queue. All work that is passed to the same queue runs one at a time, in the order of the calls. */
export function createQueue(): RunInTurn {
	let last: Promise<unknown> = Promise.resolve();
	return async (work) => {
		const result = last.then(work, work);
		last = result.catch(() => undefined);
		return await result;
	};
}

/** Runs a task when a connection is free. */
type OnConnection = <Result>(task: () => Promise<Result>) => Promise<Result>;

/** The connections of a server for its webhooks. Tasks run in the order in which they come. */
export function createConnections(count: number): OnConnection {
	let free = count;
	const waiting: Array<() => void> = [];
	return async (task) => {
		if (free > 0) free--;
		else await new Promise<void>((proceed) => waiting.push(proceed));
		try {
			return await task();
		} finally {
			const next = waiting.shift();
			if (next) next();
			else free++;
		}
	};
}

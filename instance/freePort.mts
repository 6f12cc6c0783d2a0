import { createServer } from 'node:net';

/** Ports below the range of ephemeral ports, so that no outgoing connection uses one by chance. */
const FIRST = 15_000;
const LAST = 32_000;
const given = new Set<number>();

/** Returns a free port of 127.0.0.1. A restarted server uses the same one. */
export async function freePort(): Promise<number> {
	for (;;) {
		const port = FIRST + Math.floor(Math.random() * (LAST - FIRST));
		if (given.has(port) || !(await isFree(port))) continue;
		given.add(port);
		return port;
	}
}

/** Whether a port of 127.0.0.1 is free. */
export async function isFree(port: number): Promise<boolean> {
	const server = createServer();
	return await new Promise((resolve) => {
		server.once('error', () => resolve(false));
		server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
	});
}

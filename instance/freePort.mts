import { createServer } from 'node:net';

/** Ports below the range from which systems take the near end of outgoing connections: nobody else gets one by chance. */
const FIRST = 15_000;
const LAST = 32_000;
const given = new Set<number>();

/** A port of 127.0.0.1 on which nobody listens. A server that is started again takes the same one. */
export async function freePort(): Promise<number> {
	for (;;) {
		const port = FIRST + Math.floor(Math.random() * (LAST - FIRST));
		if (given.has(port) || !(await isFree(port))) continue;
		given.add(port);
		return port;
	}
}

/** Whether nobody listens on this port of 127.0.0.1. */
export async function isFree(port: number): Promise<boolean> {
	const server = createServer();
	return await new Promise((resolve) => {
		server.once('error', () => resolve(false));
		server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
	});
}

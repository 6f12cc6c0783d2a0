import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { openEngine, textToVideoWorkflow } from './compatibleStage.mts';
import { CORES } from './stage.mts';

/** A server with OpenAI's contract, except for one route whose response never ends. */
type Route = 'create' | 'status' | 'content' | 'delete';

const JOB = { id: 'video_1', object: 'video', status: 'in_progress', model: 'sora-2' };

/** Ways to start a response and never end it. Each one evades a different timeout. */
const HANGS: Record<string, (response: ServerResponse, socket: Socket) => void> = {
	silence: () => {},
	'headers that drip': (_, socket) => {
		socket.write('HTTP/1.1 200 OK\r\n');
		drip(socket, () => socket.write('x-drip: 1\r\n'));
	},
	'a body that drips': (response, socket) => {
		response.writeHead(200, { 'content-type': 'application/json' });
		drip(socket, () => response.write(' '));
	},
	'gzip that stops': (response) => compressed(response, 'gzip', gzipSync(JSON.stringify(JOB))),
	'deflate that stops': (response) =>
		compressed(response, 'deflate', deflateSync(JSON.stringify(JOB))),
	'brotli that stops': (response) =>
		compressed(response, 'br', brotliCompressSync(JSON.stringify(JOB))),
};

function drip(socket: Socket, write: () => void): void {
	const timer = setInterval(write, 20);
	socket.once('close', () => clearInterval(timer));
}

function compressed(response: ServerResponse, encoding: string, bytes: Buffer): void {
	response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': encoding });
	response.write(bytes.subarray(0, bytes.length - 5));
}

interface HangingServer {
	baseUrl: string;
	/** Requests of the hanging route that are still open. */
	open(): number;
	/** Number of requests to the hanging route. */
	asked(): number;
	close(): void;
}

async function openServer(hanging: Route, how: string): Promise<HangingServer> {
	const sockets = new Set<Socket>();
	let open = 0;
	let asked = 0;
	const server = createServer((request, response) => {
		const { socket } = request;
		sockets.add(socket);
		if (routeOf(request) !== hanging) return answer(request, response);
		open++;
		asked++;
		socket.once('close', () => open--);
		HANGS[how](response, socket);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
		open: () => open,
		asked: () => asked,
		close() {
			for (const socket of sockets) socket.destroy();
			server.close();
		},
	};
}

function routeOf({ method, url = '' }: IncomingMessage): Route {
	if (method === 'POST') return 'create';
	if (method === 'DELETE') return 'delete';
	return url.includes('/content') ? 'content' : 'status';
}

function answer(request: IncomingMessage, response: ServerResponse): void {
	request.resume();
	response.setHeader('content-type', 'application/json');
	const status = routeOf(request) === 'status' ? 'completed' : 'queued';
	response.end(JSON.stringify({ ...JOB, status }));
}

async function untilTrue(condition: () => boolean, withinMs: number): Promise<void> {
	// The tests have a real clock, but `performance` is in compressed time.
	const until = Date.now() + withinMs;
	while (!condition()) {
		if (Date.now() > until) throw new Error(`not so within ${withinMs} ms`);
		await new Promise((resolve) => setTimeout(resolve, 10));
	}
}

describe.each(CORES)('a server whose response never ends, on %s', (core) => {
	describe.each(['create', 'status', 'content'] as const)('to %s', (route) => {
		test.each(Object.keys(HANGS))('%s: Stop ends the request within a second', async (how) => {
			const server = await openServer(route, how);
			const engine = await openEngine(core, server.baseUrl);
			try {
				const { result, cancel } = engine.start(textToVideoWorkflow(), {
					pinData: { Start: [{ json: {} }] },
				});
				await untilTrue(() => server.asked() > 0, 20_000);
				await new Promise((resolve) => setTimeout(resolve, 100));
				const first = server.open();
				expect(first).toBe(1);
				cancel();
				// The status check before the cancel request has its own time limit.
				const left = route === 'status' ? 1 : 0;
				await untilTrue(() => server.open() <= left, 1_000);
				expect((await result).status).toBe('canceled');
			} finally {
				server.close();
				await engine.close();
			}
		});
	});

	test('the requests after a Stop end within a few seconds', async () => {
		const server = await openServer('status', 'a body that drips');
		const engine = await openEngine(core, server.baseUrl);
		try {
			const { cancel } = engine.start(textToVideoWorkflow(), {
				pinData: { Start: [{ json: {} }] },
			});
			await untilTrue(() => server.asked() > 0, 20_000);
			cancel();
			await untilTrue(() => server.asked() > 1, 1_000);
			await untilTrue(() => server.open() === 0, 8_000);
			expect(server.open()).toBe(0);
		} finally {
			server.close();
			await engine.close();
		}
	});
});

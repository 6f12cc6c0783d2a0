import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';

/** What a request is for, as the table of phases names it. */
export type Route =
	| 'create'
	| 'dry run'
	| 'status'
	| 'content'
	| 'file host'
	| 'list'
	| 'cancel'
	| 'models'
	| 'schema'
	| 'balance'
	| 'secret'
	| 'registration'
	| 'image';

const JOB = { id: 'video_1', object: 'video', model: 'sora-2', prompt: 'scene', seconds: '4' };

/** Ways to start a response and never end it. Each one evades a different timeout. */
export const HANGS: Record<string, (response: ServerResponse, socket: Socket) => void> = {
	silence: () => {},
	'headers that drip': (_, socket) => {
		socket.write('HTTP/1.1 200 OK\r\n');
		drip(socket, () => socket.write('x-drip: 1\r\n'));
	},
	'a body that drips': (response, socket) => {
		response.writeHead(200, { 'content-type': 'application/json' });
		drip(socket, () => response.write(' '));
	},
	'early hints that never end': (_, socket) =>
		drip(socket, () => socket.write('HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n')),
	'an error page that drips': (response, socket) => {
		response.writeHead(503, { 'content-type': 'text/html' });
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

export interface HangingServer {
	origin: string;
	/** From now on, requests of this route hang in this way. */
	hang(route: Route, how: string): void;
	/** Requests of the hanging route that are still open. */
	open(): number;
	/** Number of requests to the hanging route. */
	asked(): number;
	/** Cuts all connections. */
	reset(): void;
	close(): void;
}

/** A server that works, with the routes of OpenAI's contract and of Lumenfall, except for one route that hangs. */
export async function openHangingServer(): Promise<HangingServer> {
	const sockets = new Set<Socket>();
	let hanging: Route | undefined;
	let how = 'silence';
	let open = 0;
	let asked = 0;
	const server = createServer((request, response) => {
		const { socket } = request;
		sockets.add(socket);
		const route = routeOf(request);
		if (route !== hanging) return answer(route, request, response, origin());
		open++;
		asked++;
		// The body of the request is not read: an upload hangs as well.
		socket.once('close', () => open--);
		HANGS[how](response, socket);
	});
	const origin = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const reset = () => {
		for (const socket of sockets) socket.destroy();
		sockets.clear();
		hanging = undefined;
		asked = 0;
	};
	return {
		origin: origin(),
		hang: (route, way) => void ([hanging, how] = [route, way]),
		open: () => open,
		asked: () => asked,
		reset,
		close() {
			reset();
			server.close();
		},
	};
}

function routeOf({ method, url = '' }: IncomingMessage): Route {
	if (url.startsWith('/webhook/')) return 'registration';
	if (method === 'POST') return url.includes('dryRun') ? 'dry run' : 'create';
	if (method === 'DELETE') return 'cancel';
	const path = url.split('?')[0];
	if (path.endsWith('/content')) return 'content';
	if (path.startsWith('/files/')) return 'file host';
	if (path.endsWith('.png')) return 'image';
	if (path.endsWith('/balance')) return 'balance';
	if (path.endsWith('/webhooks/secret')) return 'secret';
	if (path.endsWith('/models')) return 'models';
	if (path.includes('/models/')) return 'schema';
	return /\/(videos|requests)$/.test(path) ? 'list' : 'status';
}

function answer(
	route: Route,
	request: IncomingMessage,
	response: ServerResponse,
	origin: string,
): void {
	request.resume();
	const [statusCode, body] = bodyOf(route, request, origin);
	response.writeHead(statusCode, { 'content-type': 'application/json' });
	response.end(JSON.stringify(body));
}

function bodyOf(route: Route, { url = '' }: IncomingMessage, origin: string): [number, object] {
	switch (route) {
		case 'create':
			if (url.includes('/losing/')) return [500, { error: { message: 'boom' } }];
			// A server that accepts images only as files, so that the node downloads one.
			return url.includes('/files-only/')
				? [422, { error: { message: 'input_reference: Expected UploadFile' } }]
				: [200, { ...JOB, status: 'queued' }];
		case 'status':
			return url.includes('running')
				? [200, { ...JOB, status: 'in_progress' }]
				: [200, { ...JOB, status: 'completed', url: `${origin}/files/a.mp4` }];
		case 'balance':
			return [200, { object: 'balance', available: { amount: '100', currency: 'USD' } }];
		case 'models':
			return [200, { data: [{ id: 'sora-2', object: 'model' }] }];
		case 'secret':
			return [200, { key: 'whsec_c2VjcmV0' }];
		case 'dry run':
			return [200, { estimated: true, total_cost_micros: 400_000, currency: 'USD' }];
		case 'list':
			return [200, { data: [{ ...JOB, status: 'completed' }] }];
		default:
			return [404, { error: { message: 'not found' } }];
	}
}

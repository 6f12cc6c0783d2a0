import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { SandboxOptions } from '../../sandbox/createSandbox.mts';
import { native } from '../support/native.mts';

export async function startSandbox(options: SandboxOptions) {
	const { createSandbox } = await native<typeof import('../../sandbox/createSandbox.mts')>(
		'./sandbox/createSandbox.mts',
	);
	return await createSandbox(options);
}

export type Sandbox = Awaited<ReturnType<typeof startSandbox>>;

export interface Bench {
	sandbox: Sandbox;
	client: ReturnType<typeof clientOf>;
	/** The next job runs until it is released, so that a test of running jobs has no race. */
	holdNextJob(): void;
	/** Returns the file at `/content`. */
	content(id: string): Promise<Buffer>;
	/** Downloads a URL. Relative URLs are resolved against the API, and only its own origin gets the key. */
	download(url: string): Promise<Buffer>;
	/** Returns the metadata of a video file. */
	probe(file: Buffer): Promise<import('../../sandbox/renderer/probe.mts').VideoMetadata>;
	/** Returns the metadata of the file at `/content`. */
	probeContent(id: string): Promise<import('../../sandbox/renderer/probe.mts').VideoMetadata>;
}

/** Opens a fast sandbox with tiny videos for the tests of one `describe`. It is reset before each test. */
export function openBench(options: SandboxOptions): Bench {
	const bench = {} as Bench;
	beforeAll(async () => {
		bench.sandbox = await startSandbox({ speed: 60, renderer: 'tiny', ...options });
		bench.client = clientOf(bench.sandbox);
	});
	beforeEach(async () => await bench.sandbox.reset());
	afterAll(async () => await bench.sandbox.close());

	bench.holdNextJob = () => bench.sandbox.addFault({ on: 'create', do: 'stuck' });
	bench.content = async (id) => {
		const { baseUrl, apiKey } = bench.sandbox;
		const answer = await fetch(`${baseUrl}/videos/${encodeURIComponent(id)}/content`, {
			headers: { authorization: `Bearer ${apiKey}` },
		});
		return Buffer.from(await answer.arrayBuffer());
	};
	bench.download = async (url) => {
		const { baseUrl, apiKey } = bench.sandbox;
		const target = new URL(url, baseUrl);
		const isOwn = target.origin === new URL(baseUrl).origin;
		const answer = await fetch(
			target,
			isOwn ? { headers: { authorization: `Bearer ${apiKey}` } } : {},
		);
		expect(answer.status).toBe(200);
		return Buffer.from(await answer.arrayBuffer());
	};
	bench.probe = async (file) => await (await loadProber()).probeVideo(file);
	bench.probeContent = async (id) => await (await loadProber()).probeVideo(await bench.content(id));
	return bench;
}

/** Returns status and body of a response, which define a refusal. */
export const summary = ({ status, body }: Answer) => [status, body];

/** Loads the prober of `sandbox/renderer/probe.mts`. */
export async function loadProber() {
	return await native<typeof import('../../sandbox/renderer/probe.mts')>(
		'./sandbox/renderer/probe.mts',
	);
}

/** Calls a function every few milliseconds until it returns a value. The sandbox itself runs in compressed time. */
export async function until<Value>(
	ask: () => Promise<Value | undefined | false> | Value | undefined | false,
): Promise<Value> {
	for (;;) {
		const value = await ask();
		if (value) return value;
		await new Promise((resolve) => setTimeout(resolve, 10));
	}
}

/** A server's response, of any shape. A test reads in it what it expects. */
export type Json = ReturnType<typeof JSON.parse>;

export interface Answer {
	status: number;
	headers: Headers;
	body: Json;
}

const pendingWords = ['queued', 'pending', 'submitted', 'in_progress', 'processing'];

export type Client = ReturnType<typeof clientOf>;

/** Creates a simple client for one sandbox: JSON requests and responses, with the key. */
export function clientOf(sandbox: Sandbox) {
	async function call(method: string, path: string, body?: unknown): Promise<Answer> {
		const isJsonBody = body !== undefined && !(body instanceof FormData);
		const response = await fetch(new URL(path, `${sandbox.baseUrl}/`), {
			method,
			headers: {
				authorization: `Bearer ${sandbox.apiKey}`,
				...(isJsonBody && { 'content-type': 'application/json' }),
			},
			body: isJsonBody ? JSON.stringify(body) : body,
		});
		const text = await response.text();
		const isJson = response.headers.get('content-type')?.includes('json');
		return {
			status: response.status,
			headers: response.headers,
			body: isJson && text !== '' ? JSON.parse(text) : text,
		};
	}

	return {
		call,
		get: (path: string) => call('GET', path),
		create: (body: object) => call('POST', 'videos', body),
		/** Sends a request about one job, with an encoded ID. */
		job: (id: string, rest = '') => call('GET', `videos/${encodeURIComponent(id)}${rest}`),
		/** Resolves with the job when it is no longer pending. */
		ended: (id: string) =>
			until(async () => {
				const { body } = await call('GET', `videos/${encodeURIComponent(id)}`);
				return !pendingWords.includes(body.status) && body;
			}),
	};
}

/** Creates a multipart body with text fields and, if given, one image. */
export function formOf(fields: Record<string, string>, png?: Buffer): FormData {
	const form = new FormData();
	Object.entries(fields).forEach(([name, value]) => form.append(name, value));
	if (png) {
		const file = new Blob([new Uint8Array(png)], { type: 'image/png' });
		form.append('input_reference', file, 'image.png');
	}
	return form;
}

/** Draws a PNG whose left half is blue and whose right half is red. */
export async function drawImageFile(width: number, height: number): Promise<Buffer> {
	const { createCanvas } = await native<typeof import('@napi-rs/canvas')>('@napi-rs/canvas');
	const canvas = createCanvas(width, height);
	const context = canvas.getContext('2d');
	context.fillStyle = '#b8432f';
	context.fillRect(0, 0, width, height);
	context.fillStyle = '#2f7fb8';
	context.fillRect(0, 0, width / 2, height);
	return canvas.toBuffer('image/png');
}

/** Draws a PNG with four quarters in different colors. */
export async function drawQuarters(width: number, height: number): Promise<Buffer> {
	const { quarters } = await native<typeof import('../support/images.mts')>(
		'./test/support/images.mts',
	);
	return quarters(width, height).toBuffer('image/png');
}

/** Runs a task while an HTTP server of this computer serves the image. */
export async function withImageAt<Result>(
	png: Buffer,
	task: (url: string) => Promise<Result>,
): Promise<Result> {
	const host = createServer((_, response) => {
		response.writeHead(200, { 'content-type': 'image/png' }).end(png);
	});
	await new Promise<void>((resolve) => host.listen(0, '127.0.0.1', resolve));
	try {
		return await task(`http://127.0.0.1:${(host.address() as AddressInfo).port}/kite.png`);
	} finally {
		host.closeAllConnections();
		host.close();
	}
}

export function dataUri(png: Buffer): string {
	return `data:image/png;base64,${png.toString('base64')}`;
}

import type { SandboxOptions } from '../../sandbox/createSandbox.mts';
import { native } from '../support/native.mts';

export async function startSandbox(options: SandboxOptions) {
	const { createSandbox } = await native<typeof import('../../sandbox/createSandbox.mts')>(
		'./sandbox/createSandbox.mts',
	);
	return await createSandbox(options);
}

export type Sandbox = Awaited<ReturnType<typeof startSandbox>>;

/** The standard prober, in the words of `sandbox/renderer/probe.mts`. */
export async function loadProber() {
	return await native<typeof import('../../sandbox/renderer/probe.mts')>(
		'./sandbox/renderer/probe.mts',
	);
}

/** Asks again every few milliseconds until there is something; the sandbox itself runs faster than time. */
export async function until<Value>(
	ask: () => Promise<Value | undefined | false> | Value | undefined | false,
): Promise<Value> {
	for (;;) {
		const value = await ask();
		if (value) return value;
		await new Promise((resolve) => setTimeout(resolve, 10));
	}
}

export interface Answer {
	status: number;
	headers: Headers;
	body: any;
}

/** A plain client for one sandbox: JSON in, JSON out, with the key. */
export function clientOf(sandbox: Sandbox) {
	async function call(method: string, path: string, body?: unknown): Promise<Answer> {
		const response = await fetch(new URL(path, `${sandbox.baseUrl}/`), {
			method,
			headers: {
				authorization: `Bearer ${sandbox.apiKey}`,
				...(body === undefined ? {} : { 'content-type': 'application/json' }),
			},
			body: body === undefined ? undefined : JSON.stringify(body),
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
		/** The job once it has left the pending statuses. */
		ended: (id: string) =>
			until(async () => {
				const { body } = await call('GET', `videos/${id}`);
				return !['queued', 'in_progress'].includes(body.status) && body;
			}),
	};
}

/** A PNG whose left half is blue and whose right half is red. */
export async function drawPicture(width: number, height: number): Promise<Buffer> {
	const { createCanvas } = await native<typeof import('@napi-rs/canvas')>('@napi-rs/canvas');
	const canvas = createCanvas(width, height);
	const context = canvas.getContext('2d');
	context.fillStyle = '#b8432f';
	context.fillRect(0, 0, width, height);
	context.fillStyle = '#2f7fb8';
	context.fillRect(0, 0, width / 2, height);
	return canvas.toBuffer('image/png');
}

export function dataUri(png: Buffer): string {
	return `data:image/png;base64,${png.toString('base64')}`;
}

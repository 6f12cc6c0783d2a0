import { connect } from 'node:net';
import { openBench, summary, until } from './support.mts';

const request = { model: 'p-video', prompt: 'A green kite', seconds: 1, resolution: '480p' };
const strictRequest = { prompt: 'A green kite' };

const bench = openBench({});
const strict = openBench({ dialect: 'openai' });

const afterMs = (milliseconds: number) =>
	new Promise<undefined>((resolve) => setTimeout(resolve, milliseconds));

const fetchModels = async (options: RequestInit = {}) =>
	await fetch(`${bench.sandbox.baseUrl}/models`, {
		...options,
		headers: { authorization: `Bearer ${bench.sandbox.apiKey}` },
	});

/** Returns what a client has received of a response after this number of milliseconds, including the head. */
async function receivedAfter(milliseconds: number, path = 'models'): Promise<string> {
	const { baseUrl, apiKey } = bench.sandbox;
	const { hostname, port, pathname } = new URL(baseUrl);
	const socket = connect(Number(port), hostname);
	let received = '';
	socket.on('data', (data) => (received += data.toString()));
	socket.write(
		`GET ${pathname}/${path} HTTP/1.1\r\nhost: ${hostname}\r\nauthorization: Bearer ${apiKey}\r\n\r\n`,
	);
	await afterMs(milliseconds);
	socket.destroy();
	return received;
}

describe('The speed of a response', () => {
	it('`drip` of the headers sends a part of the head at a time', async () => {
		bench.sandbox.addFault({ on: 'models', do: 'drip', part: 'headers', everyMs: 100 });
		const received = await receivedAfter(450);
		expect('HTTP/1.1 200'.startsWith(received)).toBe(true);
		expect(received.length).toBeGreaterThan(0);
	});

	it('`drip` of the headers ends with the response itself', async () => {
		const plain = await (await fetchModels()).text();
		bench.sandbox.addFault({ on: 'models', do: 'drip', part: 'headers', everyMs: 1, bytes: 20 });
		expect(await (await fetchModels()).text()).toBe(plain);
	});

	it('`drip` of the body sends the head immediately and a part of the body at a time', async () => {
		bench.sandbox.addFault({ on: 'models', do: 'drip', part: 'body', everyMs: 100, bytes: 2 });
		const [head, body] = (await receivedAfter(450)).split('\r\n\r\n');
		expect(head).toMatch(/^HTTP\/1\.1 200 OK/);
		expect(body.length).toBeGreaterThan(0);
		expect(body.length).toBeLessThan(20);
	});

	it.each([
		['before', 0],
		['after', 1],
	] as const)('`hang` %s the work answers nothing and leaves %i jobs', async (phase, jobs) => {
		bench.sandbox.addFault({ on: 'create', do: 'hang', phase });
		const answer = bench.client.create(request).catch(() => 'cut');
		expect(await Promise.race([answer, afterMs(200)])).toBeUndefined();
		expect(bench.sandbox.jobs()).toHaveLength(jobs);
	});

	it.each([
		['headers', 0],
		['body', 0.5],
	] as const)('`hang` in the %s sends the head and that much of the body', async (phase, share) => {
		const whole = await (await fetchModels()).text();
		bench.sandbox.addFault({ on: 'models', do: 'hang', phase });
		const [head, body] = (await receivedAfter(300)).split('\r\n\r\n');
		expect(head).toMatch(/^HTTP\/1\.1 200 OK/);
		expect(body).toHaveLength(Math.floor(whole.length * share));
	});
});

describe('The encoding and size of a response', () => {
	it.each(['gzip', 'deflate', 'br'] as const)(
		'`compress` by %s is right or broken',
		async (encoding) => {
			const plain = await (await fetchModels()).text();
			bench.sandbox.addFault({ on: 'models', do: 'compress', encoding });
			const answer = await fetchModels();
			expect(answer.headers.get('content-encoding')).toBe(encoding);
			expect(await answer.text()).toBe(plain);

			bench.sandbox.addFault({ on: 'models', do: 'compress', encoding, broken: 'garbage' });
			await expect((async () => await (await fetchModels()).text())()).rejects.toThrow();
			bench.sandbox.addFault({ on: 'models', do: 'compress', encoding, broken: 'cut' });
			const cut = await fetchModels()
				.then(async (half) => await half.text())
				.catch(() => '');
			expect(cut.length).toBeLessThan(plain.length);
		},
	);

	it('`swell` returns valid JSON of any size or depth', async () => {
		const bytes = 3_000_000;
		bench.sandbox.addFault({ on: 'models', do: 'swell', bytes });
		const big = await (await fetchModels()).text();
		expect(big.length).toBeGreaterThan(bytes);
		expect(JSON.parse(big).data.length).toBeGreaterThan(5);

		bench.sandbox.addFault({ on: 'models', do: 'swell', nesting: 1000 });
		expect(await (await fetchModels()).text()).toContain('['.repeat(1000));
	});

	it('`swell` can be compressed, as a bomb', async () => {
		bench.sandbox.addFault({ on: 'models', do: 'swell', bytes: 10_000_000, compressed: true });
		const received = await receivedAfter(800);
		expect(received).toMatch(/content-encoding: gzip/);
		expect(received.length).toBeLessThan(200_000);
	});

	it('`repeat` returns a list of any length, with distinct IDs', async () => {
		const { length } = (await bench.client.get('models')).body.data;
		bench.sandbox.addFault({ on: 'models', do: 'repeat', at: 'data', count: 500 });
		const { data } = (await bench.client.get('models')).body;
		expect(data).toHaveLength(500 * length);
		expect(new Set(data.map(({ id }: { id: string }) => id)).size).toBe(500 * length);
	});
});

describe('The JSON of a response', () => {
	const finished = async () => {
		const { id } = (await bench.client.create(request)).body;
		return await bench.client.ended(id);
	};

	it('`patch` moves the file to another key, and creates the lists in its path', async () => {
		const { id, output } = await finished();
		bench.sandbox.addFault({
			on: 'status',
			do: 'patch',
			move: { 'output.url': 'result.videos.0.video_url' },
			remove: ['output', 'metadata'],
		});
		const { body } = await bench.client.job(id);
		expect(body.result).toEqual({ videos: [{ video_url: output.url }] });
		expect(body).not.toHaveProperty('output');
		expect((await bench.client.job(id)).body.output.url).toBe(output.url);
	});

	it('`patch` returns an unusual status, a price in another currency, and the API key', async () => {
		const { id } = await finished();
		bench.sandbox.addFault({
			on: 'status',
			do: 'patch',
			set: {
				status: 'throttled',
				'metadata.cost': -1000,
				'metadata.cost_currency': 'EUR',
				'error.message': 'No {key} for {id}',
				link: '{url}',
			},
		});
		expect((await bench.client.job(id)).body).toMatchObject({
			status: 'throttled',
			metadata: { cost: -1000, cost_currency: 'EUR' },
			error: { message: `No ${bench.sandbox.apiKey} for ${id}` },
			link: expect.stringContaining(bench.sandbox.mediaUrl),
		});
	});

	it('`patch` hides the ID of a create behind an error text, although the job exists', async () => {
		bench.sandbox.addFault({
			on: 'create',
			do: 'patch',
			move: { id: 'data.0.task_id' },
			set: { message: 'Your video waits for moderation', status: 'queueing' },
		});
		const { body } = await bench.client.create(request);
		const [job] = bench.sandbox.jobs();
		expect(body.data).toEqual([{ task_id: job.id }]);
		expect(body).not.toHaveProperty('id');
	});

	it('`job-id` and raw text create an ID that is a number of 19 digits', async () => {
		const id = '9007199254740993123';
		bench.sandbox.addFault({ on: 'create', do: 'job-id', id });
		await bench.client.create(request);
		bench.sandbox.addFault({ on: 'status', do: 'patch', setRaw: { id: '{id}' } });
		const answer = await fetch(`${bench.sandbox.baseUrl}/videos/${id}`, {
			headers: { authorization: `Bearer ${bench.sandbox.apiKey}` },
		});
		expect(await answer.text()).toContain(`"id":${id},`);
	});

	it.each([
		['plain', (key: string) => key],
		['header', (key: string) => `Bearer ${key}`],
		['upper', (key: string) => key.toUpperCase()],
		['percent', (key: string) => `%${key.charCodeAt(0).toString(16)}%`],
		['base64', (key: string) => Buffer.from(key).toString('base64')],
	] as const)('`echo-key` repeats the key (%s) in every text for people', async (form, shown) => {
		const { id, output } = await finished();
		bench.sandbox.addFault({ on: 'status', do: 'echo-key', form });
		const { body } = await bench.client.job(id);
		const words = shown(bench.sandbox.apiKey);
		for (const text of [body.prompt, body.model, body.metadata.provider]) {
			expect(text).toContain(words);
		}
		expect([body.id, body.status, body.output.url]).toEqual([id, 'completed', output.url]);
	});
});

describe('The response as a whole', () => {
	it('`status` can be a success status with an error body', async () => {
		const body = { code: 402, msg: 'Credits insufficient' };
		bench.sandbox.addFault({ on: 'create', do: 'status', status: 200, body });
		expect(summary(await bench.client.create(request))).toEqual([200, body]);
		expect(bench.sandbox.jobs()).toEqual([]);
	});

	it.each([302, 303, 409, 418, 499, 503])(
		'`status-after` %i hides the job that was made',
		async (status) => {
			bench.sandbox.addFault({
				on: 'create',
				do: 'status-after',
				status,
				headers: { location: '/elsewhere' },
				body: { error: { message: 'content policy' } },
			});
			const answer = await fetch(`${bench.sandbox.baseUrl}/videos`, {
				method: 'POST',
				redirect: 'manual',
				headers: {
					authorization: `Bearer ${bench.sandbox.apiKey}`,
					'content-type': 'application/json',
				},
				body: JSON.stringify(request),
			});
			expect([answer.status, answer.headers.get('location')]).toEqual([status, '/elsewhere']);
			expect(bench.sandbox.jobs()).toHaveLength(1);
		},
	);

	it('`headers` can send a `Retry-After` of 0', async () => {
		const { id } = (await bench.client.create(request)).body;
		bench.sandbox.addFault({
			on: 'status',
			do: 'headers',
			headers: { 'openai-poll-after-ms': '1' },
		});
		expect((await bench.client.job(id)).headers.get('openai-poll-after-ms')).toBe('1');
		bench.sandbox.addFault({ on: 'status', do: 'status', status: 503, retryAfterSeconds: 0 });
		expect((await bench.client.job(id)).headers.get('retry-after')).toBe('0');
	});

	it('a list, an account and a history can have separate faults', async () => {
		strict.sandbox.addFault({ on: 'list', do: 'status', status: 503 });
		expect((await strict.client.get('videos')).status).toBe(503);
		expect((await strict.client.get('videos')).status).toBe(200);
		bench.sandbox.addFault({ on: 'account', do: 'patch', set: { 'available.amount': '-3' } });
		expect((await bench.client.get('/v1/balance')).body.available.amount).toBe('-3');
		bench.sandbox.addFault({ on: 'history', do: 'status', status: 500 });
		expect((await bench.client.get('/v1/requests')).status).toBe(500);
	});
});

describe('The file', () => {
	const finishedUrl = async () => {
		const { id } = (await bench.client.create(request)).body;
		return (await bench.client.ended(id)).output.url;
	};
	const whole = async (url: string) => Buffer.from(await (await fetch(url)).arrayBuffer());

	it('`truncate-silently` ends at 60 % without an error', async () => {
		const url = await finishedUrl();
		const all = await whole(url);
		bench.sandbox.addFault({ on: 'media', do: 'truncate-silently' });
		const answer = await fetch(url);
		expect(answer.headers.has('content-length')).toBe(false);
		expect(Buffer.from(await answer.arrayBuffer()).length / all.length).toBeCloseTo(0.6, 1);
	});

	it('`overlong` announces half, `empty` sends nothing, `not-a-video` sends text', async () => {
		const url = await finishedUrl();
		const all = await whole(url);
		for (const effect of ['overlong', 'empty', 'not-a-video'] as const) {
			bench.sandbox.addFault({ on: 'media', do: effect });
		}
		const announced = (await fetch(url)).headers.get('content-length');
		expect(Number(announced)).toBe(Math.floor(all.length / 2));
		expect(await whole(url)).toHaveLength(0);
		const odd = await fetch(url);
		expect([odd.headers.get('content-type'), await odd.text()]).toEqual([
			'video/mp4',
			expect.stringMatching(/no video/),
		]);
	});

	it('`json-link` returns the URL of the file at the content route', async () => {
		const { id } = (await strict.client.create(strictRequest)).body;
		await strict.client.ended(id);
		strict.sandbox.addFault({ on: 'content', do: 'json-link' });
		const { url } = (await strict.client.job(id, '/content')).body;
		expect(await strict.probe(await whole(url))).toMatchObject({ codec: 'h264' });
	});

	it('can drip or hang like any response', async () => {
		const url = await finishedUrl();
		const all = await whole(url);
		bench.sandbox.addFault({ on: 'media', do: 'drip', part: 'body', everyMs: 1, bytes: 1000 });
		expect((await whole(url)).equals(all)).toBe(true);

		bench.sandbox.addFault({ on: 'media', do: 'hang', phase: 'body' });
		let received = 0;
		const stopped = new AbortController();
		const reading = (async () => {
			const { body } = await fetch(url, { signal: stopped.signal });
			const reader = body!.getReader();
			for (;;) {
				const { done, value } = await reader.read();
				if (done) return 'ended';
				received += value.length;
			}
		})().catch(() => 'stopped');
		await until(() => received >= Math.floor(all.length / 2));
		expect(await Promise.race([reading, afterMs(100)])).toBeUndefined();
		stopped.abort();
		expect(await reading).toBe('stopped');
		expect(received).toBe(Math.floor(all.length / 2));
	});
});

import { clientOf, loadProber, openBench, startSandbox, until } from './support.mts';

const request = { model: 'p-video', prompt: 'A kite', seconds: 1, resolution: '480p' };

describe('`maxRunningJobs`', () => {
	const bench = openBench({ maxRunningJobs: 1 });

	it('refuses jobs above the limit until another one ends', async () => {
		const { client, sandbox } = bench;
		bench.holdNextJob();
		const first = await client.create(request);
		const second = await client.create(request);
		expect([second.status, second.body.error]).toEqual([
			429,
			{ message: 'Too many running tasks', type: 'rate_limit_error', code: 'RATE_LIMITED' },
		]);
		await client.call('DELETE', `videos/${first.body.id}`);
		expect((await client.create(request)).status).toBe(202);
		expect(sandbox.jobs()).toHaveLength(2);
	});

	it('allows the replay of an idempotency key', async () => {
		const body = { ...request, idempotency_key: 'order-1' };
		await bench.client.create(body);
		expect((await bench.client.create(body)).status).toBe(200);
	});
});

describe('`rateLimit`', () => {
	const bench = openBench({ speed: 1, rateLimit: { createsPerSecond: 2 }, dialect: 'openai' });
	const body = { prompt: 'A kite' };

	it('allows this number of creates, refuses the others with Retry-After, and recovers', async () => {
		const answers = await Promise.all([1, 2, 3, 4, 5].map(() => bench.client.create(body)));
		expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 429, 429, 429]);
		const refusal = answers.find(({ status }) => status === 429)!;
		expect(refusal.headers.get('retry-after')).toBe('1');
		expect(refusal.body.error.code).toBe('rate_limit_exceeded');
		expect(bench.sandbox.jobs()).toHaveLength(2);

		await until(async () => (await bench.client.create(body)).status === 200);
		expect(bench.sandbox.jobs()).toHaveLength(3);
	});

	it('counts only creates, and starts again after a reset', async () => {
		for (const _ of [1, 2, 3]) expect((await bench.client.get('models')).status).toBe(200);
		expect((await bench.client.create(body)).status).toBe(200);
	});
});

describe('Retry-After', () => {
	const bench = openBench({});

	it.each([429, 503])(
		'of a fault with status %i is a number, or a date if asked',
		async (status) => {
			const fault = { on: 'create', do: 'status', status, retryAfterSeconds: 90 } as const;
			bench.sandbox.addFault(fault);
			bench.sandbox.addFault({ ...fault, retryAfterDate: true });
			const waits: string[] = [];
			for (const _ of [1, 2]) {
				waits.push((await bench.client.create(request)).headers.get('retry-after')!);
			}
			expect(waits[0]).toBe('90');
			expect(waits[1]).toMatch(/^\w{3}, \d{2} \w{3} \d{4} [\d:]{8} GMT$/);
			const secondsLeft = (Date.parse(waits[1]) - Date.now()) / 1000;
			expect(secondsLeft).toBeGreaterThan(85);
			expect(secondsLeft).toBeLessThan(91);
		},
	);
});

describe('`renderer: tiny` and `fileBytes`', () => {
	it('a hundred different jobs share one small real video', async () => {
		const sandbox = await startSandbox({ speed: 60, renderer: 'tiny' });
		const client = clientOf(sandbox);
		const bodies = Array.from({ length: 100 }, (_, index) => ({
			...request,
			prompt: `A kite ${index}`,
		}));
		const created = await Promise.all(bodies.map((body) => client.create(body)));
		await until(() => sandbox.billing().jobs === 100);
		const jobs = await Promise.all(created.map(({ body }) => client.job(body.id)));
		expect(new Set(jobs.map(({ body }) => body.output.size_bytes)).size).toBe(1);
		const file = await (await fetch(jobs[99].body.output.url)).arrayBuffer();
		expect(await (await loadProber()).probeVideo(Buffer.from(file))).toMatchObject({
			width: 64,
			height: 36,
			seconds: 1,
			hasAudio: true,
		});
		await sandbox.close();
	});

	it.each([
		['lumenfall', request],
		['openai', { prompt: 'A kite' }],
	] as const)('%s: a file is padded to its size and still plays', async (dialect, body) => {
		const fileBytes = 5_000_001;
		const sandbox = await startSandbox({ speed: 60, renderer: 'tiny', dialect, fileBytes });
		const client = clientOf(sandbox);
		const { id, output } = await client.ended((await client.create(body)).body.id);
		const url = output?.url ?? `${sandbox.baseUrl}/videos/${id}/content`;
		const headers = { authorization: `Bearer ${sandbox.apiKey}` };
		const answer = await fetch(url, { headers: output ? {} : headers });
		expect(answer.headers.get('content-length')).toBe(String(fileBytes));
		const file = Buffer.from(await answer.arrayBuffer());
		expect(file).toHaveLength(fileBytes);
		expect(await (await loadProber()).probeVideo(file)).toMatchObject({ width: 64, seconds: 1 });
		await sandbox.close();
	});
});

import { openBench, summary, type Client } from './support.mts';

const price = async (client: Client, body: object): Promise<number> => {
	const answer = await client.call('POST', 'videos?dryRun=true', { prompt: 'A kite', ...body });
	return answer.body.total_cost_micros / 1e6;
};

describe('models', () => {
	const bench = openBench({});
	const ids = async () =>
		(await bench.client.get('models')).body.data.map(({ id }: { id: string }) => id);

	it('the list tells everything it may tell', async () => {
		const { body } = await bench.client.get('models/veo-3.1-lite');
		expect(body).toEqual({
			id: 'veo-3.1-lite',
			object: 'model',
			created: expect.any(Number),
			owned_by: 'google',
			name: 'Veo 3.1 Lite',
			creator_organization: 'Google',
			model_status: 'active',
			starting_price: 0.03,
			free: false,
			aliases: ['veo-3-1-lite', 'veo-3.1-lite-generate-preview'],
			modality: 'video',
			modes: ['text-to-video', 'image-to-video'],
			tags: ['video-generation', 'text-to-video', 'image-to-video'],
			capabilities: ['text-to-video', 'image-to-video'],
		});
	});

	it('the native base tells the parameters when it is asked for them', async () => {
		const { body } = await bench.client.get('/v1/models/seedance-2.0?schema=true');
		expect(body.schema.properties).toMatchObject({
			seconds: { type: 'integer', minimum: 4, maximum: 15 },
			aspect_ratio: { enum: ['auto', '16:9', '9:16', '3:4', '1:1', '4:3', '21:9'] },
			resolution: { enum: ['auto', '1K'] },
			input_reference: { maxItems: 9 },
		});
		expect((await bench.client.get('/v1/models/seedance-2.0')).body).not.toHaveProperty('schema');
	});

	it('a retired model is in no list and unknown, a disabled one is listed and refused', async () => {
		const order = { model: 'sora-2', prompt: 'A kite', seconds: 4 };
		bench.sandbox.setModel('sora-2', 'retired');
		expect(await ids()).not.toContain('sora-2');
		expect(summary(await bench.client.create(order))).toMatchObject([
			404,
			{ error: { code: 'MODEL_NOT_FOUND' } },
		]);

		bench.sandbox.setModel('sora-2', 'disabled');
		expect((await bench.client.get('models/sora-2')).body.model_status).toBe('disabled');
		expect(summary(await bench.client.create({ ...order, model: 'openai/sora-2' }))).toMatchObject([
			404,
			{ error: { code: 'MODEL_DISABLED' } },
		]);

		await bench.sandbox.reset();
		expect((await bench.client.create(order)).status).toBe(202);
	});

	it('the same switch is open to other programs, and refuses what makes no sense', async () => {
		const turn = async (body: object) => await bench.client.call('POST', '/_sandbox/models', body);
		expect((await turn({ id: 'sora-2', state: 'retired' })).status).toBe(204);
		expect(await ids()).not.toContain('sora-2');
		expect((await turn({ id: 'sora-9', state: 'retired' })).status).toBe(400);
		expect((await turn({ id: 'sora-2', state: 'asleep' })).status).toBe(400);
	});

	it.each<[string, object, number]>([
		['sora-2', {}, 0.4],
		['sora-2-pro', {}, 1.2],
		['sora-2-pro', { resolution: '1080p' }, 2],
		['veo-3.1-fast', {}, 0.8],
		['veo-3.1-fast', { generate_audio: false }, 0.4],
		['veo-3.1-lite', { generate_audio: false, size: '1920x1080' }, 0.2],
		['veo-3.1-lite', { resolution: '1080p' }, 0.32],
		['kling-v3', {}, 0.336],
		['kling-v3', { resolution: '1080p' }, 0.504],
		['fal/kling-v3', { resolution: '1080p' }, 0.504],
		['replicate/kling-v3', {}, 0.672],
		['replicate/kling-3', { resolution: '1080p' }, 1.008],
		['openai/sora-2-pro', { resolution: '1080p' }, 2],
		['seedance-2.0', {}, 1.212],
		['wan-2.6', { resolution: '1080p' }, 0.6],
		['pixverse-v5.6', { seconds: 5 }, 0.35],
		['mock-video', {}, 0],
	])('%s with %j costs %d', async (model, change, usd) => {
		expect(await price(bench.client, { model, seconds: 4, ...change })).toBeCloseTo(usd, 6);
	});

	it.each([
		['kling-v3', 'fal', 'fal.ai', 0.084, 0.42],
		['fal/kling-v3', 'fal', 'fal.ai', 0.084, 0.42],
		['replicate/kling-v3', 'replicate', 'Replicate', 0.168, 0.84],
	])('%s is made by %s, and billed as its dry run said', async (model, provider, ...more) => {
		const [name, unit_price, usd] = more;
		const order = { model, prompt: 'A kite', seconds: 5 };
		const estimate = await bench.client.call('POST', 'videos?dryRun=true', order);
		expect(estimate.body).toMatchObject({
			model: 'kling-v3',
			provider,
			total_cost_micros: usd * 1e6,
			components: [{ unit_price, total_cost: usd * 1e6 }],
		});

		bench.holdNextJob();
		const created = await bench.client.create(order);
		const { id } = created.body;
		for (const { headers } of [estimate, created]) {
			expect(headers.get('x-lumenfall-provider')).toBe(provider);
		}
		const executed_model = `${provider}/kling-v3`;
		const route = { model, executed_model, provider, provider_name: name };
		expect((await bench.client.job(id)).body.metadata).toMatchObject({
			...route,
			cost_estimate: usd,
		});
		bench.sandbox.releaseStuck();
		expect((await bench.client.ended(id)).metadata).toMatchObject({ ...route, cost: usd });
		expect(bench.sandbox.billing().usd).toBe(usd);
	});

	it.each(['gemini/kling-v3', 'replicate/fal/kling-v3', 'fal/kling-v3/i2v', '/kling-v3'])(
		'%s is no model, in a dry run as well, because no such provider has it',
		async (model) => {
			const order = { model, prompt: 'A kite', seconds: 5 };
			const refusal = [404, { error: { code: 'MODEL_NOT_FOUND' } }];
			expect(summary(await bench.client.create(order))).toMatchObject(refusal);
			const estimate = await bench.client.call('POST', 'videos?dryRun=true', order);
			expect(summary(estimate)).toMatchObject(refusal);
			expect(bench.sandbox.jobs()).toEqual([]);
		},
	);

	it.each<[string, object, RegExp]>([
		['pixverse-v5.6', { seconds: 7 }, /5, 8, 10 seconds/],
		['seedance-2.0', { seconds: 3 }, /from 4 seconds/],
		['seedance-2.0', { seconds: 4.5 }, /whole seconds/],
		['kling-v3', { prompt: 'x'.repeat(2501) }, /Too big: expected string to have <=2500/],
	])('%s refuses %j', async (model, change, words) => {
		const answer = await bench.client.create({ model, prompt: 'A kite', seconds: 5, ...change });
		expect([answer.status, answer.body.error.code]).toEqual([400, 'INVALID_REQUEST']);
		expect(answer.body.error.message).toMatch(words);
	});
});

describe('a sandbox that tells little', () => {
	const bench = openBench({
		modelList: 'minimal',
		models: { 'sora-2': 'retired' },
		creditUsd: 0.5,
	});

	it('lists ids alone, without the models it was started without', async () => {
		const { data } = (await bench.client.get('models')).body;
		expect(data[0]).toEqual({
			id: 'sora-2-pro',
			object: 'model',
			created: expect.any(Number),
			owned_by: 'openai',
		});
	});

	it('has the credit it was started with', async () => {
		expect((await bench.client.get('/v1/balance')).body.available.amount).toBe(0.5);
		const answer = await bench.client.create({ model: 'kling-v3', prompt: 'A kite', seconds: 8 });
		expect(summary(answer)).toMatchObject([402, { error: { code: 'INSUFFICIENT_BALANCE' } }]);
	});

	it('has enough of it for one provider and too little for another', async () => {
		const create = async (model: string) =>
			(await bench.client.create({ model, prompt: 'A kite', seconds: 5 })).status;
		expect(await create('replicate/kling-v3')).toBe(402);
		expect(await create('fal/kling-v3')).toBe(202);
	});
});

describe('the pace of a model', () => {
	const bench = openBench({ paces: { 'kling-v3': 1000 } });

	it('is kept under every name that the model has', async () => {
		const create = async (model: string): Promise<string> =>
			(await bench.client.create({ model, prompt: 'A kite', seconds: 1 })).body.id;
		for (const name of ['kling-v3', 'kling-3', 'replicate/kling-v3']) await create(name);
		await bench.client.ended(await create('p-video'));
		const isQueued = ({ status }: { status: string }) => status === 'queued';
		expect(bench.sandbox.jobs().map(isQueued)).toEqual([true, true, true, false]);
	});
});

describe('a provider before the name of a model', () => {
	const order = { prompt: 'A kite', seconds: '4' };

	describe.each(['openai', 'azure'] as const)('%s', (dialect) => {
		const bench = openBench({ dialect });

		it('is part of an unknown name, because this server makes its videos by itself', async () => {
			const { status } = await bench.client.create({ ...order, model: 'openai/sora-2' });
			expect(status).toBe(404);
			expect((await bench.client.get('models/openai%2Fsora-2')).status).toBe(404);
		});
	});

	describe('a server that takes any name', () => {
		const bench = openBench({ dialect: 'litellm' });

		it.each([
			['kling-v3', 0.336],
			['replicate/kling-v3', 0.672],
			['vertex_ai/kling-v3', 0.4],
		])(
			'bills %s at %d USD, and at a price of its own what it does not know',
			async (model, usd) => {
				const { id } = (await bench.client.create({ ...order, model })).body;
				await bench.client.ended(id);
				expect(bench.sandbox.billing().usd).toBe(usd);
			},
		);
	});
});

describe('an account that pays afterwards', () => {
	const bench = openBench({ creditUsd: null });

	it('has no amount and is refused nothing', async () => {
		expect((await bench.client.get('/v1/balance')).body).toEqual({
			object: 'balance',
			billing_type: 'postpaid',
			available: { amount: null, currency: 'usd' },
		});
		const answer = await bench.client.create({ model: 'p-video', prompt: 'A kite', seconds: 1 });
		expect(answer.status).toBe(202);
	});
});

import { openBench, summary } from './support.mts';

const price = async (client: any, body: object): Promise<number> => {
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
		['seedance-2.0', {}, 1.212],
		['wan-2.6', { resolution: '1080p' }, 0.6],
		['pixverse-v5.6', { seconds: 5 }, 0.35],
		['mock-video', {}, 0],
	])('%s with %j costs %d', async (model, change, usd) => {
		expect(await price(bench.client, { model, seconds: 4, ...change })).toBeCloseTo(usd, 6);
	});

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

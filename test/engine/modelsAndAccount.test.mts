import {
	byId,
	CORES,
	NODE,
	onlyItem,
	openStage,
	sharedStage,
	small,
	textToVideo,
} from './stage.mts';

describe.each(CORES)('a model and the account on %s', (core) => {
	const stage = sharedStage(core, { renderer: 'tiny' });

	test('Get returns everything that is known of a model', async () => {
		const item = onlyItem(
			await stage.run({ resource: 'model', operation: 'get', model: byId('fal/kling-3') }),
		);
		expect(item.json).toMatchObject({
			id: 'kling-v3',
			name: 'Kling 3.0',
			creator: 'Kuaishou',
			status: 'active',
			listed: true,
			modes: ['text-to-video', 'image-to-video'],
			maxSeconds: 15,
			aspectRatios: ['16:9', '9:16', '1:1'],
			maxPromptLength: 2500,
			pricePerSecond: 0.084,
			currency: 'USD',
		});
	});

	test('Get of an unknown model names other models, and of a retired one returns what is known', async () => {
		const get = async (id: string) =>
			await stage.run({ resource: 'model', operation: 'get', model: byId(id) });
		const { error } = await get('sora-9');
		expect(error?.message).toMatch(/^The model 'sora-9' is not available/);
		expect(error?.description).toMatch(/Available now: sora-2/);
		stage.sandbox.setModel('sora-2', 'retired');
		expect(onlyItem(await get('sora-2')).json).toMatchObject({ listed: false, maxSeconds: 20 });
	});

	test.each([
		[401, 'sora-2', /^The server did not accept the API key/, 1],
		[503, 'brand-new', /^The server could not answer \(HTTP 503\)/, 4],
	])('Get reports an error of the model list: %i for %s', async (status, id, message, times) => {
		stage.sandbox.addFault({ on: 'models', do: 'status', status, times: 9 });
		const get = { resource: 'model', operation: 'get', model: byId(id) };
		const { error } = await stage.run(get, [{ json: {} }, { json: {} }]);
		expect(error?.message).toMatch(message);
		const lists = stage.requests('models').filter(({ path }) => path === '/openai/v1/models');
		expect(lists).toHaveLength(times);
	});

	test('Get is retried after a transient error, and the list is requested once for all items', async () => {
		stage.sandbox.addFault({ on: 'models', do: 'status', status: 503, times: 2 });
		const get = { resource: 'model', operation: 'get', model: byId('sora-2') };
		const result = await stage.run(get, [{ json: {} }, { json: {} }]);
		expect(result.output(NODE).map(({ json }) => json.listed)).toEqual([true, true]);
	});

	test('Get Many lists video models by mode, and the model picker marks unavailable ones', async () => {
		stage.sandbox.setModel('sora-2', 'retired');
		const list = async (change: object) =>
			(await stage.run({ resource: 'model', operation: 'getAll', ...change }))
				.output(NODE)
				.map(({ json }) => json.id);
		expect(await list({ filters: { mode: 'image-to-video' } })).not.toContain('mock-video');
		expect(await list({ limit: 2 })).toHaveLength(2);
		const all = await list({ returnAll: true });
		expect(all).not.toContain('mock-image');
		expect(all.at(-1)).toBe('sora-2');

		const { results } = await stage.engine.listSearch(
			'n8n-nodes-lumenfall.lumenfall',
			'searchVideoModels',
			{},
			'openai sora',
		);
		expect(results.map(({ name }) => name)).toEqual([
			'Sora 2 Pro · from $0.30/s · 20 s · text, image',
			'Sora 2 · not available · $0.10/s · 20 s · text, image',
		]);
	});

	test('with a server that lists only IDs, the model picker shows its video models and marks unavailable known ones', async () => {
		const minimal = await openStage(core, { modelList: 'minimal', renderer: 'tiny' });
		const names = async () =>
			(
				await minimal.engine.listSearch(
					'n8n-nodes-lumenfall.lumenfall',
					'searchVideoModels',
					{},
					'',
				)
			).results.map(({ name }) => name);
		const sora = 'Sora 2 · $0.10/s · 20 s · text, image';
		expect(await names()).toContain(sora);

		minimal.sandbox.setModel('sora-2', 'retired');
		const left = await names();
		expect(left).not.toContain(sora);
		expect(left.at(-1)).toBe('Sora 2 · not available · $0.10/s · 20 s · text, image');
		expect(left.filter((name) => name.includes('not available'))).toHaveLength(1);
		expect(left.join()).not.toMatch(/mock.image/i);
		expect(left.join()).toMatch(/mock.video/i);
		await minimal.close();
	});

	test('Get Balance returns the remaining balance, and a balance that is too low prevents the create', async () => {
		const poor = await openStage(core, { renderer: 'tiny', creditUsd: 0.5 });
		const balance = { resource: 'account', operation: 'getBalance' };
		expect(onlyItem(await poor.run(balance)).json).toEqual({
			billingType: 'prepaid',
			amount: 0.5,
			currency: 'USD',
		});
		const items = [{ json: {} }, { json: {} }];
		const result = await poor.run(textToVideo(), items, { onError: 'continueRegularOutput' });
		expect(result.output(NODE).map(({ json }) => json.error ?? json.status)).toEqual([
			'completed',
			'The account has too little balance for this video: 0.40 USD needed, 0.10 USD available',
		]);
		expect(poor.sandbox.requests().filter(({ kind }) => kind === 'create')).toHaveLength(1);
		// One request for Get Balance, one to verify that the server is Lumenfall, and one for both items.
		expect(poor.sandbox.requests().filter(({ path }) => path === '/v1/balance')).toHaveLength(3);
		await poor.close();
	});

	test('a postpaid account has no amount, and other servers have no balance', async () => {
		const postpaid = await openStage(core, { renderer: 'tiny', creditUsd: null });
		const balance = { resource: 'account', operation: 'getBalance' };
		expect(onlyItem(await postpaid.run(balance)).json).toEqual({
			billingType: 'postpaid',
			currency: 'USD',
		});
		expect(onlyItem(await postpaid.run(small())).json.status).toBe('completed');
		await postpaid.close();

		const other = await openStage(core, { dialect: 'openai' });
		const { error } = await other.run(balance);
		expect(error?.message).toMatch(/^This server does not report a balance/);
		await other.close();
	});
});

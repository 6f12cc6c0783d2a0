import type { Fault } from '../../sandbox/createSandbox.mts';
import { CORES, hintsOf, onlyItem, openStage, sharedStage, textToVideo } from './stage.mts';

describe.each(CORES)('an unavailable model on %s', (core) => {
	const stage = sharedStage(core, { renderer: 'tiny' });

	test.each(['retired', 'disabled'] as const)(
		'that is %s is reported, and the error names models that can be selected',
		async (state) => {
			stage.sandbox.setModel('sora-2', state);
			stage.sandbox.setModel('sora-2-pro', 'disabled');
			const { error } = await stage.run(textToVideo());
			expect(error?.message).toMatch(/^The model 'sora-2' is not available on this server/);
			expect(error?.description).toMatch(/Available now: .*kling-v3/);
			expect(error?.description).not.toMatch(/sora-2/);
			expect(stage.sandbox.jobs()).toEqual([]);
		},
	);

	test('with fallback models, the first available one generates the video, and the output contains the reason', async () => {
		stage.sandbox.setModel('sora-2', 'retired');
		stage.sandbox.setModel('veo-3.1-fast', 'disabled');
		const options = { fallbackModels: 'veo-3.1-fast,\n kling-v3, p-video' };
		const result = await stage.run(textToVideo({ options }));
		const { json, binary } = onlyItem(result);
		expect(json).toMatchObject({
			model: 'kling-v3',
			fallback: {
				from: 'sora-2',
				reason: expect.stringMatching(/^The model 'sora-2' is not available/),
			},
		});
		expect(binary?.data.mimeType).toBe('video/mp4');
		expect(hintsOf(result)[0]).toMatch(/^Item 0: kling-v3 is used instead of sora-2 \(The model/);
		expect(stage.sandbox.jobs().map(({ model }) => model)).toEqual(['kling-v3']);
	});

	test('a re-run resumes the video of the fallback model, even if the first model is available again', async () => {
		stage.sandbox.setModel('sora-2', 'retired');
		stage.sandbox.addFault({ on: 'create', do: 'stuck', after: 1 });
		const options = { fallbackModels: 'p-video', timeout: 30 };
		const failed = await stage.run(textToVideo({ options }));
		const [{ id }] = stage.sandbox.jobs();
		expect(failed.error?.message).toContain(id);

		stage.sandbox.setModel('sora-2', 'present');
		const again = await stage.engine.retry(failed);
		expect(again.error?.message).toContain(id);
		expect(stage.sandbox.jobs().map(({ model }) => model)).toEqual(['p-video']);
		expect(stage.requests('create')).toHaveLength(2);
	});

	test('a fallback model that does not support the request is skipped', async () => {
		stage.sandbox.setModel('sora-2', 'retired');
		const options = { fallbackModels: 'veo-3.1-fast, p-video' };
		const item = onlyItem(await stage.run(textToVideo({ seconds: 10, options })));
		expect(item.json.model).toBe('p-video');
	});

	test('if no model is available, the error names all of them', async () => {
		stage.sandbox.setModel('sora-2', 'retired');
		const options = { fallbackModels: 'veo-3.1-fast, sora-9' };
		const { error } = await stage.run(textToVideo({ seconds: 10, options }));
		expect(error?.message).toMatch(/^The model 'sora-2' is not available/);
		expect(error?.description).toMatch(
			/did not help: .*Veo 3.1 Fast supports at most 8 seconds; The model 'sora-9' is not available/,
		);
		expect(stage.sandbox.jobs()).toEqual([]);
	});

	test('a model that is switched off in the list gets no create', async () => {
		stage.sandbox.setModel('sora-2', 'disabled');
		const { error } = await stage.run(textToVideo());
		expect(error?.message).toMatch(/'sora-2' is not available on this server: it is disabled/);
		expect(stage.requests('create')).toEqual([]);
		await stage.run(textToVideo({ options: { unsupportedValues: 'send' } }));
		expect(stage.requests('create')).toHaveLength(1);
	});

	test('if the balance is too low for one fallback model, the next and cheaper one is used', async () => {
		const poor = await openStage(core, { creditUsd: 0.1, renderer: 'tiny' });
		poor.sandbox.setModel('sora-2', 'retired');
		const options = { fallbackModels: 'kling-v3, p-video' };
		const item = onlyItem(await poor.run(textToVideo({ options })));
		expect(item.json.model).toBe('p-video');
		await poor.close();
	});

	test('a model without a provider counts as unavailable', async () => {
		stage.sandbox.addFault({ on: 'create', do: 'status', status: 502, times: 2 });
		const options = { fallbackModels: 'p-video' };
		expect(onlyItem(await stage.run(textToVideo({ options }))).json.model).toBe('p-video');
	});

	const noProvider = { error: { message: 'No providers available for sora-2', type: 'x' } };

	test('and so does the same error without a code', async () => {
		stage.sandbox.addFault({ on: 'create', do: 'status', status: 404, body: noProvider });
		const options = { fallbackModels: 'p-video' };
		expect(onlyItem(await stage.run(textToVideo({ options }))).json.model).toBe('p-video');
		expect(stage.requests('create')).toHaveLength(2);
	});

	test('but not in an unrelated response, after which the create is repeated with the same model', async () => {
		stage.sandbox.addFault({ on: 'create', do: 'status-after', status: 504, body: noProvider });
		const options = { fallbackModels: 'p-video' };
		expect(onlyItem(await stage.run(textToVideo({ options }))).json.model).toBe('sora-2');
		expect(stage.sandbox.jobs()).toHaveLength(1);
	});

	test('on a server without keys the outcome is unknown, and nothing more is created', async () => {
		const bare = await openStage(core, { dialect: 'openai', renderer: 'tiny' });
		bare.sandbox.addFault({ on: 'create', do: 'status', status: 503, body: noProvider });
		const { error } = await bare.run(textToVideo({ options: { fallbackModels: 'p-video' } }));
		expect(error?.message).toMatch(/so a video may have been created/);
		expect(bare.sandbox.requests().filter(({ kind }) => kind === 'create')).toHaveLength(1);
		await bare.close();
	});

	test.each([
		[400, 'CONTENT_POLICY_VIOLATION', /moderation/],
		[400, 'INVALID_REQUEST', /did not accept a parameter/],
		[401, 'AUTHENTICATION_FAILED', /did not accept the API key/],
		[402, 'INSUFFICIENT_BALANCE', /too little balance/],
	])('no other model is tried after %i %s', async (status, code, message) => {
		const body = { error: { message: 'No.', type: 'x', code } };
		stage.sandbox.addFault({ on: 'create', do: 'status', status, body });
		const options = { fallbackModels: 'p-video' };
		const { error } = await stage.run(textToVideo({ options }));
		expect(error?.message).toMatch(message);
		expect(stage.requests('create')).toHaveLength(1);
	});

	test.each([
		['UPSTREAM_ERROR', 'No.', /may have been created/],
		['ALL_PROVIDERS_EXHAUSTED', 'Refused by moderation.', /moderation/],
	])('after 502 %s "%s" the same model is repeated, and no other is tried', async (...row) => {
		const [code, said, message] = row;
		const body = { error: { message: said, type: 'x', code } };
		stage.sandbox.addFault({ on: 'create', do: 'status', status: 502, body, times: 99 });
		const { error } = await stage.run(textToVideo({ options: { fallbackModels: 'p-video' } }));
		expect(error?.message).toMatch(message);
		const models = stage
			.requests('create')
			.map((sent) => JSON.parse(String(sent.body)).model as string);
		expect(models.length).toBeGreaterThan(1);
		expect(new Set(models)).toEqual(new Set(['sora-2']));
	});

	test('after a create with an unknown outcome, no other model is tried', async () => {
		stage.sandbox.addFault({ on: 'create', do: 'reset-after', times: 99 });
		const options = { fallbackModels: 'p-video' };
		const { error } = await stage.run(textToVideo({ options }));
		expect(error?.message).toMatch(/may have been created/);
		expect(stage.sandbox.jobs().map(({ model }) => model)).toEqual(['sora-2']);
	});

	test('after a failed video the next model is only tried if the user has chosen that', async () => {
		stage.sandbox.addFault({ on: 'create', do: 'job-fails' });
		const plain = await stage.run(textToVideo({ options: { fallbackModels: 'p-video' } }));
		expect(plain.error?.message).toMatch(/could not be generated by the provider/);
		await stage.sandbox.reset();

		stage.sandbox.addFault({ on: 'create', do: 'job-fails' });
		const options = { fallbackModels: 'p-video', fallbackOnFailure: true };
		const { json } = onlyItem(await stage.run(textToVideo({ options })));
		expect(json).toMatchObject({ model: 'p-video', fallback: { from: 'sora-2' } });
		await stage.sandbox.reset();

		const blocked = await stage.run(textToVideo({ prompt: '[blocked]', options }));
		expect(blocked.error?.message).toMatch(/moderation/);
		expect(stage.requests('create')).toHaveLength(1);
	});

	test.each(['unknown', 'NOT_START', 'throttled', 'transmogrified'])(
		'a video that is %s at first is waited for, and no other model is paid for',
		async (status) => {
			stage.sandbox.addFault({ on: 'status', do: 'patch', set: { status }, times: 3 });
			const options = { fallbackModels: 'p-video', fallbackOnFailure: true };
			const { json } = onlyItem(await stage.run(textToVideo({ options })));
			expect(json).toMatchObject({ status: 'completed', model: 'sora-2' });
			expect(stage.requests('create')).toHaveLength(1);
			expect(stage.sandbox.billing().jobs).toBe(1);
		},
	);

	test.each<[string, Fault[], RegExp]>([
		['finalizing', [{ on: 'create', do: 'job-status', status: 'finalizing' }], /not ready/],
		['paused', [{ on: 'create', do: 'job-status', status: 'paused' }], /not ready .*\(paused\)/],
		['expired', [{ on: 'create', do: 'job-ends', status: 'expired' }], /'expired'/],
		['cancelled', [{ on: 'create', do: 'job-ends', status: 'cancelled' }], /'cancelled'/],
		[
			'missing, beside an error',
			[
				{ on: 'create', do: 'stuck' },
				{
					...{ on: 'status', do: 'patch', times: 99 },
					...{ remove: ['status'], set: { error: { message: 'Try later' } } },
				},
			],
			/not ready .*Try later/,
		],
	])('a video whose status is %s is not replaced by another model', async (_, faults, message) => {
		for (const fault of faults) stage.sandbox.addFault(fault);
		const fallback = { fallbackModels: 'p-video', fallbackOnFailure: true, maxRunCost: 9 };
		const { error } = await stage.run(textToVideo({ options: { ...fallback, timeout: 60 } }));
		expect(error?.message).toMatch(message);
		expect(stage.sandbox.jobs().map(({ model }) => model)).toEqual(['sora-2']);
	});

	test.each(['stopWorkflow', 'continueRegularOutput'])(
		'if the create of the next model is refused for good, the error names the failed video (%s)',
		async (onError) => {
			stage.sandbox.addFault({ on: 'create', do: 'job-fails' });
			stage.sandbox.addFault({ on: 'create', do: 'status', status: 401, after: 1 });
			const options = { fallbackModels: 'p-video', fallbackOnFailure: true };
			const result = await stage.run(textToVideo({ options }), [{ json: {} }], { onError });
			const [{ id }] = stage.sandbox.jobs();
			const told = result.error?.description ?? onlyItem(result).json.message;
			expect(told).toContain(`Other videos of this item: ${id}.`);
			expect(told).not.toMatch(/other items/);
		},
	);

	test('if every video fails, the error names each of them, and none as a video of another item', async () => {
		stage.sandbox.addFault({ on: 'create', do: 'job-fails', times: 2 });
		const options = { fallbackModels: 'p-video', fallbackOnFailure: true };
		const { error } = await stage.run(textToVideo({ options }));
		const [first, second] = stage.sandbox.jobs().map(({ id }) => id);
		expect(error?.message).toContain(`Video ${first} could not be generated`);
		expect(error?.description).toContain(`did not help: Video ${second} could not be`);
		expect(error?.description).not.toMatch(/Other items/);
	});
});

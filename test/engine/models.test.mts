import { encoded, quarters } from '../support/images.mts';
import { RULED_OUT } from '../support/ruledOutRequests.mts';
import {
	byId,
	CORES,
	imageToVideo,
	NODE,
	onlyItem,
	openStage,
	small,
	textToVideo,
	untilTrue,
	type Stage,
} from './stage.mts';

const RETRY = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1_000 };

describe.each(CORES)('models and money on %s', (core) => {
	let stage: Stage;
	beforeAll(async () => (stage = await openStage(core, { renderer: 'tiny' })));
	afterAll(async () => await stage.close());
	afterEach(async () => await stage.sandbox.reset());

	const creates = () => stage.sandbox.requests().filter(({ kind }) => kind === 'create');
	const asked = (kind: string) =>
		stage.sandbox.requests().filter((request) => request.kind === kind);
	const hints = (result: Awaited<ReturnType<Stage['run']>>) =>
		result.hints(NODE).map(({ message }) => message);

	describe('values that a model does not support', () => {
		test(`none of ${RULED_OUT.length} requests that are ruled out reaches the create endpoint`, async () => {
			const items = RULED_OUT.map(([model, { image, ...request }]) => ({
				json: { model, operation: image ? 'imageToVideo' : 'textToVideo', ...request },
			}));
			const result = await stage.run(
				{
					operation: 'imageToVideo',
					imageSource: 'url',
					imageUrl: 'https://example.com/a.png',
					model: byId('={{ $json.model }}'),
					prompt: '={{ $json.prompt ?? "a paper boat" }}',
					seconds: '={{ $json.seconds ?? 5 }}',
					aspectRatio: '={{ $json.customSize ? "custom" : ($json.aspectRatio ?? "modelDefault") }}',
					customSize: '={{ $json.customSize }}',
					resolution: '={{ $json.resolution ?? "modelDefault" }}',
				},
				items,
				{ onError: 'continueRegularOutput' },
			);
			const messages = result.output(NODE).map(({ json }) => json.error);
			expect(messages).toHaveLength(RULED_OUT.length);
			RULED_OUT.forEach(([, , message], index) => expect(messages[index]).toMatch(message));
			expect(creates()).toEqual([]);
			expect(asked('estimate')).toEqual([]);
		});

		test('the nearest value is used if the user has chosen that, and a hint shows it', async () => {
			const options = { unsupportedValues: 'nearest' };
			const result = await stage.run(
				textToVideo({ model: byId('sora-2'), seconds: 25, aspectRatio: '1:1', options }),
			);
			const { json } = onlyItem(result);
			expect(json.adjusted).toEqual({
				seconds: { requested: 25, used: 20 },
				aspectRatio: { requested: '1:1', used: '16:9' },
			});
			expect(stage.sandbox.jobs()).toMatchObject([{ seconds: 20, width: 1280, height: 720 }]);
			expect(hints(result)).toEqual([
				"Item 0: 'Duration (Seconds)' is 20 instead of 25, the nearest value that sora-2 supports.",
				"Item 0: 'Aspect Ratio' is 16:9 instead of 1:1, the nearest value that sora-2 supports.",
				'Cost of this run: 2.00 USD for 1 video.',
			]);
		});

		test('a re-run resumes the job with the adjusted values, without requesting models again', async () => {
			stage.sandbox.addFault({ on: 'media', do: 'html', times: 5 });
			const change = {
				model: byId('p-video'),
				seconds: 30,
				options: { unsupportedValues: 'nearest' },
			};
			const result = await stage.run(small(change), [{ json: {} }], RETRY);
			expect(onlyItem(result).json.adjusted).toEqual({ seconds: { requested: 30, used: 10 } });
			expect(stage.sandbox.jobs()).toHaveLength(1);
			expect(asked('models')).toHaveLength(2);
		});

		test('Stop does not wait for a slow list of models', async () => {
			stage.sandbox.addFault({ on: 'models', do: 'slow', delayMs: 5_000, times: 2 });
			const { result, cancel } = stage.engine.start(stage.workflow(small()), {
				pinData: { Start: [{ json: {} }] },
			});
			await untilTrue(() => asked('models').length === 2);
			const stoppedAt = Date.now();
			cancel();
			await result;
			expect(Date.now() - stoppedAt).toBeLessThan(2_000);
			expect(creates()).toEqual([]);
		});

		test('the model list is requested once per run, and a missing response blocks nothing', async () => {
			const items = [{ json: {} }, { json: {} }, { json: {} }];
			await stage.run(small(), items);
			expect(asked('models').map(({ path }) => path)).toEqual([
				'/openai/v1/models',
				'/v1/models/p-video',
			]);
			stage.sandbox.addFault({ on: 'models', do: 'status', status: 500, times: 99 });
			expect((await stage.run(small(), items)).output(NODE)).toHaveLength(3);
		});
	});

	describe('an unavailable model', () => {
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
			expect(hints(result)[0]).toMatch(/^Item 0: kling-v3 is used instead of sora-2 \(The model/);
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
			expect(creates()).toHaveLength(2);
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
			expect(creates()).toEqual([]);
			await stage.run(textToVideo({ options: { unsupportedValues: 'send' } }));
			expect(creates()).toHaveLength(1);
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
			expect(creates()).toHaveLength(2);
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
			expect(creates()).toHaveLength(1);
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
			const models = creates().map((sent) => JSON.parse(String(sent.body)).model as string);
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
			expect(creates()).toHaveLength(1);
		});

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

	describe('price', () => {
		test('is requested from the server only for a limit, otherwise reported as far as it is known', async () => {
			const video = (model: string, seconds: number) =>
				textToVideo({ model: byId(model), seconds, waitMode: 'none' });
			const veo = onlyItem(await stage.run(video('veo-3.1-fast', 4))).json;
			expect(veo).toMatchObject({ estimatedCostFrom: 0.4, estimatedCostUpTo: 0.8 });
			expect(veo).not.toHaveProperty('estimatedCost');
			const pixverse = onlyItem(await stage.run(video('pixverse-v5.6', 5))).json;
			expect(pixverse.estimatedCostFrom).toBe(0.35);
			expect(pixverse).not.toHaveProperty('estimatedCostUpTo');
			expect(asked('estimate')).toEqual([]);
		});

		test('with only a known minimum is enough to detect a balance that is too low', async () => {
			const poor = await openStage(core, { creditUsd: 0.1 });
			const parameters = textToVideo({ model: byId('pixverse-v5.6'), seconds: 5 });
			const { error } = await poor.run(parameters);
			expect(error?.message).toMatch(/0\.35 USD needed, 0\.10 USD available/);
			expect(poor.sandbox.requests().filter(({ kind }) => kind === 'create')).toEqual([]);
			await poor.close();
		});

		test('with a limit is requested with the resized image, not with one that is too large to send', async () => {
			const photo = Buffer.concat([encoded(quarters(640, 480), 'image/png'), Buffer.alloc(30e6)]);
			const items = [
				{ json: {}, binary: { data: { data: photo.toString('base64'), mimeType: 'image/png' } } },
			];
			const form = imageToVideo({
				...{ aspectRatio: '16:9', waitMode: 'none' },
				options: { imageFit: 'crop', maxCost: 5 },
			});
			expect(onlyItem(await stage.run(form, items)).json.estimatedCost).toBe(0.4);
			expect(stage.sandbox.jobs()[0].image).toMatchObject({ width: 1280, height: 720 });
		});

		test('an estimate contains adjusted values, the total of all items, and whether prices are unknown', async () => {
			const form = {
				...{ operation: 'estimateCost', imageSource: 'none', prompt: 'scene' },
				...{ seconds: 9, aspectRatio: '16:9', resolution: '720p' },
				options: { unsupportedValues: 'nearest' },
			};
			const rows = [0, 1, 2].map(() => ({ json: {} }));
			const known = await stage.run({ ...form, model: byId('veo-3.1-fast') }, rows);
			expect(hints(known)).toEqual([
				"Items 0, 1 and 2: 'Duration (Seconds)' is 8 instead of 9, the nearest value that veo-3.1-fast supports.",
				'Estimated cost: 4.80 USD for 3 videos.',
			]);

			stage.sandbox.addFault({ on: 'estimate', do: 'status', status: 404, body: 'No', times: 9 });
			const unknown = await stage.run({ ...form, seconds: 8, model: byId('pixverse-v5.6') });
			expect(hints(unknown)).toEqual(['Item 0: The price of PixVerse V5.6 is unknown.']);
			expect(onlyItem(unknown).json).toMatchObject({ estimatedCostFrom: 0.56, currency: 'USD' });
		});

		test('estimates equal the bill for every model in the list', async () => {
			const { output } = await stage.run({
				resource: 'model',
				operation: 'getAll',
				returnAll: true,
			});
			const models = output(NODE).map(({ json }) => json);
			expect(models.length).toBeGreaterThanOrEqual(11);
			const rows = models.flatMap(({ id, resolutions, allowedSeconds }) =>
				['720p', '1080p'].flatMap((resolution) =>
					[true, false].map((audio) => ({
						json: {
							model: id,
							seconds: (allowedSeconds as number[] | undefined)?.[0] ?? 4,
							resolution:
								(resolutions as string[] | undefined)?.includes('1080p') === false
									? '720p'
									: resolution,
							audio,
						},
					})),
				),
			);
			const form = {
				prompt: 'scene',
				model: byId('={{ $json.model }}'),
				seconds: '={{ $json.seconds }}',
				aspectRatio: '16:9',
				resolution: '={{ $json.resolution }}',
				options: {
					audio: '={{ $json.audio }}',
					unsupportedValues: 'nearest',
					itemsAtOnce: 20,
				},
			};
			const estimated = await stage.run(
				{ operation: 'estimateCost', imageSource: 'none', ...form },
				rows,
			);
			expect(stage.sandbox.jobs()).toEqual([]);

			const made = await stage.run({ operation: 'textToVideo', output: 'url', ...form }, rows);

			const bills = new Map(stage.sandbox.jobs().map(({ id, billedUsd }) => [id, billedUsd]));
			const videos = made.output(NODE).map(({ json }) => json);
			expect(videos).toHaveLength(rows.length);
			videos.forEach(({ id, model, cost, estimatedCost, costDifference }, index) => {
				const estimate = estimated.output(NODE)[index].json;
				expect(estimate).toMatchObject({ model, currency: 'USD', source: 'dryRun' });
				expect([model, estimate.estimatedCost]).toEqual([model, bills.get(String(id))]);
				expect(cost).toBe(bills.get(String(id)));
				// The list price is correct as well, if there is one.
				if (estimatedCost !== undefined) expect([model, costDifference]).toEqual([model, 0]);
			});
			const known = new Set(
				videos.filter(({ estimatedCost }) => estimatedCost !== undefined).map(({ model }) => model),
			);
			for (const id of [
				'sora-2',
				'sora-2-pro',
				'veo-3.1-fast',
				'veo-3.1-lite',
				'wan-2.6',
				'p-video',
				'mock-video',
			])
				expect(known).toContain(id);
			const total = stage.sandbox.billing().usd;
			const [, sum, count] = /^Cost of this run: (\S+) USD for (\d+) videos/.exec(
				String(hints(made).at(-1)),
			)!;
			expect([Number(sum), Number(count)]).toEqual([expect.closeTo(total, 4), rows.length]);
		});

		test('without a maximum cost, no dry run is sent', async () => {
			await stage.run(small());
			expect(asked('estimate')).toEqual([]);
		});

		test('above Max Cost nothing is created', async () => {
			const result = await stage.run(textToVideo({ seconds: 8, options: { maxCost: 0.5 } }));
			expect(result.error?.message).toBe(
				"The video would cost 0.80 USD, but 'Max Cost' is 0.50 USD [Item 0]",
			);
			expect(creates()).toEqual([]);
			const { json } = onlyItem(await stage.run(textToVideo({ options: { maxCost: 0.4 } })));
			expect(json).toMatchObject({ estimatedCost: 0.4, cost: 0.4, costDifference: 0 });
		});

		test.each(['={{ $json.nothing }}', '', '={{ "abc" }}', -1])(
			'a maximum of %j is no leave to spend without one',
			async (maxCost) => {
				const { error } = await stage.run(textToVideo({ options: { maxCost } }));
				expect(error?.message).toMatch(/^'Max Cost' is /);
				expect(stage.sandbox.requests()).toEqual([]);
			},
		);

		test('items in parallel together stay below Max Cost of Run, and a re-run counts each once', async () => {
			const options = { maxRunCost: 1.25, itemsAtOnce: 5 };
			const items = [0, 1, 2, 3, 4].map((index) => ({ json: { index } }));
			const form = textToVideo({ prompt: '={{ "scene " + $json.index }}', options });
			// The first download fails four times, so n8n runs the node again.
			stage.sandbox.addFault({ on: 'media', do: 'html', times: 4 });
			const result = await stage.run(form, items, { ...RETRY, onError: 'continueRegularOutput' });
			expect(stage.sandbox.jobs()).toHaveLength(3);
			expect(stage.sandbox.billing().usd).toBeCloseTo(1.2);
			const refused = result.output(NODE).filter(({ json }) => json.error);
			expect(refused).toHaveLength(2);
			for (const { json } of refused)
				expect(json.error).toMatch(/1\.20 USD of the other videos of this run, .*\(1\.25 USD\)/);
		});

		test('a refused create releases its amount', async () => {
			stage.sandbox.addFault({ on: 'create', do: 'status', status: 400 });
			const options = { maxRunCost: 0.5, itemsAtOnce: 1 };
			const result = await stage.run(textToVideo({ options }), [{ json: {} }, { json: {} }], {
				onError: 'continueRegularOutput',
			});
			expect(result.output(NODE).map(({ json }) => json.status)).toEqual([undefined, 'completed']);
		});

		test('a video with an unknown price is not created if there is a maximum', async () => {
			const bare = await openStage(core, { dialect: 'openai', renderer: 'tiny' });
			const { error } = await bare.run(small({ model: byId('my-own'), options: { maxCost: 5 } }));
			expect(error?.message).toMatch(/^The price of this video from my-own is unknown/);
			const dear = await bare.run(textToVideo({ options: { maxRunCost: 0.3 } }));
			expect(dear.error?.message).toMatch(/would cost 0.40 USD/);
			expect(bare.sandbox.jobs()).toEqual([]);
			expect(bare.sandbox.requests().filter(({ kind }) => kind === 'estimate')).toEqual([]);
			await bare.close();
		});

		test('a dry run that creates a video ends the item and names the video', async () => {
			stage.sandbox.addFault({ on: 'estimate', do: 'creates-job' });
			const result = await stage.run(textToVideo({ options: { maxCost: 5 } }));
			const [{ id }] = stage.sandbox.jobs();
			expect(result.error?.message).toContain(`so a video ${id} may have been made`);
			expect(result.error?.description).toMatch(/Nothing more is created/);
			expect(creates()).toEqual([]);
		});
	});

	describe('a model and the account', () => {
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
			const lists = asked('models').filter(({ path }) => path === '/openai/v1/models');
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
				'Sora 2 Pro · $0.30/s · 20 s · text, image',
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
});

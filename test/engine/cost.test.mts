import { encoded, quarters } from '../support/images.mts';
import {
	byId,
	CORES,
	hintsOf,
	imageToVideo,
	NODE,
	onlyItem,
	openStage,
	RETRY,
	sharedStage,
	small,
	textToVideo,
} from './stage.mts';

describe.each(CORES)('the price on %s', (core) => {
	const stage = sharedStage(core, { renderer: 'tiny' });

	test('is requested from the server only for a limit, otherwise reported as far as it is known', async () => {
		const video = (model: string, seconds: number) =>
			textToVideo({ model: byId(model), seconds, waitMode: 'none' });
		const veo = onlyItem(await stage.run(video('veo-3.1-fast', 4))).json;
		expect(veo).toMatchObject({ estimatedCostFrom: 0.4, estimatedCostUpTo: 0.8 });
		expect(veo).not.toHaveProperty('estimatedCost');
		const pixverse = onlyItem(await stage.run(video('pixverse-v5.6', 5))).json;
		expect(pixverse.estimatedCostFrom).toBe(0.35);
		expect(pixverse).not.toHaveProperty('estimatedCostUpTo');
		expect(stage.requests('estimate')).toEqual([]);
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
		expect(hintsOf(known)).toEqual([
			"Items 0, 1 and 2: 'Duration (Seconds)' is 8 instead of 9, the nearest value that veo-3.1-fast supports.",
			'Estimated cost: 4.80 USD for 3 videos.',
		]);

		stage.sandbox.addFault({ on: 'estimate', do: 'status', status: 404, body: 'No', times: 9 });
		const unknown = await stage.run({ ...form, seconds: 8, model: byId('pixverse-v5.6') });
		expect(hintsOf(unknown)).toEqual(['Item 0: The price of PixVerse V5.6 is unknown.']);
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
			String(hintsOf(made).at(-1)),
		)!;
		expect([Number(sum), Number(count)]).toEqual([expect.closeTo(total, 4), rows.length]);
	});

	test('without a maximum cost, no dry run is sent', async () => {
		await stage.run(small());
		expect(stage.requests('estimate')).toEqual([]);
	});

	test('above Max Cost nothing is created', async () => {
		const result = await stage.run(textToVideo({ seconds: 8, options: { maxCost: 0.5 } }));
		expect(result.error?.message).toBe(
			"The video would cost 0.80 USD, but 'Max Cost' is 0.50 USD [Item 0]",
		);
		expect(stage.requests('create')).toEqual([]);
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
		expect(stage.requests('create')).toEqual([]);
	});
});

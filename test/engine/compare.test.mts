import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createCanvas } from '@napi-rs/canvas';
import type { INodeExecutionData } from 'n8n-workflow';
import { parse } from 'parse5';
import { CORES, itemsOf, NODE, openStage, untilTrue, type Stage } from './stage.mts';

const MODELS = ['sora-2', 'veo-3.1-fast', 'kling-v3', 'p-video'];

/** The models as the editor writes them. */
function listed(models: string[]) {
	return { model: models.map((value) => ({ model: { __rl: true, mode: 'list', value } })) };
}

/** The parameters of a short comparison. */
function compare(change: object = {}, models = MODELS): object {
	return {
		operation: 'compare',
		models: listed(models),
		prompt: 'A paper boat',
		seconds: 4,
		...change,
	};
}

const askedModels = (items: INodeExecutionData[]) =>
	items.map(({ json }) => (json.comparison as { model: string }).model);

/** Whether all of these jobs ran at the same time. */
function ranTogether(jobs: Array<{ createdAt: number; finishedAt?: number }>): boolean {
	const lastStart = Math.max(...jobs.map(({ createdAt }) => createdAt));
	return jobs.every(({ finishedAt = Infinity }) => finishedAt > lastStart);
}

describe.each(CORES)('models compared on %s', (core) => {
	let stage: Stage;
	beforeAll(
		async () =>
			(stage = await openStage(core, {
				renderer: 'tiny',
				jobSeconds: 10,
				paces: { 'p-video': 0.2 },
			})),
	);
	afterAll(async () => await stage.close());
	afterEach(async () => await stage.sandbox.reset());

	const readPage = async ([first]: INodeExecutionData[]) =>
		(await stage.engine.readBinary(first.binary!.page)).toString();

	test('four models generate four videos in parallel, whatever the limit of items is', async () => {
		const items = itemsOf(await stage.run(compare({ options: { itemsAtOnce: 1 } })));
		const jobs = stage.sandbox.jobs();
		expect(jobs.map(({ model }) => model).sort()).toEqual([...MODELS].sort());
		expect(ranTogether(jobs)).toBe(true);
		expect(stage.sandbox.billing().jobs).toBe(4);
		expect(items).toHaveLength(4);
	});

	test('each model is an item in the given order, with all metadata of its own video', async () => {
		const items = itemsOf(await stage.run(compare()));
		expect(askedModels(items)).toEqual(MODELS);
		for (const { json, binary, pairedItem } of items) {
			const job = stage.sandbox.jobs().find(({ id }) => id === json.id)!;
			expect(json).toMatchObject({
				status: 'completed',
				model: job.model,
				prompt: 'A paper boat',
				provider: expect.any(String),
				cost: job.billedUsd,
				currency: 'USD',
				url: expect.stringContaining('http'),
				timing: { polls: expect.any(Number) },
				file: { mimeType: 'video/mp4', bytes: expect.any(Number) },
				comparison: { of: 4, position: MODELS.indexOf(job.model) + 1 },
			});
			expect(binary?.data.mimeType).toBe('video/mp4');
			expect(pairedItem).toEqual({ item: 0 });
		}
	});

	test('the fastest and the cheapest are marked in the data', async () => {
		const items = itemsOf(await stage.run(compare()));
		expect(items.map(({ json }) => (json.comparison as { marks: string[] }).marks)).toEqual([
			[],
			[],
			[],
			['fastest', 'cheapest'],
		]);
	});

	test('the first item has the page, with every video inside it', async () => {
		const items = itemsOf(await stage.run(compare()));
		expect(items.map(({ binary }) => Object.keys(binary!))).toEqual([
			['data', 'page'],
			['data'],
			['data'],
			['data'],
		]);
		expect(items[0].binary!.page).toMatchObject({
			mimeType: 'text/html',
			fileName: 'comparison-a-paper-boat.html',
		});
		const page = await readPage(items);
		parse(page);
		for (const { binary } of items) {
			const video = await stage.engine.readBinary(binary!.data);
			expect(page).toContain(`src="data:video/mp4;base64,${video.toString('base64')}"`);
		}
	});

	test('a model that fails is data in its position, affects no other and does not make n8n run the node again', async () => {
		stage.sandbox.addFault({ on: 'create', do: 'job-fails', message: '<b>out of</b> capacity' });
		const result = await stage.run(compare(), [{ json: {} }], {
			retryOnFail: true,
			maxTries: 3,
			waitBetweenTries: 1_000,
		});
		const items = itemsOf(result);
		const [failedJob] = stage.sandbox.jobs();
		expect(askedModels(items)).toEqual(MODELS);
		expect(stage.requests('create')).toHaveLength(4);

		const failed = items.find(({ json }) => json.id === failedJob.id)!;
		expect(failed.json).toMatchObject({
			status: 'failed',
			model: failedJob.model,
			prompt: 'A paper boat',
			cost: 0,
			failure: {
				kind: 'providerFailed',
				message: expect.stringContaining('out of capacity'),
				advice: expect.any(String),
			},
		});
		expect(failed.json).not.toHaveProperty('error');
		expect(failed.binary?.data).toBeUndefined();
		expect(items.filter(({ json }) => json.status === 'completed')).toHaveLength(3);
		expect(await readPage(items)).toContain('out of capacity');
	});

	test('an unknown model is such a failure too, without a video ID', async () => {
		const items = itemsOf(await stage.run(compare({}, ['no-such-model', 'p-video'])));
		expect(items[0].json).toMatchObject({
			status: 'failed',
			model: 'no-such-model',
			failure: { kind: 'modelUnavailable', advice: expect.stringContaining('Available now:') },
		});
		expect(items[0].json).not.toHaveProperty('id');
		expect(Object.keys(items[0].binary!)).toEqual(['page']);
		expect(items[1].json.status).toBe('completed');
	});

	test('if all models fail, the item fails with the reason of each', async () => {
		const parameters = compare({ prompt: '[fails]' }, ['sora-2', 'p-video']);
		const result = await stage.run(parameters);
		expect(result.error?.message).toMatch(
			/^None of the 2 models generated a video: sora-2: Video \S+ could not be generated.*; p-video: Video/,
		);
		for (const { id } of stage.sandbox.jobs()) expect(result.error?.message).toContain(id);

		await stage.sandbox.reset();
		const goesOn = await stage.run(parameters, [{ json: {} }], {
			onError: 'continueErrorOutput',
		});
		expect(goesOn.output(NODE, 0) ?? []).toEqual([]);
		expect(goesOn.output(NODE, 1)).toHaveLength(1);
	});

	test('a reason that all models share is reported once, as in any other operation', async () => {
		stage.sandbox.addFault({ on: 'create', do: 'status', status: 401, times: 4 });
		const result = await stage.run(compare());
		expect(result.error?.message).toMatch(/^The server did not accept the API key/);
	});

	test('a retry of the execution creates nothing again', async () => {
		stage.sandbox.addFault({ on: 'create', do: 'stuck', times: 4 });
		const failed = await stage.run(compare({ options: { timeout: 20 } }));
		expect(failed.error?.message).toMatch(/^None of the 4 models generated a video/);
		const again = await stage.engine.retry(failed);
		expect(again.status).toBe('error');
		expect(stage.requests('create')).toHaveLength(4);
		expect(stage.sandbox.jobs()).toHaveLength(4);
	});

	test('if every create is lost, the failed item names each of them', async () => {
		stage.sandbox.addFault({ on: 'create', do: 'reset-after', times: 99 });
		const form = compare({}, ['sora-2', 'p-video']);
		const settings = { onError: 'continueRegularOutput' };
		const [{ json }] = itemsOf(await stage.run(form, [{ json: {} }], settings));
		const text = `${String(json.error)} ${String(json.message)}`;
		const times = text.match(/\d{4}-\d\d-\d\dT[\d:.]+Z/g) ?? [];
		expect([times.length, stage.sandbox.jobs().length]).toEqual([2, 2]);
	});

	test('a lost create makes one video for its model', async () => {
		stage.sandbox.addFault({ on: 'create', do: 'reset-after', times: 2 });
		const items = itemsOf(await stage.run(compare()));
		expect(stage.sandbox.jobs()).toHaveLength(4);
		expect(new Set(items.map(({ json }) => json.id)).size).toBe(4);
		expect(askedModels(items)).toEqual(MODELS);
	});

	test("the user's own key results in one key per model", async () => {
		itemsOf(await stage.run(compare({ options: { idempotencyKey: 'post-7' } })));
		expect(
			stage.sandbox
				.jobs()
				.map(({ idempotencyKey }) => idempotencyKey)
				.sort(),
		).toEqual(MODELS.map((model) => `post-7/${model}`).sort());
	});

	test('Stop cancels every video', async () => {
		stage.sandbox.addFault({ on: 'create', do: 'stuck', times: 4 });
		const { result, cancel } = stage.engine.start(stage.workflow(compare()), {
			pinData: { Start: [{ json: {} }] },
		});
		await untilTrue(() => stage.sandbox.jobs().length === 4);
		cancel();
		expect((await result).status).toBe('canceled');
		await untilTrue(() => stage.sandbox.jobs().every(({ cancelled }) => cancelled));
	});

	test('items are compared one by one, each with its own page', async () => {
		const result = await stage.run(
			compare({ prompt: '={{ "scene " + $json.index }}' }, ['sora-2', 'p-video']),
			[{ json: { index: 0 } }, { json: { index: 1 } }],
		);
		const items = itemsOf(result);
		expect(items.map(({ json, pairedItem }) => [json.prompt, pairedItem])).toEqual([
			['scene 0', { item: 0 }],
			['scene 0', { item: 0 }],
			['scene 1', { item: 1 }],
			['scene 1', { item: 1 }],
		]);
		expect(items.map(({ binary }) => binary?.page?.fileName)).toEqual([
			'comparison-scene-0.html',
			undefined,
			'comparison-scene-1.html',
			undefined,
		]);
	});

	test.each([
		['with commas', 'sora-2, p-video'],
		['as lines', 'sora-2\np-video\n'],
		['as JSON', '["sora-2", "p-video"]'],
		['as a list', '={{ ["sora-2", "p-video"] }}'],
		['as items of models', '={{ [{ id: "sora-2" }, { id: "p-video" }] }}'],
	])('models may be named in text %s', async (_, modelIds) => {
		const parameters = compare({ modelsFrom: 'text', modelIds, output: 'url' });
		expect(askedModels(itemsOf(await stage.run(parameters)))).toEqual(['sora-2', 'p-video']);
	});

	test('without files the page links to the URLs', async () => {
		const items = itemsOf(await stage.run(compare({ output: 'url' })));
		expect(items.map(({ binary }) => Object.keys(binary ?? {}))).toEqual([['page'], [], [], []]);
		const page = await readPage(items);
		for (const { json } of items) expect(page).toContain(`href="${String(json.url)}"`);
	});

	test('the page can be left out, and can go to another field', async () => {
		const without = itemsOf(await stage.run(compare({ comparisonPage: false })));
		expect(Object.keys(without[0].binary!)).toEqual(['data']);
		const elsewhere = itemsOf(await stage.run(compare({ pageBinaryField: 'html' })));
		expect(Object.keys(elsewhere[0].binary!)).toEqual(['data', 'html']);
	});

	test('a file name for all models becomes one per model', async () => {
		const items = itemsOf(await stage.run(compare({ options: { fileName: 'boat.mp4' } })));
		expect(items.map(({ binary }) => binary!.data.fileName)).toEqual(
			MODELS.map((model) => `boat-${model}.mp4`),
		);
	});

	test.each([
		['one model', { models: listed(['sora-2']) }, /'Models' contains 1 model, but .* 2 to 8/],
		[
			'nine models',
			{ modelsFrom: 'text', modelIds: 'a b c d e f g h i' },
			/'Models' contains 9 models/,
		],
		['none', { modelsFrom: 'text', modelIds: '={{ "" }}' }, /'Models' contains 0 models/],
		['a model twice', { models: listed(['p-video', 'sora-2', 'p-video']) }, /'p-video' twice/],
		[
			'a model under two of its names',
			{ models: listed(['kling-3', 'kling-v3']) },
			/one model twice: 'kling-3' and 'kling-v3'/,
		],
		['no prompt', { prompt: ' ' }, /^'Prompt' is empty/],
		[
			'a length no model makes',
			{ seconds: 21 },
			/^None of the 4 models generated a video: sora-2: 'Duration \(Seconds\)' is 21, .*; kling-v3: /,
		],
		['one field for two files', { pageBinaryField: 'data' }, /are both 'data'/],
		[
			'no field for the page',
			{ pageBinaryField: '={{ "" }}' },
			/'Put Comparison Page in Field' is empty/,
		],
		[
			'more than one video may cost',
			{ options: { maxCost: 0.01 } },
			/^None of the 4 models generated a video: sora-2: The video would cost 0.40 USD, but 'Max Cost'/,
		],
		[
			'more than the run may cost, all models together',
			{ options: { maxRunCost: 1.2 } },
			/^The videos together would cost 1.616 USD, which is more than 'Max Cost of Run'/,
		],
	])('%s is refused before anything is created', async (_, change, message) => {
		const result = await stage.run(compare(change));
		expect(result.error?.message).toMatch(message);
		expect(stage.sandbox.jobs()).toEqual([]);
	});

	test('a model that does not support the request, or exceeds the budget, is data and affects no other', async () => {
		const options = { maxCost: 0.9 };
		const items = itemsOf(await stage.run(compare({ seconds: 10, options })));
		expect(items.map(({ json }) => [json.status, json.failure])).toEqual([
			[
				'failed',
				expect.objectContaining({ message: expect.stringMatching(/1\.00 USD, but 'Max/) }),
			],
			['failed', expect.objectContaining({ message: expect.stringMatching(/most 8 seconds/) })],
			['completed', undefined],
			['completed', undefined],
		]);
		expect(stage.sandbox.jobs().map(({ model }) => model)).toEqual(['kling-v3', 'p-video']);
		expect(await readPage(items)).toContain('most 8 seconds');
	});

	// In this process, the base URL is remembered as one without dry runs, so this test needs its own server.
	test('a dry run that creates a video ends the comparison before it creates anything', async () => {
		const unpriced = await openStage(core, { renderer: 'tiny' });
		unpriced.sandbox.addFault({ on: 'estimate', do: 'creates-job', times: 9 });
		const { error } = await unpriced.run(compare({ options: { maxCost: 5 } }));
		const created = unpriced.sandbox.jobs().map(({ id }) => id);
		expect(created).toHaveLength(1);
		expect(error?.message).toContain(`so a video ${created[0]} may have been made`);
		expect(unpriced.sandbox.requests().filter(({ kind }) => kind === 'create')).toEqual([]);
		await unpriced.close();
	});

	test('an unavailable model does not count when the balance is checked', async () => {
		const poor = await openStage(core, { renderer: 'tiny', creditUsd: 0.5 });
		poor.sandbox.setModel('sora-2', 'retired');
		const items = itemsOf(
			await poor.run(compare({ seconds: 4 }, ['sora-2', 'p-video', 'wan-2.6'])),
		);
		expect(items.map(({ json }) => json.status)).toEqual(['failed', 'completed', 'completed']);
		await poor.close();
	});

	test('a retry is not refused because of the cost of its own videos', async () => {
		stage.sandbox.addFault({ on: 'create', do: 'stuck', times: 4 });
		const failed = await stage.run(compare({ options: { timeout: 20, maxRunCost: 2 } }));
		expect(failed.error?.message).toMatch(/^None of the 4 models generated a video/);
		const again = await stage.engine.retry(failed);
		expect(again.error?.message).toMatch(/^None of the 4 models generated a video/);
		const lower = stage.workflow(compare({ options: { timeout: 20, maxRunCost: 0.1 } }));
		const resumed = await stage.engine.retry(failed, { workflow: lower });
		expect(resumed.error?.message).toMatch(/^None of the 4 models generated a video/);
		expect(stage.sandbox.jobs()).toHaveLength(4);
	});

	test('values that a model does not support can be adjusted to the nearest ones, for this model only', async () => {
		const parameters = compare({ seconds: 12, options: { unsupportedValues: 'nearest' } }, [
			'sora-2',
			'veo-3.1-fast',
		]);
		const items = itemsOf(await stage.run(parameters));
		expect(items.map(({ json }) => json.adjusted)).toEqual([
			undefined,
			{ seconds: { requested: 12, used: 8 } },
		]);
	});

	test('an image is sent to all models', async () => {
		const data = createCanvas(1280, 720).toBuffer('image/png');
		const items = [
			{ json: {}, binary: { data: { data, mimeType: 'image/png', fileName: 'boat.png' } } },
		];
		itemsOf(await stage.run(compare({ imageSource: 'binary' }), items));
		expect(stage.sandbox.jobs().map(({ image }) => image)).toEqual(
			MODELS.map(() => expect.objectContaining({ width: 1280, height: 720 })),
		);
	});

	test('a video that is too large for the page is linked', async () => {
		const large = await openStage(core, { renderer: 'tiny', fileBytes: 20 * 1024 * 1024 });
		const items = itemsOf(await large.run(compare()));
		const page = (await large.engine.readBinary(items[0].binary!.page)).toString();
		expect(page.match(/src="data:video/g)).toHaveLength(2);
		const linked = items.filter(({ json }) => page.includes(`href="${String(json.url)}"`));
		expect(askedModels(linked)).toEqual(MODELS.slice(2));
		expect(page).toContain('The URL works until 20');
		await large.close();
	});

	test('the example generates four videos and a page', async () => {
		const example = await readFile(join(process.cwd(), 'examples/03-compare-models.json'), 'utf8');
		const result = await stage.engine.run(JSON.parse(example));
		expect(result.error).toBeUndefined();
		const items = result.output('Compare Models');
		expect(items.map(({ json }) => json.status)).toEqual(Array(4).fill('completed'));
		expect(await readPage(items)).toContain('4 models, one prompt');
	});

	test('files in memory instead of on disk are embedded in the page as well', async () => {
		const inMemory = await openStage(core, { renderer: 'tiny' }, { binaryMode: 'default' });
		const items = itemsOf(await inMemory.run(compare({}, ['sora-2', 'p-video'])));
		const page = Buffer.from(items[0].binary!.page.data, 'base64').toString();
		for (const { binary } of items) expect(page).toContain(binary!.data.data);
		await inMemory.close();
	});
});

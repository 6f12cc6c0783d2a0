import type { CoreName } from '../../engine/createEngine.mts';
import type { SandboxOptions } from '../../sandbox/createSandbox.mts';
import { encoded, quarters } from '../support/images.mts';
import { native } from '../support/native.mts';
import {
	byId,
	CORES,
	itemsOf,
	NODE,
	onlyItem,
	openStage,
	untilTrue,
	type Stage,
} from './stage.mts';
import { openSuspendedStage, type SuspendedStage } from './suspendedStage.mts';

const PROMPTS = ['A paper boat in the rain', 'It drifts along the gutter', 'It reaches the sea'];
const CONTINUES = { onError: 'continueRegularOutput' };

/** A storyboard of three short scenes, as the editor writes it. */
function storyboard(change: object = {}): object {
	return {
		operation: 'storyboard',
		model: byId('p-video'),
		scenes: { scene: PROMPTS.map((prompt) => ({ prompt })) },
		seconds: 1,
		resolution: '480p',
		...change,
	};
}

/** The same with the scenes as text or from an expression. */
function fromText(sceneList: unknown, change: object = {}): object {
	return storyboard({ scenesFrom: 'text', scenes: undefined, sceneList, ...change });
}

interface SceneJson {
	id?: string;
	prompt: string;
	seconds?: number;
	cost?: number;
	startsAt?: number;
	status?: string;
	field?: string;
	failure?: { kind: string };
}

const scenesOf = ({ json }: { json: object }) => (json as { scenes: SceneJson[] }).scenes;

const isCreate = ({ kind }: { kind: string }) => kind === 'create';

describe.each(CORES)('a storyboard on %s', (core: CoreName) => {
	let stage: Stage;
	const withStage = async (options: SandboxOptions, story: (own: Stage) => Promise<void>) => {
		const own = await openStage(core, options);
		await story(own);
		await own.close();
	};
	beforeAll(async () => (stage = await openStage(core)));
	afterAll(async () => await stage.close());
	afterEach(async () => await stage.sandbox.reset());

	const creates = () => stage.sandbox.requests().filter(isCreate).length;
	const jobWith = (prompt: string) => stage.sandbox.jobs().find((job) => job.prompt === prompt)!;

	test('becomes one video, and each scene is a separately paid video', async () => {
		const item = onlyItem(await stage.run(storyboard()));
		expect(stage.sandbox.jobs()).toHaveLength(3);
		expect(item.json).toMatchObject({
			...{ status: 'completed', model: 'p-video', seconds: 3, width: 854, height: 480 },
			...{ hasAudio: true, estimatedCost: 0.06, cost: 0.06, currency: 'USD' },
			file: { name: 'storyboard.mp4', mimeType: 'video/mp4' },
		});
		expect(scenesOf(item)).toEqual(
			PROMPTS.map((prompt, index) => ({
				...{ id: jobWith(prompt).id, model: 'p-video', prompt },
				...{ seconds: 1, cost: 0.02, startsAt: index },
			})),
		);
		expect(item.pairedItem).toEqual({ item: 0 });
		expect(Object.keys(item.binary!)).toEqual(['data']);
		const { decodeFrames } = await native<typeof import('../support/decodeVideo.mts')>(
			'./test/support/decodeVideo.mts',
		);
		const file = await stage.engine.readBinary(item.binary!.data);
		expect(await decodeFrames(file)).toHaveLength(72);
	});

	test('outputs the clips too, under the names of the user', async () => {
		const options = { clipFieldPrefix: 'scene_', fileName: 'boat.mp4' };
		const item = onlyItem(await stage.run(storyboard({ outputBinaryField: 'film', options })));
		expect(Object.entries(item.binary!).map(([field, file]) => [field, file.fileName])).toEqual([
			...['1', '2', '3'].map((n) => [`scene_${n}`, `boat-scene-${n}.mp4`]),
			['film', 'boat.mp4'],
		]);
		expect(scenesOf(item).map(({ field }) => field)).toEqual(['scene_1', 'scene_2', 'scene_3']);
	});

	test('sends the same style, seed, references and first image for all scenes', async () => {
		const picture = (fill: number) => ({
			data: encoded(quarters(64 + fill, 36), 'image/png'),
			fileName: `${fill}.png`,
			mimeType: 'image/png',
		});
		const item = {
			json: {},
			binary: { data: picture(0), logo: picture(2), own: picture(4) },
		};
		const parameters = storyboard({
			model: byId('seedance-2.0'),
			seconds: 4,
			style: ' Watercolor, soft light. ',
			imageSource: 'binary',
			scenes: {
				scene: [{ prompt: 'The boat' }, { prompt: 'The sea', image: 'own' }],
			},
			options: { seed: 7, unsupportedValues: 'send' },
		});
		onlyItem(await stage.run(parameters, [item]));
		const jobs = ['The boat', 'The sea'].map((prompt) =>
			jobWith(`Watercolor, soft light.\n${prompt}`),
		);
		expect(jobs.map(({ body }) => body.seed)).toEqual([7, 7]);
		expect(jobs.map(({ image }) => image?.width)).toEqual([64, 68]);
	});

	test('accepts scenes from an expression, each with its own duration, model and image', async () => {
		const scenes = [
			'The boat',
			{ scene: 'The sea', duration: '2 s' },
			{ Prompt: 'The end', seconds: 1, model: 'p-video', title: 'ignored' },
		];
		for (const sceneList of ['={{ $json.scenes }}', '={{ JSON.stringify($json) }}']) {
			const item = onlyItem(await stage.run(fromText(sceneList), [{ json: { scenes } }]));
			expect(scenesOf(item).map(({ prompt, startsAt }) => [prompt, startsAt])).toEqual([
				['The boat', 0],
				['The sea', 1],
				['The end', 3],
			]);
		}
	});

	test('one scene is a storyboard too, and each item has its own', async () => {
		const rows = ['one', 'two'].map((word) => ({ json: { scenes: [word] } }));
		const items = itemsOf(await stage.run(fromText('={{ $json.scenes }}'), rows));
		expect(items.map((item) => scenesOf(item).map(({ prompt }) => prompt))).toEqual([
			['one'],
			['two'],
		]);
	});

	test('creates no more videos in parallel than the limit of the run', async () => {
		await stage.run(fromText(['a', 'b', 'c', 'd', 'e'], { options: { itemsAtOnce: 2 } }));
		const order = stage.sandbox.requests().filter(({ kind }) => ['create', 'media'].includes(kind));
		let running = 0;
		const most = Math.max(...order.map(({ kind }) => (running += kind === 'create' ? 1 : -1)));
		expect([most, creates()]).toEqual([2, 5]);
	});

	describe('creates nothing if', () => {
		test.each<[string, object, string]>([
			[
				'one scene cannot be made',
				{ scenes: { scene: [{ prompt: 'a' }, { prompt: 'b', seconds: 700 }] } },
				"Scene 2: 'Duration (Seconds)' is 700",
			],
			[
				'a model does not support a scene',
				{ scenes: { scene: [{ prompt: 'a' }, { prompt: 'b', seconds: 60 }, { prompt: 'c' }] } },
				'Scene 2: ',
			],
			['a scene has no prompt', { scenes: { scene: [{ prompt: ' ' }] } }, 'Scene 1'],
			['there is no scene', { scenes: {} }, "'Scenes' contains no scene"],
			[
				'the file of a scene is missing',
				{ scenes: { scene: [{ prompt: 'a', image: 'photo' }] } },
				"no file in the field 'photo'",
			],
			[
				'the models of the scenes may have different sizes',
				{
					resolution: 'modelDefault',
					scenes: { scene: [{ prompt: 'a' }, { prompt: 'b', model: 'wan-2.6' }] },
				},
				'different models (p-video and wan-2.6)',
			],
			[
				'the budget covers two of three scenes',
				{ options: { maxRunCost: 0.05 } },
				"The videos together would cost 0.06 USD, which is more than 'Max Cost of Run' (0.05 USD)",
			],
			['a scene is too expensive', { options: { maxCost: 0.01 } }, "'Max Cost' is 0.01 USD"],
			[
				'a clip would have the field of the video',
				{ outputBinaryField: 'clip_2', options: { clipFieldPrefix: 'clip_' } },
				"'Clip Field Prefix' is 'clip_'",
			],
		])('%s', async (_, change, words) => {
			const { error } = await stage.run(storyboard(change));
			expect(error?.message).toContain(words);
			expect(creates()).toBe(0);
		});

		test('the balance covers two of three scenes', async () =>
			await withStage({ creditUsd: 0.05 }, async ({ run, sandbox }) => {
				const { error } = await run(storyboard());
				expect(error?.message).toMatch(/0\.06 USD needed, 0\.05 USD available/);
				expect(sandbox.requests().filter(isCreate)).toEqual([]);
			}));

		test('and releases the amount of its scenes for the next item', async () => {
			const rows = [
				{ json: { scenes: ['a', 'b', { prompt: 'c', seconds: 60 }] } },
				{ json: { scenes: ['d', 'e', 'f'] } },
			];
			const parameters = fromText('={{ $json.scenes }}', {
				options: { maxRunCost: 0.07, itemsAtOnce: 1 },
			});
			const [first, second] = itemsOf(await stage.run(parameters, rows, CONTINUES));
			expect(first.json.error).toContain('Scene 3');
			expect(scenesOf(second)).toHaveLength(3);
		});
	});

	describe('if one scene fails', () => {
		const failing = (change: object = {}) =>
			fromText([PROMPTS[0], 'It sinks [fails]', PROMPTS[2]], change);

		test('the item fails, and names all videos', async () => {
			const { error } = await stage.run(failing());
			const ids = stage.sandbox.jobs().map(({ id }) => id);
			expect(ids).toHaveLength(3);
			expect(error?.message).toMatch(/^Scene 2: Video \S+ could not be generated/);
			for (const id of ids) expect(`${error?.message} ${error?.description}`).toContain(id);
		});

		test('with Continue On Fail it is data, and the other items continue', async () => {
			const rows = [
				['a', 'b [fails]'],
				['c', 'd'],
			].map((scenes) => ({ json: { scenes } }));
			const items = itemsOf(await stage.run(fromText('={{ $json.scenes }}'), rows, CONTINUES));
			const first = items[0].json as { details: { videoIds: string[]; videoId: string } };
			expect(items[0].json).toMatchObject({
				error: expect.stringMatching(/^Scene 2: /),
				message: expect.stringContaining("set 'If a Scene Fails' to 'Leave Out'"),
				details: { kind: 'providerFailed' },
			});
			expect(first.details.videoIds).toEqual([jobWith('a').id, jobWith('b [fails]').id]);
			expect(first.details.videoId).toBe(jobWith('b [fails]').id);
			expect(scenesOf(items[1])).toHaveLength(2);
		});

		test('a retry creates only this scene', async () => {
			stage.sandbox.addFault({ on: 'create', do: 'job-fails' });
			const failed = await stage.run(storyboard());
			expect(failed.error?.message).toMatch(/^Scene \d: /);
			const again = await stage.engine.retry(failed);
			expect(again.error).toBeUndefined();
			expect(scenesOf(again.output(NODE)[0]).map(({ prompt }) => prompt)).toEqual(PROMPTS);
			expect([creates(), stage.sandbox.jobs().length]).toEqual([4, 4]);
			expect(stage.sandbox.billing().jobs).toBe(3);
		});

		test('so does Retry On Fail, also with an expression that changes each time', async () => {
			stage.sandbox.addFault({ on: 'create', do: 'job-fails' });
			const scenes = '={{ ["a", "b", "c"].map((name) => name + Math.random()) }}';
			const retry = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1_000 };
			const result = await stage.run(fromText(scenes), [{ json: {} }], retry);
			expect(scenesOf(onlyItem(result))).toHaveLength(3);
			expect(stage.sandbox.jobs()).toHaveLength(4);
		});

		test('it is left out if the user has chosen that', async () => {
			const item = onlyItem(await stage.run(failing({ options: { ifSceneFails: 'leaveOut' } })));
			const { id } = jobWith('It sinks [fails]');
			expect(item.json).toMatchObject({ status: 'completed', seconds: 2, cost: 0.04 });
			expect(scenesOf(item)).toEqual([
				expect.objectContaining({ prompt: PROMPTS[0], startsAt: 0 }),
				{
					...{ id, status: 'failed', prompt: 'It sinks [fails]' },
					failure: expect.objectContaining({ kind: 'providerFailed' }),
				},
				expect.objectContaining({ prompt: PROMPTS[2], startsAt: 1 }),
			]);
			expect(item.json).not.toHaveProperty('error');
		});

		test('but not if all scenes fail', async () => {
			const parameters = fromText(['a [fails]', 'b [fails]'], {
				options: { ifSceneFails: 'leaveOut' },
			});
			const { error } = await stage.run(parameters);
			expect(error?.message).toMatch(/^Scene 1: .*; Scene 2: /);
		});

		test('after a refused create no further scene is started, and no amount stays reserved', async () => {
			stage.sandbox.addFault({ on: 'create', do: 'status', status: 400, times: 1 });
			const rows = [['a', 'b', 'c'], ['d']].map((scenes) => ({ json: { scenes } }));
			const parameters = fromText('={{ $json.scenes }}', {
				options: { itemsAtOnce: 1, maxRunCost: 0.07 },
			});
			const items = itemsOf(await stage.run(parameters, rows, CONTINUES));
			expect(items[0].json.error).toMatch(/^Scene 1: /);
			expect(scenesOf(items[1])).toHaveLength(1);
			expect(stage.sandbox.jobs().map(({ prompt }) => prompt)).toEqual(['d']);
		});
	});

	test('a lost create makes one video for its scene', async () => {
		stage.sandbox.addFault({ on: 'create', do: 'reset-after', times: 2 });
		onlyItem(await stage.run(storyboard()));
		expect(stage.sandbox.jobs()).toHaveLength(3);
		expect(stage.sandbox.billing().jobs).toBe(3);
	});

	test("the user's own key results in one key per scene", async () => {
		onlyItem(await stage.run(storyboard({ options: { idempotencyKey: 'post-7' } })));
		expect(
			stage.sandbox
				.jobs()
				.map(({ idempotencyKey }) => idempotencyKey)
				.sort(),
		).toEqual(['post-7/1', 'post-7/2', 'post-7/3']);
	});

	test('clips that cannot be joined are named and not lost, and can be joined with another setting', async () => {
		const encoders = { 'wan-2.6': { samplesPerSecond: 44_100 } };
		await withStage({ encoders }, async ({ run, engine, sandbox, workflow }) => {
			const parameters = (options: object = {}) =>
				fromText('={{ ["a", { prompt: "b", model: "wan-2.6", seconds: 5 }] }}', {
					...{ aspectRatio: '16:9', resolution: '720p', options },
				});
			const failed = await run(parameters());
			expect(failed.error?.message).toMatch(
				/^The scenes are finished, but they cannot be joined: Scene 2 .* has sound in/,
			);
			for (const { id } of sandbox.jobs()) expect(failed.error?.description).toContain(id);
			const again = await engine.retry(failed, {
				workflow: workflow(parameters({ ifSoundDiffers: 'leaveOut' })),
			});
			expect(scenesOf(again.output(NODE)[0]).map(({ seconds }) => seconds)).toEqual([1, 5]);
			expect(sandbox.jobs()).toHaveLength(2);
		});
	});

	test('Stop cancels all scenes', async () => {
		stage.sandbox.addFault({ on: 'create', do: 'stuck', times: 3 });
		const { result, cancel } = stage.engine.start(stage.workflow(storyboard()), {
			pinData: { Start: [{ json: {} }] },
		});
		const polled = () => new Set(stage.requests('status').map(({ path }) => path));
		await untilTrue(() => polled().size === 3);
		cancel();
		expect((await result).status).toBe('canceled');
		await untilTrue(() => stage.sandbox.jobs().every(({ cancelled }) => cancelled));
	});
});

describe.each(CORES)('a storyboard whose scenes continue one another on %s', (core) => {
	type Change = { options?: object; [field: string]: unknown };
	const continuing = (change: object = {}, options: object = {}) =>
		fromText(PROMPTS, {
			...{ seconds: 4, resolution: 'modelDefault' },
			...change,
			options: { continueScenes: true, ...options },
		});

	test.each([
		['openrouter', 'veo-3.1-fast', 'previous_job_id'],
		['openai', 'sora-2', 'video'],
	] as const)('extends scene by scene on %s', async (dialect, model, field) => {
		const stage = await openStage(core, { dialect });
		const parameters = continuing({ model: byId(model) });
		const item = onlyItem(await stage.run(parameters));
		const jobs = stage.sandbox.jobs();
		expect(jobs.map(({ prompt }) => prompt)).toEqual(PROMPTS);
		expect(jobs.slice(1).map(({ body }) => JSON.stringify(body[field]))).toEqual(
			jobs.slice(0, 2).map(({ id }) => expect.stringContaining(id)),
		);
		const scenes = scenesOf(item);
		expect(scenes.map(({ id }) => id)).toEqual(jobs.map(({ id }) => id));
		expect(scenes[0].startsAt).toBe(0);
		scenes.forEach(({ startsAt = -1, seconds = -1 }, index) => {
			const end = scenes[index + 1]?.startsAt ?? Number(item.json.seconds);
			expect(seconds).toBeGreaterThan(3);
			expect(startsAt + seconds).toBeCloseTo(end, 2);
		});
		await stage.close();
	});

	test('a retry after a failed scene goes on from the last good one', async () => {
		const stage = await openStage(core, { dialect: 'openai' });
		const parameters = continuing({ model: byId('sora-2') });
		stage.sandbox.addFault({ on: 'create', do: 'job-fails', after: 1 });
		const failed = await stage.run(parameters);
		expect(failed.error?.message).toMatch(/^Scene 2: /);
		expect(stage.sandbox.jobs()).toHaveLength(2);
		const again = await stage.engine.retry(failed);
		expect(scenesOf(again.output(NODE)[0])).toHaveLength(3);
		expect(stage.sandbox.jobs()).toHaveLength(4);
		await stage.close();
	});

	test('if the server turns out to have no route for extensions, the first scene is named, kept and can be delivered alone', async () => {
		const stage = await openStage(core, { dialect: 'openai' });
		const body = { error: { message: 'Not Found' } };
		stage.sandbox.addFault({ on: 'create', do: 'status', status: 404, body, after: 1, times: 99 });
		const parameters = { model: byId('sora-2') };
		const failed = await stage.run(continuing(parameters));
		const [{ id }] = stage.sandbox.jobs();
		expect(failed.error?.message).toMatch(/^Scene 2: The server has no route that can extend/);
		expect(failed.error?.description).toContain(id);
		expect((await stage.engine.retry(failed)).error?.description).toContain(id);
		const leavingOut = stage.workflow(continuing(parameters, { ifSceneFails: 'leaveOut' }));
		const again = await stage.engine.retry(failed, { workflow: leavingOut });
		expect(scenesOf(again.output(NODE)[0]).map((scene) => scene.id)).toEqual([
			...[id, undefined, undefined],
		]);
		expect(stage.sandbox.jobs()).toHaveLength(1);
		await stage.close();
	});

	test.each<[string, 'openai' | 'lumenfall' | 'gemini' | 'vllm-omni', Change, string]>([
		['the server cannot extend a video', 'lumenfall', {}, 'Lumenfall has no way to extend a video'],
		[
			'the execution would be suspended',
			'openai',
			{ waitMode: 'webhook' },
			"not possible with 'On Webhook Call'",
		],
		[
			'a scene has another model',
			'openai',
			{ sceneList: ['a', { prompt: 'b', model: 'other' }] },
			"Scene 2 has its own 'Model'",
		],
		[
			'a later scene has an image',
			'openai',
			{ sceneList: ['a', 'b', { prompt: 'c', image: 'https://example.com/a.png' }] },
			"Scene 3 has its own 'Image'",
		],
		[
			'the extensions of a server have another length',
			'gemini',
			{ model: byId('veo-3.1-generate-preview') },
			"'Duration (Seconds)'",
		],
		['an extension would ignore a setting', 'openai', { options: { seed: 7 } }, "'Seed'"],
		['only edits are known of the server', 'vllm-omni', {}, 'extend'],
	])('creates nothing where %s', async (_, dialect, { options, ...change }, words) => {
		const stage = await openStage(core, { dialect });
		const form = continuing({ model: byId('sora-2'), ...change }, options);
		const { error } = await stage.run(form);
		expect(error?.message).toContain(words);
		expect(stage.sandbox.requests().filter(isCreate)).toEqual([]);
		await stage.close();
	});
});

describe.each(CORES)('a suspended storyboard on %s', (core) => {
	let stage: SuspendedStage;
	beforeAll(async () => (stage = await openSuspendedStage(core, { renderer: 'real' })));
	afterAll(async () => await stage.close());
	afterEach(async () => await stage.sandbox.reset());

	const suspend = (change: object = {}) =>
		stage.n8n.start(stage.workflow(storyboard({ waitMode: 'webhook', ...change })), {
			pinData: { Start: [{ json: {} }] },
		});

	test('resumes when all scenes have ended, and each is billed once', async () => {
		stage.holdChecks(3);
		const result = await suspend().end();
		expect(scenesOf(result.output(NODE)[0]).map(({ startsAt }) => startsAt)).toEqual([0, 1, 2]);
		expect([stage.creates(), stage.sandbox.billing().jobs]).toEqual([3, 3]);
	});

	test('survives the end of n8n: another n8n delivers it, and each scene is charged once', async () => {
		stage.sandbox.addFault({ on: 'delivery', do: 'lost', times: 30 });
		stage.holdChecks(3);
		const waiting = await suspend({
			scenesFrom: 'text',
			sceneList: '={{ ["a", "b", "c"].map((name) => name + Math.random()) }}',
		}).rest();
		expect(waiting.status).toBe('waiting');
		const shown = scenesOf(waiting.output(NODE)[0]);
		expect(shown.map(({ id }) => id)).toEqual(stage.sandbox.jobs().map(({ id }) => id));
		await untilTrue(() => stage.sandbox.jobs().every(({ status }) => status === 'completed'));

		const other = await openSuspendedStage(core, {}, { credentials: stage.credentials });
		const call = await stage.signed('video.completed', shown[2].id!);
		const { execution } = await other.deliver(waiting, call);
		const result = await execution!.result;
		const [item] = result.output(NODE);
		expect(scenesOf(item).map(({ id }) => id)).toEqual(shown.map(({ id }) => id));
		expect(item.json.seconds).toBe(3);
		expect([stage.creates(), stage.sandbox.billing().jobs]).toEqual([3, 3]);
		await other.close();
	});

	test('a scene that fails meanwhile fails the item, and a retry creates only this scene', async () => {
		stage.holdChecks(3);
		stage.sandbox.addFault({ on: 'create', do: 'job-fails' });
		const failed = await suspend().end();
		expect(failed.error?.message).toMatch(/^Scene \d: Video/);
		const again = await stage.engine.retry(failed, {
			workflow: stage.workflow(storyboard({ waitMode: 'poll' })),
		});
		expect(scenesOf(again.output(NODE)[0])).toHaveLength(3);
		expect(stage.creates()).toBe(4);
	});

	test('a refused scene is left out after the resume too', async () => {
		stage.holdChecks(2);
		stage.sandbox.addFault({ on: 'create', do: 'status', status: 400, times: 1 });
		const result = await suspend({ options: { ifSceneFails: 'leaveOut' } }).end();
		const scenes = scenesOf(result.output(NODE)[0]);
		expect(scenes.filter(({ failure }) => failure)).toHaveLength(1);
		expect(scenes.filter(({ startsAt }) => startsAt !== undefined)).toHaveLength(2);
		expect(stage.creates()).toBe(3);
	});
});

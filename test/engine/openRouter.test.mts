import { createCanvas } from '@napi-rs/canvas';
import type { INodeExecutionData } from 'n8n-workflow';
import { native } from '../support/native.mts';
import { encoded, quarters } from '../support/images.mts';
import {
	byId,
	CORES,
	imageToVideo,
	itemsOf,
	NODE,
	onlyItem,
	openStage,
	sharedStage,
	small,
	textToVideo,
} from './stage.mts';

/** An image of one color, with a different shape than the video. */
function plain(color: string): Buffer {
	const canvas = createCanvas(54, 96);
	const context = canvas.getContext('2d');
	context.fillStyle = color;
	context.fillRect(0, 0, 54, 96);
	return encoded(canvas, 'image/jpeg');
}

const START = encoded(quarters(96, 54), 'image/png');
const END = plain('#30c0f0');

const IMAGES: INodeExecutionData[] = [
	{
		json: {},
		binary: {
			data: { data: START.toString('base64'), mimeType: 'image/png', fileName: 'start.png' },
			end: { data: END.toString('base64'), mimeType: 'image/jpeg', fileName: 'end.jpg' },
		},
	},
];

/** The form for a model that supports a first and a last frame. */
function fromImage(change: object = {}): object {
	return imageToVideo({
		model: byId('pixverse-v5.6'),
		seconds: 5,
		aspectRatio: '16:9',
		...change,
	});
}

describe.each(CORES)('OpenRouter on %s', (core) => {
	const stage = sharedStage(core, { dialect: 'openrouter' });

	const creates = () => stage.sandbox.requests().filter(({ method }) => method === 'POST');

	test('the video has the requested duration and shape, and its cost', async () => {
		const item = onlyItem(
			await stage.run(small({ seconds: 2, aspectRatio: '9:16', resolution: '720p' })),
		);
		expect(stage.sandbox.jobs()[0].body).toMatchObject({
			duration: 2,
			aspect_ratio: '9:16',
			resolution: '720p',
		});
		expect(item.json).toMatchObject({ seconds: 2, width: 720, height: 1280, cost: 0.04 });
		expect(item.binary?.data.mimeType).toBe('video/mp4');
	});

	test('the video starts with the image and ends with the last frame, both cropped to its shape', async () => {
		const item = onlyItem(
			await stage.run(fromImage({ options: { lastFrame: 'end', imageFit: 'crop' } }), IMAGES),
		);
		expect(stage.sandbox.jobs()[0].images).toMatchObject([
			{ role: 'first', width: 1280, height: 720, mimeType: 'image/png' },
			{ role: 'last', width: 1280, height: 720, mimeType: 'image/jpeg' },
		]);

		const { firstFrame, lastFrame } = await native<
			typeof import('../../sandbox/renderer/probe.mts')
		>('./sandbox/renderer/probe.mts');
		const file = await stage.engine.readBinary(item.binary!.data);
		const [first, last] = [await firstFrame(file), await lastFrame(file)];
		expect(first).toMatchObject({ width: 1280, height: 720 });
		expect(colorAt(first, 0.25, 0.25)).toBe('red');
		expect(colorAt(first, 0.75, 0.25)).toBe('green');
		for (const x of [0.1, 0.5, 0.9]) expect(colorAt(last, x, 0.5)).toBe('blue');
	});

	test('references are sent in their role, and the image of the form can be one of them', async () => {
		const options = { imageRole: 'reference', referenceImages: 'end' };
		onlyItem(await stage.run(fromImage({ waitMode: 'none', options }), IMAGES));
		expect(stage.sandbox.jobs()[0].images).toMatchObject([
			{ role: 'reference', width: 96, mimeType: 'image/png' },
			{ role: 'reference', width: 54, mimeType: 'image/jpeg' },
		]);
	});

	test('a comparison of videos from text can have references', async () => {
		const result = await stage.run(
			fromImage({
				operation: 'compare',
				models: { model: ['pixverse-v5.6', 'kling-v3'].map((id) => ({ model: byId(id) })) },
				imageSource: 'none',
				options: { referenceImages: 'data, end' },
			}),
			IMAGES,
		);
		expect(itemsOf(result)).toHaveLength(2);
		for (const { images } of stage.sandbox.jobs())
			expect(images).toMatchObject([{ role: 'reference' }, { role: 'reference' }]);
	});

	test('a comparison sends both frames to every model, and skips models that support only the first', async () => {
		const compare = (models: string[]) =>
			fromImage({
				operation: 'compare',
				models: { model: models.map((id) => ({ model: byId(id) })) },
				imageSource: 'binary',
				seconds: 8,
				resolution: '720p',
				output: 'file',
				options: { lastFrame: 'end', imageFit: 'pad' },
			});
		const models = ['pixverse-v5.6', 'kling-v3', 'google/veo-3.1'];
		const result = await stage.run(compare(models), IMAGES);
		const [pixverse, kling, veo] = result.output(NODE).map(({ json }) => json);
		expect([pixverse.status, veo.status]).toEqual(['completed', 'completed']);
		expect(kling.failure).toMatchObject({
			message: expect.stringMatching(/as the last frame, but .* supports only the first frame/),
		});
		expect(creates()).toHaveLength(2);
		for (const { images } of stage.sandbox.jobs())
			expect(images).toMatchObject([
				{ role: 'first', width: 1280, height: 720 },
				{ role: 'last', width: 1280, height: 720 },
			]);
		const page = await stage.engine.readBinary(result.output(NODE)[0].binary!.page);
		expect(page.toString()).toContain('starts with an image');
		expect(page.toString()).toContain('ends with an image');
	});

	test.each([
		['references beside a frame', { referenceImages: 'end' }, /would ignore the references/],
		['a field it does not have', { negativePrompt: 'rain' }, /'Negative Prompt' is set/],
	])('%s: nothing is created, because OpenRouter would silently ignore it', async (...row) => {
		const [, options, message] = row;
		const result = await stage.run(fromImage({ options }), IMAGES);
		expect(result.error?.message).toMatch(message);
		expect(creates()).toEqual([]);
	});

	test.each([
		['sora-2', { seconds: 4, options: { lastFrame: 'end' } }, /supports only the first frame/],
		['mock-video', { seconds: 4 }, /does not support image to video \(supported: text to video\)/],
		['pixverse-v5.6', { seconds: 6 }, /supports only 5, 8 or 10 seconds/],
		['sora-2', { seconds: 4, resolution: '1080p' }, /supports only 720p/],
	])('a request that the list rules out for %s is never sent: %j', async (...row) => {
		const [model, change, message] = row;
		const result = await stage.run(fromImage({ model: byId(model), ...change }), IMAGES);
		expect(result.error?.message).toMatch(message);
		expect(creates()).toEqual([]);
	});

	test('an unavailable model list blocks no create', async () => {
		stage.sandbox.addFault({ on: 'models', do: 'status', status: 500, times: 99 });
		onlyItem(await stage.run(small({ waitMode: 'none' })));
		expect(stage.sandbox.jobs()).toHaveLength(1);
	});

	test('a cost limit is enforced, also if an image makes the price unknown', async () => {
		const options = { maxCost: 0.04 };
		expect(onlyItem(await stage.run(small({ seconds: 2, options }))).json.cost).toBe(0.04);
		const dear = await stage.run(small({ seconds: 3, options }));
		expect(dear.error?.message).toMatch(/would cost 0\.06 USD/);
		const unknown = await stage.run(
			fromImage({ model: byId('grok-imagine-video'), options: { maxCost: 100 } }),
			IMAGES,
		);
		expect(unknown.error?.message).toMatch(
			/price of this video from .* is unknown, so 'Max Cost' cannot be enforced/,
		);
		expect(creates()).toHaveLength(1);
	});

	test('an unknown model is named with alternatives, and a fallback model is used', async () => {
		const sora9 = { model: byId('openai/sora-9'), waitMode: 'none', seconds: 8 };
		const unknown = await stage.run(textToVideo(sora9));
		expect(unknown.error?.message).toMatch(
			/The model 'openai\/sora-9' is not available on this server/,
		);
		expect(unknown.error?.description).toMatch(/Available now: sora-2, /);

		const options = { fallbackModels: 'google/veo-3.1' };
		const item = onlyItem(await stage.run(textToVideo({ ...sora9, options })));
		expect(item.json).toMatchObject({ fallback: { from: 'openai/sora-9' } });
		expect(stage.sandbox.jobs()).toMatchObject([{ model: 'google/veo-3.1' }]);
	});

	test("with 'URL Only' the URL is returned, which requires the API key", async () => {
		const { json } = onlyItem(await stage.run(small({ output: 'url' })));
		expect(json).toMatchObject({ cost: 0.02, currency: 'USD' });
		expect(json.url).toBe(`${stage.sandbox.baseUrl}/videos/${String(json.id)}/content?index=0`);
	});

	test('it can neither cancel nor list videos, and the error says that the video continues', async () => {
		stage.sandbox.addFault({ on: 'create', do: 'stuck' });
		const { json } = onlyItem(await stage.run(small({ waitMode: 'none' })));
		const cancelled = await stage.run({ operation: 'cancel', videoId: json.id });
		expect(cancelled.error?.message).toMatch(/cannot be cancelled on this server/);
		const listed = await stage.run({ operation: 'getAll' });
		expect(listed.error?.message).toMatch(/has no list of its videos/);
		expect(stage.sandbox.jobs()).toMatchObject([{ id: json.id, cancelled: false }]);
	});

	test('a create with an unknown outcome is not repeated, and the error refers to the account', async () => {
		stage.sandbox.addFault({ on: 'create', do: 'reset-after' });
		const result = await stage.run(small());
		expect(result.error?.message).toMatch(/so a video may have been created/);
		expect(result.error?.description).toMatch(/Look for the video first, in your account/);
		expect(stage.sandbox.jobs()).toHaveLength(1);
	});

	test('ignored values are also reported by an estimate, and by a comparison before it creates anything', async () => {
		const options = { referenceImages: 'end' };
		const models = { model: ['pixverse-v5.6', 'kling-v3'].map((id) => ({ model: byId(id) })) };
		for (const form of [{ operation: 'estimateCost' }, { operation: 'compare', models }]) {
			const result = await stage.run(
				fromImage({ imageSource: 'binary', options, ...form }),
				IMAGES,
			);
			expect(result.error?.message).toMatch(/^There are frames and references/);
		}
		expect(creates()).toEqual([]);
	});

	test('the model picker shows its video models and no language models', async () => {
		const { results } = await stage.engine.listSearch(
			'n8n-nodes-lumenfall.lumenfall',
			'searchVideoModels',
			{},
		);
		const ids = results.map(({ value }) => value);
		expect(ids).toEqual(expect.arrayContaining(['sora-2', 'kling-v3']));
		expect(ids.filter((id) => /gpt|qwen/.test(String(id)))).toEqual([]);
	});
});

describe.each(CORES)("OpenRouter's prices on %s", (core) => {
	test('estimates equal the bill for every model, resolution, sound and mode of its list', async () => {
		const stage = await openStage(core, { dialect: 'openrouter', renderer: 'tiny' });
		const listed = await stage.run({ resource: 'model', operation: 'getAll', limit: 100 });
		// An upscaler creates no videos from text or an image.
		const models = itemsOf(listed)
			.map(({ json }) => json)
			.filter(({ modes }) => (modes as string[]).includes('text-to-video'));
		const form = {
			prompt: 'scene',
			model: byId('={{ $json.model }}'),
			seconds: '={{ $json.seconds }}',
			aspectRatio: '16:9',
			resolution: '={{ $json.resolution }}',
			options: { audio: '={{ $json.audio }}', itemsAtOnce: 20 },
		};
		for (const [imageSource, operation] of [
			['none', 'textToVideo'],
			['binary', 'imageToVideo'],
		]) {
			const rows = models
				.filter(({ imageFrames }) => imageSource === 'none' || imageFrames !== undefined)
				.flatMap(({ id: model, resolutions, allowedSeconds }) =>
					(resolutions as string[]).flatMap((resolution) =>
						[true, false].map((audio) => ({
							json: { model, resolution, audio, seconds: (allowedSeconds as number[])[0] },
							binary: IMAGES[0].binary,
						})),
					),
				);
			const estimate = { operation: 'estimateCost', imageSource, ...form };
			const before = stage.sandbox.jobs().length;
			const estimates = itemsOf(await stage.run(estimate, rows));
			expect(stage.sandbox.jobs()).toHaveLength(before);
			const videos = itemsOf(await stage.run({ operation, ...form }, rows));

			videos.forEach(({ json: { cost } }, index) => {
				const { json } = rows[index];
				// Images cost extra with this model, and the node does not read how much.
				const isKnown = json.model !== 'grok-imagine-video' || imageSource === 'none';
				expect([json, estimates[index].json.estimatedCost]).toEqual([
					json,
					isKnown ? cost : undefined,
				]);
			});
		}
		expect(stage.sandbox.jobs().length).toBeGreaterThan(80);
		await stage.close();
	});
});

/** The color of one point, as its strongest channel. */
function colorAt(
	{ width, height, rgba }: { width: number; height: number; rgba: Buffer },
	x: number,
	y: number,
): string {
	const index = 4 * (Math.round(y * height) * width + Math.round(x * width));
	const channels = [...rgba.subarray(index, index + 3)];
	return ['red', 'green', 'blue'][channels.indexOf(Math.max(...channels))];
}

import type { RunResult } from '../../engine/createEngine.mts';
import { native } from '../support/native.mts';
import { encoded, IMAGE_TYPES, meanDifference, quarters, storedAs } from '../support/images.mts';
import { CORES, imageToVideo, NODE, onlyItem, openStage, sharedStage, small } from './stage.mts';

function withFile(data: Buffer) {
	return [
		{ json: {}, binary: { data: { data, mimeType: 'image/jpeg', fileName: 'holiday.jpg' } } },
	];
}

/** An image-to-video job with few pixels. */
function fromImage(change: object = {}): object {
	return small({ operation: 'imageToVideo', ...change });
}

function hintsAtFit(result: RunResult) {
	return result.hints(NODE).filter(({ message }) => message.includes("The option 'Image Fit'"));
}

describe.each(CORES)('images on %s', (core) => {
	describe('on Lumenfall', () => {
		const stage = sharedStage(core);

		test.each([
			['a wide photo', 1, 'a landscape', '16:9'],
			['a photo that is stored lying on its side', 6, 'a portrait', '9:16'],
		])('%s (orientation %i) makes %s video', async (_, orientation, __, ratio) => {
			const upright = orientation === 1 ? quarters(96, 54) : quarters(54, 96);
			const file = storedAs(upright, orientation, 'image/jpeg');
			onlyItem(
				await stage.run(
					fromImage({ aspectRatio: 'sameAsImage', resolution: 'modelDefault', waitMode: 'none' }),
					withFile(file),
				),
			);
			expect(stage.sandbox.jobs()).toMatchObject([{ body: { aspect_ratio: ratio } }]);
		});

		test("'Same as Image' is refused for an image by URL", async () => {
			const result = await stage.run(
				fromImage({
					aspectRatio: 'sameAsImage',
					imageSource: 'url',
					imageUrl: 'https://example.com/boat.png',
				}),
			);
			expect(result.error?.message).toMatch(/'Same as Image', but the image is a URL/);
			expect(stage.sandbox.requests()).toEqual([]);
		});

		test('an image of another size is accepted without a hint', async () => {
			const image = encoded(quarters(64, 64), 'image/png');
			const result = await stage.run(fromImage({ waitMode: 'none' }), withFile(image));
			onlyItem(result);
			expect(hintsAtFit(result)).toEqual([]);
		});
	});

	test('the error of a strict server that refuses the size of the image contains a solution', async () => {
		const stage = await openStage(core, { dialect: 'openai' });
		const result = await stage.run(
			imageToVideo({ aspectRatio: '16:9' }),
			withFile(encoded(quarters(64, 48), 'image/jpeg')),
		);
		expect(result.error?.message).toMatch(
			/requires the image to have exactly the size of the video \(the image is 64x48 and the video 1280x720\): Inpaint/,
		);
		expect(result.error?.description).toMatch(/'Crop to Fill' or 'Pad' in the option 'Image Fit'/);
		expect(stage.sandbox.jobs()).toEqual([]);
		await stage.close();
	});

	test('a server that supports images of any size gets the image unchanged, and the run has one hint', async () => {
		const stage = await openStage(core, { dialect: 'vllm-omni' });
		const items = [64, 80].flatMap((width) => withFile(encoded(quarters(width, 48), 'image/jpeg')));
		const result = await stage.run(fromImage({ waitMode: 'none' }), items);
		expect(new Set(stage.sandbox.jobs().map(({ image }) => image?.width))).toEqual(
			new Set([64, 80]),
		);
		expect(hintsAtFit(result)).toHaveLength(1);
		await stage.close();
	});
});

describe.each(CORES)('Image Fit on %s', (core) => {
	const stage = sharedStage(core, { dialect: 'openai' });

	test.each(
		IMAGE_TYPES.flatMap((type) => (['crop', 'pad'] as const).map((fit) => [type, fit] as const)),
	)('a %s fitted by %s is accepted by a strict server', async (type, imageFit) => {
		const file = storedAs(quarters(300, 200), 6, type);
		onlyItem(
			await stage.run(
				imageToVideo({ aspectRatio: '9:16', waitMode: 'none', options: { imageFit } }),
				withFile(file),
			),
		);
		const [{ image }] = stage.sandbox.jobs();
		expect(image).toMatchObject({
			width: 720,
			height: 1280,
			mimeType: type === 'image/jpeg' ? type : 'image/png',
		});
	});

	test('the video starts with the image, upright and cropped', async () => {
		const file = storedAs(quarters(400, 300), 8, 'image/jpeg');
		const item = onlyItem(
			await stage.run(
				imageToVideo({ aspectRatio: '16:9', options: { imageFit: 'crop' } }),
				withFile(file),
			),
		);
		const { firstFrame } = await native<typeof import('../../sandbox/renderer/probe.mts')>(
			'./sandbox/renderer/probe.mts',
		);
		const frame = await firstFrame(await stage.engine.readBinary(item.binary!.data));
		const wanted = quarters(1280, 720).getContext('2d').getImageData(0, 0, 1280, 720).data;
		expect(frame).toMatchObject({ width: 1280, height: 720 });
		expect(meanDifference(frame.rgba, wanted)).toBeLessThan(8);
	});

	test('the images of a batch are resized one after another', async () => {
		const items = [300, 320, 340].flatMap((width) =>
			withFile(encoded(quarters(width, 200), 'image/webp')),
		);
		const parameters = imageToVideo({
			aspectRatio: '16:9',
			waitMode: 'none',
			options: { imageFit: 'pad' },
		});
		const result = await stage.run(parameters, items);
		expect(result.output(NODE)).toHaveLength(3);
		expect(stage.sandbox.jobs().map(({ image }) => image?.height)).toEqual([720, 720, 720]);
	});

	test.each([
		['a video without a known size', { aspectRatio: 'modelDefault' }, /size of the video is left/],
		[
			'an image by URL',
			{ imageSource: 'url', imageUrl: 'https://example.com/a.png' },
			/'Image Fit' is set, but the image is a URL/,
		],
		[
			'a value that does not exist',
			{ options: { imageFit: 'stretch' } },
			/'Image Fit' is 'stretch'/,
		],
	])('%s is refused before anything is sent', async (_, change, message) => {
		const result = await stage.run(
			imageToVideo({ aspectRatio: '16:9', options: { imageFit: 'crop' }, ...change }),
			withFile(encoded(quarters(64, 48), 'image/jpeg')),
		);
		expect(result.error?.message).toMatch(message);
		expect(stage.sandbox.requests()).toEqual([]);
	});

	test('an image that is cut off in the middle is refused before anything is sent', async () => {
		const file = encoded(quarters(640, 480), 'image/png');
		const result = await stage.run(
			imageToVideo({ aspectRatio: '16:9', options: { imageFit: 'crop' } }),
			withFile(file.subarray(0, file.length / 2)),
		);
		expect(result.error?.message).toMatch(/'Image Fit' cannot open the image 'holiday.png'/);
		expect(stage.sandbox.requests()).toEqual([]);
	});
});

describe.each(CORES)('further images on %s', (core) => {
	const model = { __rl: true, mode: 'id', value: 'seedance-2.0' };
	const png = (width: number) => ({
		data: encoded(quarters(width, 48), 'image/png'),
		mimeType: 'image/png',
		fileName: 'a.png',
	});
	const items = [{ json: {}, binary: { data: png(64), product: png(80), logo: png(96) } }];
	const create = (options: object, change: object = {}) =>
		imageToVideo({
			model,
			aspectRatio: '16:9',
			resolution: '480p',
			waitMode: 'none',
			options,
			...change,
		});

	test('reference images follow the first frame, from fields and URLs', async () => {
		const stage = await openStage(core);
		onlyItem(await stage.run(create({ referenceImages: ' product,\nlogo ' }), items));
		expect(stage.sandbox.jobs()[0].images.map(({ role, width }) => [role, width])).toEqual([
			['first', 64],
			['reference', 80],
			['reference', 96],
		]);

		// The URLs do not exist, so the server refuses the request. Only the sent request matters.
		await stage.sandbox.reset();
		const url = 'http://127.0.0.1:9/logo.png';
		await stage.run(create({ referenceImages: ['product', url] }), items);
		const sent = stage.sandbox.requests().find(({ method }) => method === 'POST');
		expect(JSON.stringify(sent?.body)).toContain(url);
		await stage.close();
	});

	test('the image of the form can be a reference, and is the first of them', async () => {
		const stage = await openStage(core);
		const options = { imageRole: 'reference', referenceImages: 'logo' };
		onlyItem(await stage.run(create(options), items));
		// Lumenfall has one field for all images, so the model decides how each is used.
		expect(stage.sandbox.jobs()[0].images.map(({ width }) => width)).toEqual([64, 96]);

		const alone = await stage.run(
			create({ imageRole: 'reference' }, { model: { ...model, value: 'kling-v3' } }),
			items,
		);
		expect(alone.error?.message).toMatch(/may use the first reference as its first frame/);
		const refused = await stage.run(
			create(
				{ imageRole: 'reference' },
				{ model: { ...model, value: 'sora-2' }, resolution: '720p', seconds: 4 },
			),
			items,
		);
		expect(refused.error?.message).toMatch(/as a reference, but Sora 2 supports images only as/);
		expect(stage.sandbox.jobs()).toHaveLength(1);
		await stage.close();
	});

	test.each(['logo', '={{ $binary.logo }}', "={{ $('Start').item.binary.logo }}"])(
		"a last frame is sent in the model's parameter for it: %s",
		async (lastFrame) => {
			const stage = await openStage(core);
			const options = { lastFrame, lastFrameParameter: 'last_frame_image' };
			const pixverse = { model: { ...model, value: 'pixverse-v5.6' }, seconds: 5 };
			onlyItem(await stage.run(create(options, { ...pixverse, resolution: '720p' }), items));
			expect(stage.sandbox.jobs()[0].images.map(({ role, width }) => [role, width])).toEqual([
				['first', 64],
				['last', 96],
			]);
			const refused = await stage.run(
				create(options, { model: { ...model, value: 'sora-2' }, resolution: '720p', seconds: 4 }),
				items,
			);
			expect(refused.error?.message).toMatch(/as the last frame, but Sora 2 supports images only/);
			expect(stage.sandbox.jobs()).toHaveLength(1);
			await stage.close();
		},
	);

	test('an estimate checks all images, as the create does', async () => {
		const stage = await openStage(core);
		const estimate = async (count: number) =>
			await stage.run(
				create(
					{ referenceImages: new Array(count).fill('logo') },
					{ operation: 'estimateCost', imageSource: 'binary', resolution: '720p' },
				),
				items,
			);
		expect(onlyItem(await estimate(8)).json).toMatchObject({ model: 'seedance-2.0' });
		expect((await estimate(9)).error?.message).toMatch(/There are 10 images, .* at most 9/);
		expect(stage.sandbox.jobs()).toEqual([]);
		await stage.close();
	});

	test('a comparison resizes the image for every model, and skips a model that supports fewer images', async () => {
		const stage = await openStage(core, { renderer: 'tiny' });
		const compare = (models: string[], options: object) =>
			create(options, {
				operation: 'compare',
				models: { model: models.map((value) => ({ model: { ...model, value } })) },
				imageSource: 'binary',
				resolution: '720p',
				seconds: 4,
			});
		const result = await stage.run(
			compare(['sora-2', 'seedance-2.0'], { imageFit: 'crop' }),
			items,
		);
		expect(result.output(NODE)).toHaveLength(2);
		expect(stage.sandbox.jobs().map(({ images }) => images)).toMatchObject([
			[{ role: 'first', width: 1280, height: 720 }],
			[{ role: 'first', width: 1280, height: 720 }],
		]);

		await stage.sandbox.reset();
		const [sora, seedance] = (
			await stage.run(compare(['sora-2', 'seedance-2.0'], { referenceImages: 'logo' }), items)
		).output(NODE);
		expect(sora.json).toMatchObject({
			status: 'failed',
			failure: { message: expect.stringMatching(/There are 2 images, but Sora 2 supports/) },
		});
		expect(seedance.json).toMatchObject({ status: 'completed' });
		expect(stage.sandbox.jobs()).toHaveLength(1);
		await stage.close();
	});

	test('a retry with other reference images creates another video, with the same ones it does not', async () => {
		const stage = await openStage(core);
		stage.sandbox.addFault({ on: 'create', do: 'stuck' });
		const waiting = { waitMode: 'poll', output: 'url' };
		const options = { referenceImages: 'product', timeout: 5 };
		const failed = await stage.run(create(options, waiting), items);
		expect(failed.error?.message).toMatch(/was not ready/);
		await stage.engine.retry(failed);
		expect(stage.sandbox.jobs()).toHaveLength(1);

		const changed = stage.workflow(create({ ...options, referenceImages: 'logo' }, waiting));
		await stage.engine.retry(failed, { workflow: changed });
		expect(stage.sandbox.jobs()).toHaveLength(2);
		await stage.close();
	});

	test.each([
		[
			'a last frame on Lumenfall',
			'lumenfall',
			{ lastFrame: 'logo' },
			/'Last Frame' is set, but Lumenfall/,
		],
		['a last frame', 'openai', { lastFrame: 'logo' }, /'Last Frame' is set, but OpenAI's contract/],
		[
			'references',
			'openai',
			{ referenceImages: 'logo' },
			/'Reference Images' is set .* OpenAI's contract/,
		],
		['a field that is not there', 'lumenfall', { lastFrame: 'end' }, /no file in the field 'end'/],
	] as const)('%s: refused before anything is sent (%s)', async (_, dialect, options, message) => {
		const stage = await openStage(core, { dialect });
		const result = await stage.run(
			create(options, { model: { ...model, value: 'a-model-of-my-own' }, resolution: '720p' }),
			items,
		);
		expect(result.error?.message).toMatch(message);
		expect(stage.sandbox.requests().filter(({ method }) => method === 'POST')).toEqual([]);
		await stage.close();
	});
});

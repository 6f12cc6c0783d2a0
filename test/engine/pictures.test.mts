import { encoded, quarters, storedAs } from '../support/pictures.mts';
import { CORES, imageToVideo, NODE, onlyItem, openStage, small, type Stage } from './stage.mts';

function withFile(data: Buffer) {
	return [
		{ json: {}, binary: { data: { data, mimeType: 'image/jpeg', fileName: 'holiday.jpg' } } },
	];
}

/** The picture's job in the fewest pixels. */
function fromPicture(change: object = {}): object {
	return small({ operation: 'imageToVideo', ...change });
}

describe.each(CORES)('pictures on %s', (core) => {
	describe('on Lumenfall', () => {
		let stage: Stage;
		beforeAll(async () => (stage = await openStage(core)));
		afterAll(async () => await stage.close());
		afterEach(async () => await stage.sandbox.reset());

		test.each([
			['a wide photo', 1, 'a landscape', '16:9'],
			['a photo that is stored lying on its side', 6, 'a portrait', '9:16'],
		])('%s (orientation %i) makes %s video', async (_, orientation, __, ratio) => {
			const upright = orientation === 1 ? quarters(96, 54) : quarters(54, 96);
			const file = storedAs(upright, orientation, 'image/jpeg');
			onlyItem(
				await stage.run(
					fromPicture({ aspectRatio: 'sameAsImage', resolution: 'modelDefault', waitMode: 'none' }),
					withFile(file),
				),
			);
			expect(stage.sandbox.jobs()).toMatchObject([{ body: { aspect_ratio: ratio } }]);
		});

		test('the ratio of a picture by address is not guessed', async () => {
			const result = await stage.run(
				fromPicture({
					aspectRatio: 'sameAsImage',
					imageSource: 'url',
					imageUrl: 'https://example.com/boat.png',
				}),
			);
			expect(result.error?.message).toMatch(/'Same as Image', but the picture is a URL/);
			expect(stage.sandbox.requests()).toEqual([]);
		});

		test('a picture of another size is no trouble here and gives no hint', async () => {
			const picture = encoded(quarters(64, 64), 'image/png');
			const result = await stage.run(fromPicture({ waitMode: 'none' }), withFile(picture));
			onlyItem(result);
			expect(result.hints(NODE)).toEqual([]);
		});
	});

	test('a strict server that refuses the size of the picture is explained, with the way out', async () => {
		const stage = await openStage(core, { dialect: 'openai' });
		const result = await stage.run(
			imageToVideo({ aspectRatio: '16:9' }),
			withFile(encoded(quarters(64, 48), 'image/jpeg')),
		);
		expect(result.error?.message).toMatch(
			/wants the picture to have exactly the size of the video \(the picture has 64x48, the video 1280x720\): Inpaint/,
		);
		expect(result.error?.description).toMatch(/'Crop to Fill' or 'Pad' in the option 'Image Fit'/);
		expect(stage.sandbox.jobs()).toEqual([]);
		await stage.close();
	});

	test('a server that takes pictures of any size gets it as it is, and the run has one hint', async () => {
		const stage = await openStage(core, { dialect: 'vllm-omni' });
		const items = [64, 80].flatMap((width) => withFile(encoded(quarters(width, 48), 'image/jpeg')));
		const result = await stage.run(fromPicture({ waitMode: 'none' }), items);
		expect(stage.sandbox.jobs().map(({ image }) => image?.width)).toEqual([64, 80]);
		expect(result.hints(NODE)).toMatchObject([
			{ message: expect.stringMatching(/The option 'Image Fit' gives it exactly the size/) },
		]);
		await stage.close();
	});
});

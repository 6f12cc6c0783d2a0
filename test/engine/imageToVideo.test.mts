import { createCanvas } from '@napi-rs/canvas';
import { native } from '../support/native.mts';
import { CORES, imageToVideo, NODE, onlyItem, openStage, sharedStage } from './stage.mts';

const SIZE = { width: 1280, height: 720 };

/** An image that differs from any frame of another scene: four quarters of plain color. */
function quarters({ width, height } = SIZE) {
	const canvas = createCanvas(width, height);
	const context = canvas.getContext('2d');
	['#d02020', '#20b040', '#2040d0', '#e0c020'].forEach((color, index) => {
		context.fillStyle = color;
		context.fillRect(
			(index % 2) * (width / 2),
			Math.floor(index / 2) * (height / 2),
			width / 2,
			height / 2,
		);
	});
	return canvas;
}

const images = () => ({
	'image/png': quarters().toBuffer('image/png'),
	'image/jpeg': quarters().toBuffer('image/jpeg'),
	'image/webp': quarters().toBuffer('image/webp'),
});

function withFile(data: Buffer, mimeType = 'application/octet-stream') {
	return [{ json: {}, binary: { data: { data, mimeType, fileName: 'holiday.bin' } } }];
}

describe.each(CORES)('image to video on %s', (core) => {
	describe.each(['lumenfall', 'openai'] as const)('with a %s server', (dialect) => {
		const stage = sharedStage(core, { dialect });

		test('the video starts on the image', async () => {
			const image = images()['image/png'];
			const item = onlyItem(
				await stage.run(imageToVideo({ aspectRatio: '16:9' }), withFile(image)),
			);

			const { firstFrame } = await native<typeof import('../../sandbox/renderer/probe.mts')>(
				'./sandbox/renderer/probe.mts',
			);
			const frame = await firstFrame(await stage.engine.readBinary(item.binary!.data));
			expect(frame).toMatchObject(SIZE);
			const wanted = quarters().getContext('2d').getImageData(0, 0, SIZE.width, SIZE.height).data;
			expect(meanDifference(frame.rgba, wanted)).toBeLessThan(8);
		});

		test.each(['image/png', 'image/jpeg', 'image/webp'] as const)(
			'a %s is sent with its real type, whatever the type in the item is',
			async (mimeType) => {
				onlyItem(
					await stage.run(
						imageToVideo({ output: 'url', waitMode: 'none' }),
						withFile(images()[mimeType]),
					),
				);
				const [job] = stage.sandbox.jobs();
				expect(job.image).toMatchObject({
					mimeType,
					...SIZE,
					how: dialect === 'openai' ? 'file' : 'data-uri',
				});
				expect(job.encoding).toBe(dialect === 'openai' ? 'multipart' : 'json');
			},
		);

		test.each([
			['a PDF', Buffer.from('%PDF-1.7 …'), /'data' is not a PNG, JPEG or WebP image but a PDF/],
			['an empty file', Buffer.alloc(0), /image but empty/],
			['a web page', Buffer.from('<!doctype html>'), /but a text or web page/],
		])('%s is refused before anything is sent', async (_, data, message) => {
			const result = await stage.run(imageToVideo(), withFile(data, 'image/png'));
			expect(result.error?.message).toMatch(message);
			expect(stage.sandbox.requests()).toEqual([]);
		});

		test('a prompt with emoji and signs of four bytes arrives unchanged, in JSON and in a form', async () => {
			const prompt = 'A 👩🏽‍🚀 & "𠮷野家" → café, 100 % =?é';
			const form = imageToVideo({ prompt, waitMode: 'none' });
			expect(onlyItem(await stage.run(form, withFile(images()['image/png']))).json.prompt).toBe(
				prompt,
			);
			expect(stage.sandbox.jobs()[0].prompt).toBe(prompt);
		});

		test('a video connected by mistake is refused because of its size', async () => {
			const result = await stage.run(imageToVideo(), withFile(Buffer.alloc(16_000_000)));
			expect(result.error?.message).toMatch(
				/The image in 'data' is 16.0 MB, but at most 15.0 MB can be sent/,
			);
			expect(stage.sandbox.requests()).toEqual([]);
		});

		test('the error of an item without a file names the field', async () => {
			const result = await stage.run(imageToVideo({ binaryPropertyName: 'photo' }));
			expect(result.error).toMatchObject({
				message: "Item 0 has no file in the field 'photo' [Item 0]",
				itemIndex: 0,
			});
			expect(stage.sandbox.requests()).toEqual([]);
		});
	});

	test('an image in memory instead of on disk works as well', async () => {
		const stage = await openStage(core, {}, { binaryMode: 'default' });
		const item = onlyItem(await stage.run(imageToVideo(), withFile(images()['image/jpeg'])));
		expect(item.binary?.data).toMatchObject({ mimeType: 'video/mp4' });
		expect((await stage.engine.readBinary(item.binary!.data)).length).toBe(
			(item.json.file as { bytes: number }).bytes,
		);
		await stage.close();
	});

	test('an image by URL is downloaded by the server', async () => {
		const stage = await openStage(core);
		const imageUrl = 'https://example.com/boat.png';
		const result = await stage.run(
			imageToVideo({ imageSource: 'url', imageUrl, waitMode: 'none' }),
		);
		const sent = stage.sandbox.requests().find(({ method }) => method === 'POST');
		expect(JSON.stringify(sent?.body)).toContain(imageUrl);
		expect(result.output(NODE)).toBeDefined();

		await stage.sandbox.reset();
		const bad = await stage.run(imageToVideo({ imageSource: 'url', imageUrl: 'my image.png' }));
		expect(bad.error?.message).toMatch(/'Image URL' is 'my image.png', which is not a URL/);
		expect(stage.sandbox.requests()).toEqual([]);
		await stage.close();
	});
});

function meanDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
	let sum = 0;
	for (let index = 0; index < a.length; index++) sum += Math.abs(a[index] - b[index]);
	return sum / a.length;
}

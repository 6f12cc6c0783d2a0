import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { meanDifference, quarters } from '../support/images.mts';
import { native } from '../support/native.mts';
import { CORES, imageToVideo, onlyItem, openStage, sharedStage } from './stage.mts';

const SIZE = { width: 1280, height: 720 };

const upload = quarters(SIZE.width, SIZE.height);
const images = () => ({
	'image/png': upload.toBuffer('image/png'),
	'image/jpeg': upload.toBuffer('image/jpeg'),
	'image/webp': upload.toBuffer('image/webp'),
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
			const wanted = upload.getContext('2d').getImageData(0, 0, SIZE.width, SIZE.height).data;
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
		const image = images()['image/png'];
		const web = createServer((_, answer) =>
			answer.setHeader('content-type', 'image/png').end(image),
		);
		await new Promise<void>((listening) => web.listen(0, '127.0.0.1', listening));
		stage.alsoClose({
			async close() {
				web.close();
				web.closeAllConnections();
			},
		});
		const imageUrl = `http://127.0.0.1:${(web.address() as AddressInfo).port}/boat.png`;

		const item = onlyItem(
			await stage.run(imageToVideo({ imageSource: 'url', imageUrl, waitMode: 'none' })),
		);
		const [job] = stage.sandbox.jobs();
		expect(job).toMatchObject({ id: item.json.id, image: { how: 'url', ...SIZE } });
		expect(JSON.stringify(job.body)).toContain(imageUrl);
		await stage.close();
	});

	test('an image URL that is none is refused before anything is sent', async () => {
		const stage = await openStage(core);
		const bad = await stage.run(imageToVideo({ imageSource: 'url', imageUrl: 'my image.png' }));
		expect(bad.error?.message).toMatch(/'Image URL' is 'my image.png', which is not a URL/);
		expect(stage.sandbox.requests()).toEqual([]);
		await stage.close();
	});
});

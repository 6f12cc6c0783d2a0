import type { IDataObject } from 'n8n-workflow';
import fc from 'fast-check';
import { failureOf } from '../../../nodes/Lumenfall/errors/failure';
import { buildRequest, followImage } from '../../../nodes/Lumenfall/create/buildRequest';
import type { ImageMetadata } from '../../../nodes/Lumenfall/media/image/imageMetadata';
import { fitToModel } from '../../../nodes/Lumenfall/models/fitToModel';
import { ratioOfImage } from '../../../nodes/Lumenfall/models/nearestValues';
import type { InputImage, RequestImages } from '../../../nodes/Lumenfall/request/videoRequest';
import { sizeOfVideo, sizesOf } from '../../../nodes/Lumenfall/request/frameSize';

function imageFile(
	width: number,
	height: number,
	orientation: ImageMetadata['orientation'] = 1,
): InputImage {
	const metadata: ImageMetadata = { type: 'image/jpeg', width, height, orientation };
	return {
		kind: 'file',
		bytes: Buffer.of(),
		mimeType: metadata.type,
		fileName: 'boat.jpg',
		metadata,
	};
}

test.each<[string, InputImage, string]>([
	['sora-2', imageFile(4000, 3000), '16:9'],
	['sora-2', imageFile(3000, 4000), '9:16'],
	['sora-2', imageFile(4000, 3000, 6), '9:16'],
	['sora-2', imageFile(4000, 3000, 3), '16:9'],
	['a-model-of-my-own', imageFile(1000, 1000), '1:1'],
	['a-model-of-my-own', imageFile(1920, 1080), '16:9'],
	['a-model-of-my-own', imageFile(1080, 1920), '9:16'],
])('with %s the closest supported ratio is used', (model, image, ratio) => {
	expect(followImage(model, image)).toEqual({ followsImage: true, aspectRatio: ratio });
});

test('once the model info is known, the ratio is one that the model supports, and the change is recorded', () => {
	const request = {
		...{ model: 'x', prompt: 'p', seconds: 4, additionalParameters: {} },
		...{ image: imageFile(4000, 3000), ...followImage('x', imageFile(4000, 3000)) },
	};
	expect(request.aspectRatio).toBe('16:9');
	for (const rule of ['refuse', 'nearest', 'send'] as const) {
		const model = { id: 'x', aspectRatios: ['auto', '16:9', '4:3'] };
		expect(fitToModel(request, model, rule)).toMatchObject({
			request: { aspectRatio: '4:3' },
			adjusted: { aspectRatio: { requested: 'Same as Image', used: '4:3' } },
		});
		expect(fitToModel(request, { id: 'x' }, rule)).toEqual({ request });
	}
});

test('no ratio is closer than the chosen one', () => {
	const side = fc.integer({ min: 1, max: 20_000 });
	const ratios = ['16:9', '9:16', '1:1', '4:3', '3:4', '21:9'];
	const area = (ratio: string) => {
		const [wide, high] = ratio.split(':').map(Number);
		return wide / high;
	};
	/** The share of the image that remains after cropping it to the ratio. */
	const kept = (own: number, ratio: string) => Math.min(own / area(ratio), area(ratio) / own);
	fc.assert(
		fc.property(side, side, (width, height) => {
			const taken = kept(width / height, ratioOfImage({ width, height }, ratios));
			for (const ratio of ratios)
				expect(taken).toBeGreaterThanOrEqual(kept(width / height, ratio) - 1e-9);
		}),
	);
});

test.each<[string, InputImage | undefined, RegExp]>([
	['no image', undefined, /'Aspect Ratio' is 'Same as Image', but there is no image/],
	['an image URL', { kind: 'url', url: 'https://a/b.png' }, /but the image is a URL/],
	[
		'a damaged file',
		{ kind: 'file', bytes: Buffer.of(), mimeType: 'image/png', fileName: 'boat.png' },
		/The size of the image 'boat.png' cannot be read/,
	],
])('%s has no ratio to follow, which is refused before anything is sent', (_, image, message) => {
	let thrown: unknown;
	try {
		followImage('sora-2', image);
	} catch (error) {
		thrown = error;
	}
	expect(failureOf(thrown)).toMatchObject({
		kind: 'invalidInput',
		message: expect.stringMatching(message),
	});
});

const form = { model: 'x', prompt: 'p', seconds: 4, additionalParameters: {} };

test('the ratio can follow a reference image', () => {
	const referenceImages = [imageFile(3000, 4000), imageFile(100, 100)];
	expect(buildRequest({ ...form, aspectRatio: 'sameAsImage' }, { referenceImages })).toMatchObject({
		followsImage: true,
		aspectRatio: '9:16',
	});
});

test.each<[string, RequestImages, RegExp]>([
	['the first frame is a URL', { image: { kind: 'url', url: 'https://a/b' } }, /image is a URL/],
	[
		'the last frame is a URL',
		{ image: imageFile(9, 9), lastFrame: { kind: 'url', url: 'https://a/b' } },
		/image is a URL/,
	],
	['the only frame is a URL', { lastFrame: { kind: 'url', url: 'https://a/b' } }, /image is a URL/],
	[
		'the image is a reference',
		{ referenceImages: [imageFile(9, 9)] },
		/there is no frame to resize: a reference may have any size/,
	],
])('Image Fit is refused if %s', (_, images, message) => {
	expect(() => buildRequest({ ...form, aspectRatio: '16:9', imageFit: 'crop' }, images)).toThrow(
		message,
	);
});

test.each<[object, IDataObject, string | undefined]>([
	[{ aspectRatio: '16:9' }, {}, '1280x720'],
	[{ aspectRatio: '16:9' }, { style: 'film' }, '1280x720'],
	[{ aspectRatio: '16:9' }, { size: '640x480' }, '640x480'],
	[{ aspectRatio: '16:9' }, { size: '1K' }, undefined],
	[{ aspectRatio: '16:9' }, { aspect_ratio: '1:1' }, undefined],
	[{}, { resolution: '1080p' }, undefined],
])('with %j and the additional parameters %j the video has the size %s', (shape, raw, size) => {
	const request = { ...form, ...shape, additionalParameters: raw };
	expect(sizeOfVideo(request)).toBe(size);
	const fitted = () => buildRequest({ ...request, imageFit: 'pad' }, { image: imageFile(9, 9) });
	if (size) expect(fitted).not.toThrow();
	else expect(fitted).toThrow(/the size of the video is left to the model/);
});

test('the sizes of image and video are returned if they are known', () => {
	expect(sizesOf(form)).toEqual({});
	expect(sizesOf({ ...form, aspectRatio: '9:16' })).toEqual({ videoSize: '720x1280' });
	expect(sizesOf({ ...form, size: '640x480', image: imageFile(10, 20) })).toEqual({
		imageSize: '10x20',
		videoSize: '640x480',
	});
});

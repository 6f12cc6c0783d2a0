import { resizeImages } from '../../../nodes/Lumenfall/create/resizeImages';
import { failureOf } from '../../../nodes/Lumenfall/errors/failure';
import { readImageMetadata } from '../../../nodes/Lumenfall/media/image/imageMetadata';
import type { InputImage, VideoRequest } from '../../../nodes/Lumenfall/request/videoRequest';
import { openCreateStage, REQUEST, WITH_KEYS, WITHOUT_KEYS } from '../../support/createStage.mts';
import { encoded, quarters, type ImageType } from '../../support/images.mts';

const imageFile = (
	[width, height]: [number, number],
	mimeType: ImageType = 'image/jpeg',
): Extract<InputImage, { kind: 'file' }> => {
	const bytes = encoded(quarters(width, height), mimeType);
	const fileName = `boat.${mimeType.split('/')[1]}`;
	return { kind: 'file', bytes, mimeType, fileName, metadata: readImageMetadata(bytes) };
};
const sizeOf = (image: InputImage | undefined) => {
	if (image?.kind !== 'file') return undefined;
	const { width, height } = readImageMetadata(image.bytes)!;
	return [width, height];
};

async function resize(request: Partial<VideoRequest>, server = WITH_KEYS) {
	const stage = await openCreateStage({ server });
	const whole = { ...REQUEST, size: '64x36', ...request };
	const work = resizeImages(stage.context, whole);
	const outcome = await work.then(
		(value) => ({ value }),
		(error: unknown) => ({ failure: failureOf(error) }),
	);
	return { ...stage, whole, value: undefined, failure: undefined, ...outcome };
}

test.each(['crop', 'pad'] as const)(
	"with 'Image Fit' %s both frames get exactly the size of the video",
	async (imageFit) => {
		const { value } = await resize({
			imageFit,
			image: imageFile([80, 80]),
			lastFrame: imageFile([30, 90], 'image/png'),
		});
		expect([sizeOf(value?.image), sizeOf(value?.lastFrame)]).toEqual([
			[64, 36],
			[64, 36],
		]);
		expect(value?.image).toMatchObject({ metadata: { width: 64, height: 36, orientation: 1 } });
	},
);

test('the resized file has a matching name and type', async () => {
	const { value } = await resize({ imageFit: 'crop', image: imageFile([80, 80], 'image/webp') });
	expect(value?.image).toMatchObject({ fileName: 'boat.png', mimeType: 'image/png' });
});

test('an image is resized only once per size', async () => {
	const image = imageFile([80, 80]);
	const first = await resize({ imageFit: 'crop', image });
	const again = await resize({ imageFit: 'crop', image });
	const other = await resize({ imageFit: 'pad', image });
	const larger = await resize({ imageFit: 'crop', image, size: '128x72' });
	expect(again.value?.image).toBe(first.value?.image);
	expect(other.value?.image).not.toBe(first.value?.image);
	expect(sizeOf(larger.value?.image)).toEqual([128, 72]);
});

test.each<[string, Partial<VideoRequest>]>([
	["'Image Fit' is not set", { image: imageFile([80, 80]) }],
	['there is no image', { imageFit: 'crop' }],
	['the size of the video is left to the model', { imageFit: 'crop', size: undefined }],
])('a request is sent unchanged if %s', async (_, request) => {
	const { value, whole } = await resize(request);
	expect(value).toEqual(whole);
});

test('reference images may have any size', async () => {
	const referenceImages = [imageFile([80, 80])];
	const { value } = await resize({ imageFit: 'crop', referenceImages });
	expect(value?.referenceImages).toBe(referenceImages);
});

test.each<[string, InputImage, RegExp]>([
	['a URL', { kind: 'url', url: 'https://a.example/b.png' }, /the image is a URL/],
	[
		'a file without a readable header',
		{ ...imageFile([8, 8]), metadata: undefined },
		/cannot be read/,
	],
	[
		'a file with a huge size in its header',
		{
			...imageFile([8, 8]),
			metadata: { type: 'image/jpeg', width: 6000, height: 5000, orientation: 1 },
		},
		/is 6000x5000, but 'Image Fit' supports up to 25 megapixels/,
	],
	[
		'a file that is damaged after its header',
		{ ...imageFile([80, 80]), bytes: Buffer.from('damaged') },
		/'Image Fit' cannot open the image 'boat.jpeg'/,
	],
])('%s is refused by name', async (_, image, words) => {
	const { failure } = await resize({ imageFit: 'crop', image });
	expect(failure?.message).toMatch(words);
});

test('a video size that is too large for resizing is refused', async () => {
	const { failure } = await resize({
		imageFit: 'crop',
		image: imageFile([8, 8]),
		size: '9000x9000',
	});
	expect(failure?.message).toMatch(/is 9000x9000/);
});

describe('an image of another size than the video, sent as it is', () => {
	test('shows one hint per run, on servers that do not resize images', async () => {
		const stage = await openCreateStage({ server: WITHOUT_KEYS });
		const request = { ...REQUEST, size: '64x36', image: imageFile([80, 80]) };
		for (const _ of [1, 2]) await resizeImages(stage.context, request);
		expect(stage.hints).toEqual([expect.stringMatching(/80x80, the video 64x36\..*'Image Fit'/)]);
	});

	test.each<[string, Partial<VideoRequest>, typeof WITH_KEYS]>([
		['the server resizes images', { image: imageFile([80, 80]) }, WITH_KEYS],
		['the sizes are the same', { image: imageFile([64, 36]) }, WITHOUT_KEYS],
		['there is no image', {}, WITHOUT_KEYS],
		[
			'the size of the video is unknown',
			{ image: imageFile([80, 80]), size: undefined },
			WITHOUT_KEYS,
		],
		[
			'the size of the image is unknown',
			{ image: { kind: 'url', url: 'https://a.b/c' } },
			WITHOUT_KEYS,
		],
	])('shows no hint if %s', async (_, request, server) => {
		expect((await resize(request, server)).hints).toEqual([]);
	});
});

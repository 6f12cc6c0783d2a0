import { loadImage } from '@napi-rs/canvas';
import fc from 'fast-check';
import {
	readImageMetadata,
	uprightSize,
} from '../../../../nodes/Lumenfall/media/image/imageMetadata';
import {
	encoded,
	ORIENTATIONS,
	IMAGE_TYPES,
	quarters,
	storedAs,
	webp,
	webpChunk,
	webpChunks,
	withOrientation,
} from '../../../support/images.mts';

describe.each(IMAGE_TYPES)('a %s', (type) => {
	const lossy = type === 'image/webp' ? { isLossyWebp: true } : {};

	test.each(ORIENTATIONS)(
		'of orientation %i is read as an image library sees it',
		async (orientation) => {
			const file = storedAs(quarters(60, 40), orientation, type);
			const facts = readImageMetadata(file)!;
			expect(facts).toEqual({
				type,
				...(orientation >= 5 ? { width: 40, height: 60 } : { width: 60, height: 40 }),
				orientation,
				...lossy,
			});
			// The library applies the orientation of JPEGs. For other types it returns the stored size.
			const { width, height } = await loadImage(file);
			expect({ width, height }).toEqual(
				type === 'image/jpeg' ? uprightSize(facts) : { width: facts.width, height: facts.height },
			);
		},
	);

	test('of any size is measured right', async () => {
		const side = fc.integer({ min: 1, max: 300 });
		await fc.assert(
			fc.asyncProperty(side, side, async (width, height) => {
				const facts = readImageMetadata(encoded(quarters(width, height), type));
				expect(facts).toEqual({ type, width, height, orientation: 1, ...lossy });
			}),
			{ numRuns: 30 },
		);
	});

	test('that is cut off anywhere is either unknown or measured right', () => {
		const file = storedAs(quarters(60, 40), 6, type);
		for (let length = 0; length < Math.min(file.length, 700); length++) {
			const facts = readImageMetadata(file.subarray(0, length));
			if (facts) expect(facts).toMatchObject({ width: 40, height: 60 });
		}
	});

	test('with any damage neither crashes nor hangs the reader', () => {
		const file = withOrientation(encoded(quarters(60, 40), type), 6, type);
		fc.assert(
			fc.property(
				fc.array(fc.tuple(fc.nat(Math.min(file.length - 1, 400)), fc.nat(255)), { maxLength: 20 }),
				(damage) => {
					const damaged = Buffer.from(file);
					for (const [at, value] of damage) damaged[at] = value;
					readImageMetadata(damaged);
				},
			),
			{ numRuns: 2000 },
		);
	});
});

test.each([
	['a plain lossy WebP', 80, 'VP8 '],
	['a plain lossless WebP', 100, 'VP8L'],
])('%s, without the extended header, is measured by its bitstream', async (_, quality, name) => {
	const { createCanvas } = await import('@napi-rs/canvas');
	const canvas = createCanvas(61, 43);
	const extended = await canvas.encode('webp', quality);
	const stream = webpChunks(extended).filter(
		([chunk]) => chunk.startsWith('VP8') && chunk !== 'VP8X',
	);
	const chunks = stream.length > 0 ? stream : webpChunks(extended);
	const file = webp(...chunks.map((chunk) => webpChunk(...chunk)));
	expect(webpChunks(file).map(([chunk]) => chunk)).toEqual([name]);
	expect(readImageMetadata(file)).toEqual({
		type: 'image/webp',
		width: 61,
		height: 43,
		orientation: 1,
		...(name === 'VP8 ' && { isLossyWebp: true }),
	});
	expect(await loadImage(file)).toMatchObject({ width: 61, height: 43 });
});

test('no bytes can crash the reader', () => {
	const starts = ['\x89PNG\r\n\x1a\n', '\xff\xd8\xff', 'RIFF\0\0\0\0WEBP', ''];
	fc.assert(
		fc.property(fc.constantFrom(...starts), fc.uint8Array({ maxLength: 300 }), (start, rest) => {
			const facts = readImageMetadata(Buffer.concat([Buffer.from(start, 'latin1'), rest]));
			if (facts) expect(facts.width * facts.height).toBeGreaterThan(0);
		}),
		{ numRuns: 3000 },
	);
});

test('an EXIF block in little-endian order is read, and an invalid one is ignored', () => {
	const jpeg = encoded(quarters(60, 40), 'image/jpeg');
	const withExif = (hex: string) => {
		const payload = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), Buffer.from(hex, 'hex')]);
		const head = Buffer.from([0xff, 0xe1, 0, payload.length + 2]);
		return Buffer.concat([jpeg.subarray(0, 2), head, payload, jpeg.subarray(2)]);
	};
	const orientation = (hex: string) => readImageMetadata(withExif(hex))?.orientation;
	expect(orientation('49492a0008000000010012010300010000000800000000000000')).toBe(8);
	expect(orientation('49492a0008000000010012010300010000000900000000000000')).toBe(1);
	expect(orientation('49492a00ffffffff')).toBe(1);
	expect(orientation('4d4d002a00000008ffff')).toBe(1);
	expect(orientation('')).toBe(1);
});

test('a file that is not an image has no metadata', () => {
	for (const text of ['', '%PDF-1.7', 'GIF89a', '<svg/>'])
		expect(readImageMetadata(Buffer.from(text))).toBeUndefined();
});

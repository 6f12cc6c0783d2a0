import { deflateSync } from 'node:zlib';
import { decodablePart } from '../../../../nodes/Lumenfall/media/image/decodable';
import { readImageMetadata } from '../../../../nodes/Lumenfall/media/image/imageMetadata';
import { encoded, quarters, webp, webpChunk, type ImageType } from '../../../support/images.mts';
import { quick } from '../../../support/quick.mts';

const imageOf = (type: ImageType) => encoded(quarters(64, 36), type);

const decodable = (file: Buffer) => {
	const metadata = readImageMetadata(file);
	if (!metadata) throw new Error('the header cannot be read');
	return decodablePart(file, metadata);
};

/** The extended header with this size of the canvas. */
const vp8x = (width: number, height: number) => {
	const payload = Buffer.alloc(10);
	payload.writeUIntLE(width - 1, 4, 3);
	payload.writeUIntLE(height - 1, 7, 3);
	return webpChunk('VP8X', payload);
};

/** A lossless bitstream that begins with this size. */
const vp8l = (width: number, height: number) => {
	const payload = Buffer.alloc(8);
	payload[0] = 0x2f;
	payload.writeUInt32LE(((width - 1) | ((height - 1) << 14)) >>> 0, 1);
	return webpChunk('VP8L', payload);
};

test.each(['image/png', 'image/jpeg', 'image/webp'] as const)(
	'an ordinary %s is decoded',
	(type) => {
		const file = imageOf(type);
		expect(readImageMetadata(decodable(file)!)).toMatchObject({ width: 64, height: 36, type });
	},
);

test.each(['image/png', 'image/jpeg', 'image/webp'] as const)(
	'data behind the end of a %s does not matter',
	(type) => {
		const file = Buffer.concat([imageOf(type), Buffer.alloc(2_000_000)]);
		expect(readImageMetadata(decodable(file)!)).toMatchObject({ width: 64, height: 36, type });
	},
);

test.each<[string, () => Buffer]>([
	[
		'a PNG of 15 MB of empty chunks',
		() => {
			const file = imageOf('image/png');
			const empty = Buffer.alloc(15_000_000, Buffer.from('\0\0\0\0tEXt\0\0\0\0', 'latin1'));
			return Buffer.concat([file.subarray(0, 33), empty, file.subarray(33)]);
		},
	],
	[
		'a JPEG with 20,000 scans',
		() => {
			const file = imageOf('image/jpeg');
			return Buffer.concat([
				file.subarray(0, -2),
				Buffer.alloc(80_000, Buffer.from([0xff, 0xda, 0, 2])),
			]);
		},
	],
	['a WebP with a bitstream of another size', () => webp(vp8x(100, 100), vp8l(16_383, 16_383))],
	[
		'a WebP of 15 MB of empty chunks',
		() => webp(vp8x(100, 100), Buffer.alloc(15_000_000, webpChunk('JUNK', Buffer.alloc(0)))),
	],
	[
		'an animated WebP with a frame of another size',
		() =>
			webp(vp8x(100, 100), webpChunk('ANMF', Buffer.concat([Buffer.alloc(16), vp8l(16_383, 9)]))),
	],
])('%s is refused within a second', (_, file) => {
	const given = file();
	expect(quick(() => decodable(given), 1_000)).toBeUndefined();
});

test('a frame of an animated WebP may be smaller than the image, but not larger', () => {
	const animated = (...frames: Buffer[]) =>
		webp(
			vp8x(100, 100),
			...frames.map((frame) => webpChunk('ANMF', Buffer.concat([Buffer.alloc(16), frame]))),
		);
	const smaller = animated(vp8l(100, 100), vp8l(30, 40));
	expect(decodable(smaller)).toEqual(smaller);
	expect(decodable(animated(vp8l(100, 100), vp8l(101, 1)))).toBeUndefined();
	expect(decodable(webp(vp8x(100, 100), vp8l(30, 40)))).toBeUndefined();
});

test('what follows the end of a JPEG does not count, such as the film of a phone', () => {
	const film = Buffer.alloc(4_000, Buffer.from([0xff, 0xda, 0, 2]));
	const file = Buffer.concat([imageOf('image/jpeg'), film]);
	expect(decodable(file)).toBe(file);
});

test('the color profile of a PNG is removed unread', () => {
	const png = imageOf('image/png');
	const profile = Buffer.concat([Buffer.from('icc\0\0'), deflateSync(Buffer.alloc(1_000_000))]);
	const size = Buffer.alloc(4);
	size.writeUInt32BE(profile.length);
	const iccp = Buffer.concat([size, Buffer.from('iCCP'), profile, Buffer.alloc(4)]);
	const headerEnd = 8 + 25;
	const bomb = Buffer.concat([png.subarray(0, headerEnd), iccp, png.subarray(headerEnd)]);
	const part = decodable(bomb);
	expect(part?.includes('iCCP')).toBe(false);
	expect(part?.includes('IDAT')).toBe(true);
});

import { createCanvas, type Canvas } from '@napi-rs/canvas';

export const IMAGE_TYPES = ['image/png', 'image/jpeg', 'image/webp'] as const;
export type ImageType = (typeof IMAGE_TYPES)[number];

export const ORIENTATIONS = [1, 2, 3, 4, 5, 6, 7, 8];

/** Colors of the quarters: top left, top right, bottom left, bottom right. */
export const QUARTERS = ['#d02020', '#20b040', '#2040d0', '#e0c020'];

/** An image that differs from every rotation of itself: four quarters of plain color. */
export function quarters(width: number, height: number): Canvas {
	const canvas = createCanvas(width, height);
	const context = canvas.getContext('2d');
	QUARTERS.forEach((color, index) => {
		context.fillStyle = color;
		const [x, y] = [(index % 2) * (width / 2), Math.floor(index / 2) * (height / 2)];
		context.fillRect(x, y, width / 2, height / 2);
	});
	return canvas;
}

/** Returns the mean difference of two images per color channel, from 0 (same) to 255. */
export function meanDifference(one: ArrayLike<number>, other: ArrayLike<number>): number {
	expect(one).toHaveLength(other.length);
	let sum = 0;
	for (let index = 0; index < one.length; index++) sum += Math.abs(one[index] - other[index]);
	return sum / one.length;
}

export function encoded(canvas: Canvas, type: ImageType): Buffer {
	if (type === 'image/png') return canvas.toBuffer('image/png');
	return canvas.toBuffer(type as 'image/jpeg', 95);
}

/**
 * The matrix (a, b, c, d) from the upright to the stored image, for each EXIF orientation. EXIF 2.32 defines an
 * orientation by the position of the first stored row and column in the upright image.
 */
const STORED: Record<number, [number, number, number, number]> = {
	1: [1, 0, 0, 1],
	2: [-1, 0, 0, 1],
	3: [-1, 0, 0, -1],
	4: [1, 0, 0, -1],
	5: [0, 1, 1, 0],
	6: [0, -1, 1, 0],
	7: [0, -1, -1, 0],
	8: [0, 1, -1, 0],
};

/** Returns a file that viewers show upright, stored in this orientation. */
export function storedAs(upright: Canvas, orientation: number, type: ImageType): Buffer {
	const isTurned = orientation >= 5;
	const [width, height] = isTurned
		? [upright.height, upright.width]
		: [upright.width, upright.height];
	const stored = createCanvas(width, height);
	const context = stored.getContext('2d');
	const [a, b, c, d] = STORED[orientation];
	context.setTransform(a, b, c, d, a + c < 0 ? width : 0, b + d < 0 ? height : 0);
	context.drawImage(upright, 0, 0);
	return withOrientation(encoded(stored, type), orientation, type);
}

/** Returns the file with an EXIF block that contains only the orientation. */
export function withOrientation(file: Buffer, orientation: number, type: ImageType): Buffer {
	const exif = exifOf(orientation);
	if (type === 'image/jpeg') {
		const payload = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), exif]);
		const head = Buffer.from([0xff, 0xe1, 0, payload.length + 2]);
		return Buffer.concat([file.subarray(0, 2), head, payload, file.subarray(2)]);
	}
	if (type === 'image/png') {
		const chunk = Buffer.concat([uint32(exif.length), Buffer.from('eXIf'), exif, Buffer.alloc(4)]);
		// Inserted after the header chunk, which ends at byte 33.
		return Buffer.concat([file.subarray(0, 33), chunk, file.subarray(33)]);
	}
	const chunks = webpChunks(file).map((chunk) => webpChunk(...chunk));
	return webp(...chunks, webpChunk('EXIF', exif));
}

/** EXIF data, big-endian, with one directory of one entry. */
function exifOf(orientation: number): Buffer {
	const header = Buffer.from('4d4d002a00000008', 'hex');
	return Buffer.concat([
		header,
		Buffer.from([0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0]),
	]);
}

type Chunk = [name: string, payload: Buffer];

/** Returns the chunks of a WebP file. */
export function webpChunks(file: Buffer): Chunk[] {
	const chunks: Chunk[] = [];
	for (let at = 12; at + 8 <= file.length; ) {
		const size = file.readUInt32LE(at + 4);
		chunks.push([file.toString('latin1', at, at + 4), file.subarray(at + 8, at + 8 + size)]);
		at += 8 + size + (size % 2);
	}
	return chunks;
}

/** Returns a WebP file with these chunks, written by `webpChunk`. */
export function webp(...chunks: Buffer[]): Buffer {
	const body = Buffer.concat(chunks);
	const head = Buffer.from('RIFF\0\0\0\0WEBP', 'latin1');
	head.writeUInt32LE(body.length + 4, 4);
	return Buffer.concat([head, body]);
}

export function webpChunk(name: string, payload: Buffer): Buffer {
	const size = Buffer.alloc(4);
	size.writeUInt32LE(payload.length);
	return Buffer.concat([Buffer.from(name), size, payload, Buffer.alloc(payload.length % 2)]);
}

function uint32(value: number): Buffer {
	const bytes = Buffer.alloc(4);
	bytes.writeUInt32BE(value);
	return bytes;
}

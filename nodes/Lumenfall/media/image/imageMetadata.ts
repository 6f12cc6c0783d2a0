import { readOrientation, type Orientation } from './exifOrientation';
import { imageTypeOf, type ImageType } from '../fileType';

/** What the bytes of an image say about it, without decoding it. */
export interface ImageMetadata {
	type: ImageType;
	/** Pixels as they are stored, before the orientation is applied. */
	width: number;
	height: number;
	orientation: Orientation;
	/** A WebP file that is made of blocks of 16 pixels, as a JPEG is. */
	isLossyWebp?: true;
}

export interface Size {
	width: number;
	height: number;
}

type Sides = Size & Partial<Pick<ImageMetadata, 'orientation' | 'isLossyWebp'>>;

/**
 * Reads type, size and EXIF orientation of a PNG, JPEG or WebP file. Undefined for anything else and for a file whose
 * header is damaged or cut off; no bytes make it throw.
 */
export function readImageMetadata(bytes: Buffer): ImageMetadata | undefined {
	const type = imageTypeOf(bytes);
	const sides = type && READERS[type](bytes);
	if (!type || !sides || sides.width < 1 || sides.height < 1) return undefined;
	return { type, orientation: 1, ...sides };
}

/** The size as people see the image. */
export function uprightSize({ width, height, orientation }: ImageMetadata): Size {
	return orientation >= 5 ? { width: height, height: width } : { width, height };
}

const READERS: Record<ImageType, (bytes: Buffer) => Sides | undefined> = {
	'image/png': readPng,
	'image/jpeg': readJpeg,
	'image/webp': readWebp,
};

const PNG_SIGNATURE_BYTES = 8;

/** PNG, third edition: length, name, data, checksum; the header chunk comes first. */
function readPng(bytes: Buffer): Sides | undefined {
	if (bytes.length < 24 || nameAt(bytes, 12) !== 'IHDR') return undefined;
	const sides: Sides = { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
	for (let at = PNG_SIGNATURE_BYTES; at + 8 <= bytes.length; ) {
		const end = at + 8 + bytes.readUInt32BE(at);
		if (nameAt(bytes, at + 4) === 'eXIf') {
			sides.orientation = readOrientation(bytes.subarray(at + 8, end));
		}
		at = end + 4;
	}
	return sides;
}

/** Start Of Frame, all kinds; the numbers between them mean tables (ITU T.81, table B.1). */
const isFrame = (marker: number) =>
	marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
const START_OF_SCAN = 0xda;
const APP1 = 0xe1;

/** Marker segments up to the first scan; of several EXIF blocks the first one that is EXIF counts. */
function readJpeg(bytes: Buffer): Sides | undefined {
	let size: Size | undefined;
	let orientation: Orientation | undefined;
	for (let at = 2; at + 4 <= bytes.length && bytes[at] === 0xff; ) {
		const marker = bytes[at + 1];
		if (marker === START_OF_SCAN) break;
		if (marker === 0xff) {
			at += 1;
			continue;
		}
		const end = at + 2 + Math.max(2, bytes.readUInt16BE(at + 2));
		const segment = bytes.subarray(at + 4, end);
		if (isFrame(marker) && segment.length >= 5) {
			size ??= { width: segment.readUInt16BE(3), height: segment.readUInt16BE(1) };
		}
		if (marker === APP1 && nameAt(segment, 0) === 'Exif') orientation ??= readOrientation(segment);
		at = end;
	}
	return size && { ...size, ...(orientation && { orientation }) };
}

/** A RIFF file: a plain one holds one bitstream, an extended one (VP8X) its size and more chunks (RFC 9649). */
function readWebp(bytes: Buffer): Sides | undefined {
	let sides: Sides | undefined;
	for (let at = 12; at + 8 <= bytes.length; ) {
		const end = at + 8 + bytes.readUInt32LE(at + 4);
		const payload = bytes.subarray(at + 8, end);
		const name = nameAt(bytes, at);
		sides ??= WEBP_CHUNKS[name]?.(payload);
		if (name === 'EXIF' && sides) sides.orientation = readOrientation(payload);
		if (name === 'VP8 ' && sides) sides.isLossyWebp = true;
		// Chunks are padded to an even length.
		at = end + (end % 2);
	}
	return sides;
}

const WEBP_CHUNKS: Record<string, ((payload: Buffer) => Sides | undefined) | undefined> = {
	VP8X: (payload) =>
		payload.length < 10
			? undefined
			: { width: payload.readUIntLE(4, 3) + 1, height: payload.readUIntLE(7, 3) + 1 },
	// After three bytes of frame tag comes the start code 9d 01 2a, then two sides of 14 bits (RFC 6386, 9.1).
	'VP8 ': (payload) =>
		payload.length < 10 || payload.readUIntBE(3, 3) !== 0x9d012a
			? undefined
			: { width: payload.readUInt16LE(6) & 0x3fff, height: payload.readUInt16LE(8) & 0x3fff },
	// A signature byte, then two sides less one, of 14 bits each.
	VP8L: (payload) =>
		payload.length < 5 || payload[0] !== 0x2f
			? undefined
			: {
					width: (payload.readUInt32LE(1) & 0x3fff) + 1,
					height: ((payload.readUInt32LE(1) >>> 14) & 0x3fff) + 1,
				},
};

function nameAt(bytes: Buffer, at: number): string {
	return bytes.toString('latin1', at, at + 4);
}

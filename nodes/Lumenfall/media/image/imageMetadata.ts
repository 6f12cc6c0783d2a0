import { readOrientation, type Orientation } from './exifOrientation';
import { imageTypeOf, type ImageType } from '../fileType';

/** Metadata read from the header of an image, without decoding it. */
export interface ImageMetadata {
	type: ImageType;
	/** Size of the stored image in pixels, before the orientation is applied. */
	width: number;
	height: number;
	orientation: Orientation;
	/** A WebP file coded in blocks of 16 pixels, like a JPEG. */
	isLossyWebp?: true;
}

/** In pixels. */
export interface Size {
	width: number;
	height: number;
}

type Sides = Size & Partial<Pick<ImageMetadata, 'orientation' | 'isLossyWebp'>>;

const READERS: Record<ImageType, (bytes: Buffer) => Sides | undefined> = {
	'image/png': readPng,
	'image/jpeg': readJpeg,
	'image/webp': readWebp,
};

/**
 * Reads type, size and EXIF orientation of a PNG, JPEG or WebP file. Undefined for any other file, or if the header is
 * damaged or incomplete. Never throws.
 */
export function readImageMetadata(bytes: Buffer): ImageMetadata | undefined {
	const type = imageTypeOf(bytes);
	const sides = type && READERS[type](bytes);
	if (!type || !sides || sides.width < 1 || sides.height < 1) return undefined;
	return { type, orientation: 1, ...sides };
}

/** Returns the size of the image as it is displayed. */
export function uprightSize({ width, height, orientation }: ImageMetadata): Size {
	return orientation >= 5 ? { width: height, height: width } : { width, height };
}

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

/** Start Of Frame markers of all kinds. The other numbers of this range are tables (ITU T.81, table B.1). */
const isFrame = (marker: number) =>
	marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
const START_OF_SCAN = 0xda;
const APP1 = 0xe1;

/** Reads marker segments up to the first scan. The first segment that contains EXIF data counts. */
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

const VP8_START_CODE = 0x9d012a;
const VP8L_SIGNATURE = 0x2f;

const WEBP_CHUNKS: Record<string, ((payload: Buffer) => Sides | undefined) | undefined> = {
	VP8X: (payload) =>
		payload.length < 10
			? undefined
			: { width: payload.readUIntLE(4, 3) + 1, height: payload.readUIntLE(7, 3) + 1 },
	'VP8 ': (payload) =>
		payload.length < 6 || payload.readUIntBE(3, 3) !== VP8_START_CODE
			? undefined
			: bitstreamSize('VP8 ', payload),
	VP8L: (payload) => (payload[0] === VP8L_SIGNATURE ? bitstreamSize('VP8L', payload) : undefined),
};

/**
 * Reads a RIFF file: a simple file has one bitstream, an extended one (VP8X) has a size and further chunks (RFC 9649).
 */
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

/**
 * Returns the size that the bitstream in a chunk of a WebP file states (RFC 6386, 9.1, and RFC 9649), whatever its first
 * bytes are. Undefined for any other chunk, or if there are too few bytes.
 */
export function bitstreamSize(chunk: string, payload: Buffer): Size | undefined {
	// Three bytes of frame tag, a start code, then width and height of 14 bits each.
	if (chunk === 'VP8 ' && payload.length >= 10) {
		const [width, height] = [6, 8].map((at) => payload.readUInt16LE(at) & 0x3fff);
		return { width, height };
	}
	// A signature byte, then width - 1 and height - 1 of 14 bits each.
	if (chunk === 'VP8L' && payload.length >= 5) {
		const bits = payload.readUInt32LE(1);
		return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
	}
	return undefined;
}

function nameAt(bytes: Buffer, at: number): string {
	return bytes.toString('latin1', at, at + 4);
}

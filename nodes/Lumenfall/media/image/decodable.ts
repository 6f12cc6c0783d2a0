import { bitstreamSize, type ImageMetadata } from './imageMetadata';

/**
 * The header of an image may promise less than its decoder then finds. A file of a few kilobytes can make a decoder work for
 * minutes, fill gigabytes or crash, so its structure is checked first. Real files are far below these limits.
 */
const MAX_SCANS = 100;
const MAX_CHUNKS = 10_000;

/** Returns a copy of the file without what a decoder need not read, or undefined if decoding it may never end. */
export function decodablePart(file: Buffer, metadata: ImageMetadata): Buffer | undefined {
	switch (metadata.type) {
		case 'image/png':
			return withNeededChunks(file);
		case 'image/jpeg':
			return isHarmlessJpeg(file) ? file : undefined;
		case 'image/webp':
			return harmlessWebp(file, metadata);
	}
}

const PNG_SIGNATURE_BYTES = 8;
/** A color profile is compressed, and may be a gigabyte. Texts and animations are not needed either. */
const NEEDED_CHUNKS = ['IHDR', 'PLTE', 'tRNS', 'IDAT', 'IEND'];

function withNeededChunks(file: Buffer): Buffer | undefined {
	const parts = [file.subarray(0, PNG_SIGNATURE_BYTES)];
	let chunks = 0;
	for (let at = PNG_SIGNATURE_BYTES; at + 8 <= file.length; ) {
		const end = at + 12 + file.readUInt32BE(at);
		if (++chunks > MAX_CHUNKS) return undefined;
		const name = file.toString('latin1', at + 4, at + 8);
		if (NEEDED_CHUNKS.includes(name)) parts.push(file.subarray(at, end));
		// Some files have other data behind the image.
		if (name === 'IEND') break;
		at = end;
	}
	return Buffer.concat(parts);
}

const START_OF_SCAN = 0xda;
const END_OF_IMAGE = 0xd9;
const FILL = 0xff;

/** Markers that no segment follows: data that looks like one, the start of the image, and restarts (ITU T.81, table B.1). */
const isAlone = (marker: number) => marker === 0 || (marker >= 0xd0 && marker <= 0xd8);

/** A progressive JPEG is decoded once for each of its scans. What follows its end, such as the film of a phone, is not read. */
function isHarmlessJpeg(file: Buffer): boolean {
	let scans = 0;
	for (let at = 2; at + 4 <= file.length; ) {
		// Within the data of a scan, 0xff is followed by 0 or by the number of a restart.
		at = file.indexOf(0xff, at);
		if (at < 0 || at + 4 > file.length) break;
		const marker = file[at + 1];
		if (marker === END_OF_IMAGE) break;
		if (marker === START_OF_SCAN && ++scans > MAX_SCANS) return false;
		// The fill byte may be the first byte of the next marker.
		if (marker === FILL) at += 1;
		else if (isAlone(marker)) at += 2;
		else at += 2 + Math.max(2, file.readUInt16BE(at + 2));
	}
	return true;
}

/**
 * In an extended WebP, the bitstream has a size of its own, which must be that of the header. A frame of an animation
 * may be smaller.
 */
function harmlessWebp(file: Buffer, { width, height }: ImageMetadata): Buffer | undefined {
	let chunks = 0;
	let isAnimated = false;
	// The header has the length of the image. Some files have other data behind it.
	const image = file.subarray(0, 8 + file.readUInt32LE(4));
	for (let at = 12; at + 8 <= image.length; ) {
		if (++chunks > MAX_CHUNKS) return undefined;
		const name = image.toString('latin1', at, at + 4);
		const size = image.readUInt32LE(at + 4);
		const inner = bitstreamSize(name, image.subarray(at + 8, at + 8 + size));
		isAnimated ||= name === 'ANMF';
		if (inner && (inner.width > width || inner.height > height)) return undefined;
		if (inner && !isAnimated && (inner.width < width || inner.height < height)) return undefined;
		// A frame of an animation contains further chunks behind 16 bytes of its own.
		at += name === 'ANMF' ? 8 + 16 : 8 + size + (size % 2);
	}
	return image;
}

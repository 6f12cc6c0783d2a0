import { openCodec, type EncodedType } from './codec/photonCodec';
import { decodablePart } from './decodable';
import type { ImageMetadata, Size } from './imageMetadata';
import { drawResized, turnUpright, type Box, type Pixels } from './pixels';

/** How an image of another shape gets the size of the video: cropped at the edges, or padded with black bars. */
export type Fit = 'crop' | 'pad';

const BLACK = [0, 0, 0, 255];

/**
 * Returns an image file of exactly this size, with the image upright. A JPEG stays a JPEG. PNG and WebP become PNG,
 * which is lossless. A file that already has the size and orientation is returned unchanged.
 * @throws any error if the file cannot be decoded
 */
export async function fitImage(
	file: Buffer,
	metadata: ImageMetadata,
	target: Size,
	fit: Fit,
): Promise<{ bytes: Buffer; type: ImageMetadata['type'] }> {
	const isRight = metadata.width === target.width && metadata.height === target.height;
	if (isRight && metadata.orientation === 1) return { bytes: file, type: metadata.type };

	const part = decodablePart(file, metadata);
	if (!part) throw new Error('Decoding this file could block n8n');
	const codec = await openCodec();
	const stored = codec.decode(part);
	// Resized before it is rotated, because rotating a small image costs little.
	const isTurned = metadata.orientation >= 5;
	const size = isTurned ? { width: target.height, height: target.width } : target;
	const resized = resize(stored, metadata.isLossyWebp ? wholeBlocks(stored) : stored, size, fit);
	const type: EncodedType = metadata.type === 'image/jpeg' ? 'image/jpeg' : 'image/png';
	return { bytes: codec.encode(turnUpright(resized, metadata.orientation), type), type };
}

/**
 * Returns the size without incomplete blocks. The codec decodes the colors of blocks beyond the edge of a lossy WebP
 * file incorrectly, so up to 15 pixels on the right and at the bottom are cut off.
 */
function wholeBlocks({ width, height }: Size): Size {
	const whole = (side: number) => Math.max(side - (side % 16), Math.min(side, 16));
	return { width: whole(width), height: whole(height) };
}

/** @param part the part of the source that is used, from its upper left corner */
function resize(source: Pixels, part: Size, size: Size, fit: Fit): Pixels {
	const target: Pixels = { ...size, rgba: new Uint8Array(size.width * size.height * 4) };
	if (fit === 'crop') {
		drawResized(source, largestBox(part, size), target, boxOf(size));
	} else {
		for (let at = 0; at < target.rgba.length; at += 4) target.rgba.set(BLACK, at);
		drawResized(source, boxOf(part), target, wholePixels(largestBox(size, part)));
	}
	return target;
}

/** Returns the largest box of a shape that fits into an image, centered. */
function largestBox(image: Size, shape: Size): Box {
	const scale = Math.min(image.width / shape.width, image.height / shape.height);
	const [width, height] = [shape.width * scale, shape.height * scale];
	return { x: (image.width - width) / 2, y: (image.height - height) / 2, width, height };
}

function wholePixels({ x, y, width, height }: Box): Box {
	const [left, top] = [Math.floor(x), Math.floor(y)];
	return {
		x: left,
		y: top,
		width: Math.max(1, Math.round(width)),
		height: Math.max(1, Math.round(height)),
	};
}

function boxOf({ width, height }: Size): Box {
	return { x: 0, y: 0, width, height };
}

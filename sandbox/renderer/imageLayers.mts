import { createCanvas, loadImage, type Canvas } from '@napi-rs/canvas';
import type { FrameSize } from '../models/frameSize.mts';
import { frameCount, FRAMES_PER_SECOND, type Layer, type RenderRequest } from './renderRequest.mts';

/** Scales the image so that it covers the whole frame, without distortion. */
export async function coverFit({ width, height }: FrameSize, image: Buffer): Promise<Canvas> {
	const source = await loadImage(image);
	const canvas = createCanvas(width, height);
	const scale = Math.max(width / source.width, height / source.height);
	const [drawnWidth, drawnHeight] = [source.width * scale, source.height * scale];
	canvas
		.getContext('2d')
		.drawImage(
			source,
			(width - drawnWidth) / 2,
			(height - drawnHeight) / 2,
			drawnWidth,
			drawnHeight,
		);
	return canvas;
}

const CROSS_FADE_SECONDS = 1;

/** The last frame: fades in over everything else. At the end, only this image is visible. */
export async function endOn(image: Buffer, request: RenderRequest): Promise<Layer> {
	const frames = frameCount(request.seconds);
	const fading = Math.ceil(Math.min(CROSS_FADE_SECONDS * FRAMES_PER_SECOND, frames / 3));
	return {
		image: await coverFit(request, image),
		motion: `fade=t=in:s=0:n=${fading}:alpha=1`,
		startFrame: Math.max(0, frames - 1 - fading),
		x: '0',
		y: '0',
	};
}

// Between the prompt and the model's name, where the caption leaves space (as shares of the short side).
const THUMBNAIL_SHARE = 0.13;
const MARGIN_SHARE = 0.08;
const BOTTOM_SHARE = 0.24;

/** Shows the reference images in a row at the right edge. */
export async function showReferences(
	images: Buffer[],
	{ width, height }: RenderRequest,
	motion: string,
): Promise<Layer> {
	const shortSide = Math.min(width, height);
	const margin = shortSide * MARGIN_SHARE;
	const side = Math.min(shortSide * THUMBNAIL_SHARE, (width - 2 * margin) / images.length);
	const inner = even(side * 0.9);
	const row = createCanvas(even(side * images.length), inner);
	for (const [index, image] of images.entries()) {
		const thumbnail = await coverFit({ width: inner, height: inner }, image);
		row.getContext('2d').drawImage(thumbnail, even(index * side), 0);
	}
	return { image: row, motion, x: `W-w-${margin}`, y: `H-h-${shortSide * BOTTOM_SHARE}` };
}

// Color is stored for every second pixel, so an image with an odd size would lose its edge.
function even(pixels: number): number {
	return Math.max(2, Math.round(pixels / 2) * 2);
}

import { createCanvas, loadImage, type Canvas } from '@napi-rs/canvas';
import type { FrameSize } from '../frameSize.mts';
import { frameCount, framesPerSecond, type Layer, type VideoOrder } from './film.mts';

/** The picture in the size of the film: it covers the frame and is not stretched. */
export async function coverFit({ width, height }: FrameSize, image: Buffer): Promise<Canvas> {
	const picture = await loadImage(image);
	const canvas = createCanvas(width, height);
	const scale = Math.max(width / picture.width, height / picture.height);
	const [drawnWidth, drawnHeight] = [picture.width * scale, picture.height * scale];
	canvas
		.getContext('2d')
		.drawImage(
			picture,
			(width - drawnWidth) / 2,
			(height - drawnHeight) / 2,
			drawnWidth,
			drawnHeight,
		);
	return canvas;
}

const crossFadeSeconds = 1;

/** The last frame: fades in over everything else, and is alone in the end. */
export async function endOn(image: Buffer, order: VideoOrder): Promise<Layer> {
	const frames = frameCount(order.seconds);
	const fading = Math.ceil(Math.min(crossFadeSeconds * framesPerSecond, frames / 3));
	return {
		picture: await coverFit(order, image),
		motion: `fade=t=in:s=0:n=${fading}:alpha=1`,
		startFrame: Math.max(0, frames - 1 - fading),
		x: '0',
		y: '0',
	};
}

// Between the prompt and the model's name, where the caption leaves room (shares of the short side).
const thumbnailShare = 0.13;
const marginShare = 0.08;
const bottomShare = 0.24;

/** The reference pictures in a row at the right edge. */
export async function showReferences(
	images: Buffer[],
	{ width, height }: VideoOrder,
	motion: string,
): Promise<Layer> {
	const shortSide = Math.min(width, height);
	const margin = shortSide * marginShare;
	const side = Math.min(shortSide * thumbnailShare, (width - 2 * margin) / images.length);
	const inner = even(side * 0.9);
	const row = createCanvas(even(side * images.length), inner);
	for (const [index, image] of images.entries()) {
		const thumbnail = await coverFit({ width: inner, height: inner }, image);
		row.getContext('2d').drawImage(thumbnail, even(index * side), 0);
	}
	return { picture: row, motion, x: `W-w-${margin}`, y: `H-h-${shortSide * bottomShare}` };
}

// Colour is stored for every second pixel, so a still of odd size would lose its edge.
function even(pixels: number): number {
	return Math.max(2, Math.round(pixels / 2) * 2);
}

import { createCanvas, loadImage } from '@napi-rs/canvas';

/** Returns the same image with fewer bytes. */
export async function smallPng(png: Buffer): Promise<Buffer> {
	const image = await loadImage(png);
	const canvas = createCanvas(image.width, image.height);
	canvas.getContext('2d').drawImage(image, 0, 0);
	return await canvas.encode('png');
}

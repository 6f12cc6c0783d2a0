import { createCanvas, ImageData } from '@napi-rs/canvas';
import { filterFrame } from './probe.mts';

const variants: Record<string, { filter: string; format: 'webp' | 'jpeg' }> = {
	thumbnail: { filter: 'format=rgba', format: 'webp' },
	spritesheet: { filter: 'fps=1,scale=iw/4:-2,tile=5x4,format=rgba', format: 'jpeg' },
};

/** A still `thumbnail` (WebP), or a `spritesheet` with one small image per second (JPEG). */
export async function extractStill(
	videoPath: string,
	variant: string,
): Promise<{ mimeType: string; data: Buffer } | undefined> {
	const wanted = variants[variant];
	if (!wanted) return undefined;
	const { width, height, rgba } = await filterFrame(videoPath, wanted.filter);
	const canvas = createCanvas(width, height);
	const pixels = new Uint8ClampedArray(rgba);
	canvas.getContext('2d').putImageData(new ImageData(pixels, width, height), 0, 0);
	return { mimeType: `image/${wanted.format}`, data: await canvas.encode(wanted.format) };
}

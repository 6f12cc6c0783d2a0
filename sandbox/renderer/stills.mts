import { createCanvas, ImageData } from '@napi-rs/canvas';
import { filterFrame, firstFrame, lastFrame, type RgbaImage } from './probe.mts';

const variants: Record<string, { filter: string; format: 'webp' | 'jpeg' }> = {
	thumbnail: { filter: 'format=rgba', format: 'webp' },
	spritesheet: { filter: 'fps=1,scale=iw/4:-2,tile=5x4,format=rgba', format: 'jpeg' },
};

/** Returns the first or the last frame of a video as a PNG file. */
export async function framePng(video: Buffer | string, which: 'first' | 'last'): Promise<Buffer> {
	return await encodeStill(await (which === 'first' ? firstFrame : lastFrame)(video), 'png');
}

/** Returns a `thumbnail` (WebP), or a `spritesheet` with one small image per second (JPEG). */
export async function extractStill(
	videoPath: string,
	variant: string,
): Promise<{ mimeType: string; data: Buffer } | undefined> {
	const wanted = variants[variant];
	if (!wanted) return undefined;
	const still = await filterFrame(videoPath, wanted.filter);
	const data = await encodeStill(still, wanted.format);
	return { mimeType: `image/${wanted.format}`, data };
}

async function encodeStill(
	{ width, height, rgba }: RgbaImage,
	format: 'png' | 'webp' | 'jpeg',
): Promise<Buffer> {
	const canvas = createCanvas(width, height);
	const pixels = new Uint8ClampedArray(rgba);
	canvas.getContext('2d').putImageData(new ImageData(pixels, width, height), 0, 0);
	return format === 'png' ? await canvas.encode('png') : await canvas.encode(format as 'webp');
}

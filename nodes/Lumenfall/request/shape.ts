import { SHAPE_FIELDS } from './fields';
import type { VideoRequest } from './videoRequest';

/** Sizes, aspect ratios and resolutions of a video as numbers. */

/** The lines of the shorter side: 720 for `720p` and for `1280x720`. */
export function shortSideOf(text: string): number | undefined {
	const tier = /^(\d{3,4})p$/.exec(text);
	if (tier) return Number(tier[1]);
	const sides = sidesOf(text);
	return sides && Math.min(...sides);
}

/** Width by height: of `16:9` and of `1280x720`. */
export function ratioOf(text: string): number | undefined {
	const sides = sidesOf(text.replace(':', 'x'));
	return sides && sides[0] / sides[1];
}

/** Width and height of `1280x720`. */
export function sidesOf(text: string): [number, number] | undefined {
	const sides = /^([1-9]\d*)x([1-9]\d*)$/.exec(text);
	return sides ? [Number(sides[1]), Number(sides[2])] : undefined;
}

/** How far apart two sizes are: 0 for the same, and the same for twice as for half. */
export function distance(a: number, b: number): number {
	return Math.abs(Math.log(a / b));
}

/** The nearest of several, and of two equally near ones the smaller, which costs less. */
export function nearestOf<Value>(
	values: Value[],
	distanceOf: (value: Value) => number,
	sizeOf: (value: Value) => number,
): Value {
	return values.reduce((best, value) => {
		const gain = distanceOf(best) - distanceOf(value);
		const isBetter = Math.abs(gain) < 1e-9 ? sizeOf(value) < sizeOf(best) : gain > 0;
		return isBetter ? value : best;
	});
}

/** The short side in pixels of a resolution name, e.g. 720 for `720p`. */
const SHORT_SIDE = /^(\d{3,4})p$/;

/**
 * The pixel size of an aspect ratio at a resolution, e.g. `16:9` at `720p` is `1280x720`. Sides are even, as video
 * encoders need them.
 */
export function pixelSize(aspectRatio: string, resolution: string): string {
	const [wide, high] = aspectRatio.split(':').map(Number);
	const shortSide = Number(SHORT_SIDE.exec(resolution)?.[1]);
	const scale = shortSide / Math.min(wide, high);
	return `${even(wide * scale)}x${even(high * scale)}`;
}

/** What decides the pixels of a video. */
export interface Shape {
	/** `1280x720` and the like. */
	size?: string;
	/** `16:9` and the like. */
	aspectRatio?: string;
	/** `720p` and the like. */
	resolution?: string;
}

/** The tier of the contract's own default size (720x1280), for a ratio without a resolution. */
const DEFAULT_RESOLUTION = '720p';

/** The pixel size that was asked for; undefined where the shape is left to the model. */
export function requestedSize({ size, aspectRatio, resolution }: Shape): string | undefined {
	return size ?? (aspectRatio && pixelSize(aspectRatio, resolution ?? DEFAULT_RESOLUTION));
}

function even(pixels: number): number {
	return Math.round(pixels / 2) * 2;
}

/**
 * The pixel size the video will have; undefined where that is left to the model. Additional parameters win over the form
 * on the server, so a shape among them counts, or leaves it open.
 */
export function sizeOfVideo(request: VideoRequest): string | undefined {
	const { additionalParameters: raw } = request;
	if (!SHAPE_FIELDS.some((name) => name in raw)) return requestedSize(request);
	return typeof raw.size === 'string' && sidesOf(raw.size) ? raw.size : undefined;
}

/** The sizes of image and video, as far as they are known, for a message about them. */
export function sizesOf(request: VideoRequest): { imageSize?: string; videoSize?: string } {
	const metadata = request.image?.kind === 'file' ? request.image.metadata : undefined;
	const videoSize = sizeOfVideo(request);
	return {
		...(metadata && { imageSize: `${metadata.width}x${metadata.height}` }),
		...(videoSize && { videoSize }),
	};
}

import { SHAPE_FIELDS } from './additionalParameters';
import type { VideoRequest } from './videoRequest';

/** Sizes, aspect ratios and resolutions of a video as numbers. */

/** Returns the short side in pixels: 720 for `720p` and for `1280x720`. */
export function shortSideOf(text: string): number | undefined {
	const tier = /^(\d{3,4})p$/.exec(text);
	if (tier) return Number(tier[1]);
	const sides = sidesOf(text);
	return sides && Math.min(...sides);
}

/** Returns width divided by height, for `16:9` and for `1280x720`. */
export function ratioOf(text: string): number | undefined {
	const sides = sidesOf(text.replace(':', 'x'));
	return sides && sides[0] / sides[1];
}

/** Returns width and height of `1280x720`. */
export function sidesOf(text: string): [number, number] | undefined {
	const sides = /^([1-9]\d*)x([1-9]\d*)$/.exec(text);
	return sides ? [Number(sides[1]), Number(sides[2])] : undefined;
}

/** Measures how different two sizes are: 0 for equal sizes, and the same for twice and half the size. */
export function distance(a: number, b: number): number {
	return Math.abs(Math.log(a / b));
}

/** Returns the nearest value. If two are equally near, returns the smaller one, which costs less. */
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

/**
 * Returns the pixel size of an aspect ratio at a resolution, e.g. `1280x720` for `16:9` at `720p`. The sides are even,
 * as video encoders require.
 */
export function pixelSize(aspectRatio: string, resolution: string): string {
	const [wide, high] = aspectRatio.split(':').map(Number);
	const scale = Number(shortSideOf(resolution)) / Math.min(wide, high);
	return `${even(wide * scale)}x${even(high * scale)}`;
}

/** The fields that determine the pixel size of a video. */
export interface Shape {
	/** For example `1280x720`. */
	size?: string;
	/** For example `16:9`. */
	aspectRatio?: string;
	/** For example `720p`. */
	resolution?: string;
}

/** The resolution of the contract's default size (720x1280), for a ratio without a resolution. */
const DEFAULT_RESOLUTION = '720p';

/** Returns the requested pixel size. Undefined if the shape is left to the model. */
export function requestedSize({ size, aspectRatio, resolution }: Shape): string | undefined {
	return size ?? (aspectRatio && pixelSize(aspectRatio, resolution ?? DEFAULT_RESOLUTION));
}

function even(pixels: number): number {
	return Math.round(pixels / 2) * 2;
}

/**
 * Returns the pixel size that the video will have. Undefined if the model decides it. On the server, additional
 * parameters override the form, so a `size` among them is used, and any other shape makes the size unknown.
 */
export function sizeOfVideo(request: VideoRequest): string | undefined {
	const { additionalParameters: raw } = request;
	if (!SHAPE_FIELDS.some((name) => name in raw)) return requestedSize(request);
	return typeof raw.size === 'string' && sidesOf(raw.size) ? raw.size : undefined;
}

/** Returns the known sizes of image and video, for an error message about them. */
export function sizesOf(request: VideoRequest): { imageSize?: string; videoSize?: string } {
	const metadata = request.image?.kind === 'file' ? request.image.metadata : undefined;
	const videoSize = sizeOfVideo(request);
	return {
		...(metadata && { imageSize: `${metadata.width}x${metadata.height}` }),
		...(videoSize && { videoSize }),
	};
}

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

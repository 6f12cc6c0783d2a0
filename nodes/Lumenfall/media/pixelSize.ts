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

function even(pixels: number): number {
	return Math.round(pixels / 2) * 2;
}

import type { Size } from '../media/image/imageMetadata';
import type { Durations, ModelInfo } from './modelInfo';
import {
	pixelSize,
	shortSideOf,
	ratioOf,
	sidesOf,
	distance,
	nearestOf,
} from '../request/frameSize';

/**
 * Functions that return the nearest supported value. A value that is supported, or whose limits are unknown, is
 * returned unchanged.
 */

/** Durations in seconds. */
export function seconds(
	requested: number,
	{ values, min = 0, max = Infinity, whole }: Durations = {},
) {
	if (values?.length) return nearestOf(values, (value) => Math.abs(value - requested), Number);
	const within = Math.min(Math.max(requested, min), max);
	if (!whole || Number.isInteger(within)) return within;
	// If two whole numbers are equally near, uses the shorter duration.
	return Math.min(Math.max(Math.ceil(within - 0.5), Math.ceil(min)), Math.floor(max));
}

/** If two ratios are equally near, uses the first of the list. */
export function aspectRatio(requested: string, offered: string[] = []): string {
	const wanted = ratioOf(requested);
	const known = offered.filter((ratio) => ratioOf(ratio) !== undefined);
	if (wanted === undefined || known.length === 0) return requested;
	const distanceOf = (ratio: string) => distance(Number(ratioOf(ratio)), wanted);
	const best = nearestOf(known, distanceOf, (ratio) => known.indexOf(ratio));
	return distanceOf(best) < 1e-6 ? requested : best;
}

/** Resolutions are compared by their short side. */
export function resolution(requested: string, { resolutions, maxShortSide }: ModelInfo): string {
	const wanted = shortSideOf(requested);
	if (wanted === undefined) return requested;
	const known = (resolutions ?? []).filter((tier) => shortSideOf(tier) !== undefined);
	if (known.length > 0) {
		const lines = (tier: string) => Number(shortSideOf(tier));
		return nearestOf(known, (tier) => distance(lines(tier), wanted), lines);
	}
	return maxShortSide !== undefined && wanted > maxShortSide ? `${maxShortSide}p` : requested;
}

/** Nearly every model supports these. */
const COMMON_RATIOS = ['16:9', '9:16', '1:1'];

/**
 * Returns the ratio that crops or pads the image least.
 * @param offered the ratios of the model; the common ones are used if none is known
 */
export function ratioOfImage({ width, height }: Size, offered: string[] = []): string {
	const known = offered.filter((ratio) => ratioOf(ratio) !== undefined);
	const ratios = known.length > 0 ? known : COMMON_RATIOS;
	const distanceOf = (ratio: string) => distance(Number(ratioOf(ratio)), width / height);
	return nearestOf(ratios, distanceOf, (ratio) => ratios.indexOf(ratio));
}

const SHAPE_TOLERANCE = 0.03;

/** Limits that every video encoder supports, for a replaced size. */
const MIN_SHORT_SIDE = 128;
const MAX_SHORT_SIDE = 4320;

/**
 * A size token is returned unchanged. With a list of sizes, returns the nearest one in it. Without a list, a size is
 * supported if its shape and its area are. The shape may differ a little, because servers use whole pixels (1365x768
 * counts as 16:9, OpenAI's 1024x1792 as 9:16). The area may too: Lumenfall's size tokens are a little larger than the
 * video (docs/protocols/lumenfall.md#size-aspect-ratio-and-resolution).
 */
export function size(requested: string, info: ModelInfo): string {
	const sides = sidesOf(requested);
	if (!sides || info.sizeTokens?.includes(requested)) return requested;
	if (info.sizes) return nearestListed(sides, info.sizes) ?? requested;

	const shape = `${sides[0]}:${sides[1]}`;
	const offered = aspectRatio(shape, info.aspectRatios);
	const isOfShape = distance(Number(ratioOf(offered)), sides[0] / sides[1]) < SHAPE_TOLERANCE;
	const most = maxShortSideOf(info);
	if (isOfShape && isWithin(sides, most)) return requested;
	const lines = Math.min(Math.max(Math.min(...sides), MIN_SHORT_SIDE), MAX_SHORT_SIDE, most);
	return pixelSize(offered, resolution(`${lines}p`, info));
}

const AREA_TOLERANCE = 1.2;

function isWithin([width, height]: [number, number], lines: number): boolean {
	const shape = Math.max(width, height) / Math.min(width, height);
	return width * height <= lines ** 2 * Math.max(16 / 9, shape) * AREA_TOLERANCE;
}

function maxShortSideOf({ resolutions, maxShortSide = Infinity }: ModelInfo): number {
	const known = (resolutions ?? []).flatMap((tier) => shortSideOf(tier) ?? []);
	return known.length > 0 ? Math.max(...known) : maxShortSide;
}

function nearestListed([width, height]: [number, number], sizes: string[]): string | undefined {
	const known = sizes.filter((size) => sidesOf(size));
	if (known.length === 0) return undefined;
	const distanceOf = (size: string) => {
		const [wide, high] = sidesOf(size) ?? [1, 1];
		return distance(wide, width) + distance(high, height);
	};
	return nearestOf(known, distanceOf, (size) => Number(shortSideOf(size)));
}

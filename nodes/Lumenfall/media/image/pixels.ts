import type { Orientation } from './exifOrientation';
import type { Size } from './imageMetadata';

/** An image in memory: rows from the top, four bytes per pixel. */
export interface Pixels extends Size {
	/** Red, green, blue and opacity. */
	rgba: Uint8Array;
}

/** A part of an image. In the source, its edges may lie within pixels. */
export interface Box extends Size {
	x: number;
	y: number;
}

/** The weights of the source pixels in each target pixel, along one axis. */
interface Side {
	/** The first source pixel with a weight. */
	starts: number[];
	shares: Float32Array[];
}

/**
 * Draws a part of the source into a box of the target, enlarged or reduced. Each target pixel is the weighted mean of
 * the pixels under it (a tent filter as wide as the reduction), which avoids aliasing. Transparent pixels do not affect
 * the color of their neighbors.
 */
export function drawResized(source: Pixels, from: Box, target: Pixels, into: Box): void {
	const across = sharesOf(from.x, from.width, into.width, source.width);
	const down = sharesOf(from.y, from.height, into.height, source.height);
	const row = new Float32Array(into.width * 4);
	const sums = Array.from({ length: into.height }, () => undefined as Float32Array | undefined);

	// Row by row, so that only the current target rows are held as floating-point numbers.
	let first = 0;
	for (let y = down.starts[0]; first < into.height; y++) {
		shrinkRow(source, y, across, row);
		for (let line = first; line < into.height && down.starts[line] <= y; line++) {
			const share = down.shares[line][y - down.starts[line]];
			const sum = (sums[line] ??= new Float32Array(row.length));
			for (let index = 0; index < row.length; index++) sum[index] += row[index] * share;

			if (y === down.starts[line] + down.shares[line].length - 1) {
				writeRow(sum, target, into.x, into.y + line);
				sums[line] = undefined;
				first = line + 1;
			}
		}
	}
}

function sharesOf(from: number, length: number, pixels: number, limit: number): Side {
	const scale = length / pixels;
	const reach = Math.max(1, scale);
	const starts: number[] = [];
	const shares: Float32Array[] = [];
	for (let index = 0; index < pixels; index++) {
		const middle = from + (index + 0.5) * scale;
		const start = Math.max(0, Math.floor(middle - reach + 0.5));
		const end = Math.min(limit, Math.ceil(middle + reach - 0.5));
		const weights = Float32Array.from({ length: Math.max(1, end - start) }, (_, offset) =>
			Math.max(0, 1 - Math.abs(start + offset + 0.5 - middle) / reach),
		);
		const total = weights.reduce((sum, weight) => sum + weight, 0);
		starts.push(Math.min(start, limit - weights.length));
		shares.push(weights.map((weight) => (total > 0 ? weight / total : 1 / weights.length)));
	}
	return { starts, shares };
}

/** Reduces one source row to the width of the target. Colors are multiplied by opacity. */
function shrinkRow(source: Pixels, y: number, { starts, shares }: Side, row: Float32Array): void {
	const { rgba, width } = source;
	for (let x = 0; x < shares.length; x++) {
		// This loop reads every byte of the image, so it is optimized for speed.
		const own = shares[x];
		let at = (y * width + starts[x]) * 4;
		let red = 0;
		let green = 0;
		let blue = 0;
		let opacity = 0;
		for (let index = 0; index < own.length; index++, at += 4) {
			const weight = own[index] * rgba[at + 3];
			red += rgba[at] * weight;
			green += rgba[at + 1] * weight;
			blue += rgba[at + 2] * weight;
			opacity += weight;
		}
		row[x * 4] = red;
		row[x * 4 + 1] = green;
		row[x * 4 + 2] = blue;
		row[x * 4 + 3] = opacity;
	}
}

function writeRow(sum: Float32Array, target: Pixels, x: number, y: number): void {
	let at = (y * target.width + x) * 4;
	for (let index = 0; index < sum.length; index += 4) {
		const opacity = sum[index + 3];
		const scale = opacity > 0 ? 1 / opacity : 0;
		target.rgba[at] = Math.round(sum[index] * scale);
		target.rgba[at + 1] = Math.round(sum[index + 1] * scale);
		target.rgba[at + 2] = Math.round(sum[index + 2] * scale);
		target.rgba[at + 3] = Math.round(opacity);
		at += 4;
	}
}

/** Returns the image as it is displayed, from its stored pixels and orientation. */
export function turnUpright(stored: Pixels, orientation: Orientation): Pixels {
	if (orientation === 1) return stored;
	const isTurned = orientation >= 5;
	const [width, height] = isTurned ? [stored.height, stored.width] : [stored.width, stored.height];
	// In these orientations, the right or lower edge of the upright image is the first stored column or row.
	const fromRight = [2, 3, 6, 7].includes(orientation);
	const fromBottom = [3, 4, 7, 8].includes(orientation);

	const source = new Uint32Array(stored.rgba.slice().buffer);
	const upright = new Uint32Array(source.length);
	for (let y = 0; y < height; y++) {
		for (let x = 0; x < width; x++) {
			const column = fromRight ? width - 1 - x : x;
			const line = fromBottom ? height - 1 - y : y;
			upright[y * width + x] =
				source[isTurned ? column * stored.width + line : line * width + column];
		}
	}
	return { width, height, rgba: new Uint8Array(upright.buffer) };
}

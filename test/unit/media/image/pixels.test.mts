import fc from 'fast-check';
import {
	drawResized,
	turnUpright,
	type Pixels,
} from '../../../../nodes/Lumenfall/media/image/pixels';
import type { Orientation } from '../../../../nodes/Lumenfall/media/image/exifOrientation';

const side = fc.integer({ min: 1, max: 40 });
const color = fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255), fc.integer({ min: 1, max: 255 }));

function plain(width: number, height: number, rgba: number[]): Pixels {
	return {
		width,
		height,
		rgba: Uint8Array.from(
			Array(width * height)
				.fill(rgba)
				.flat(),
		),
	};
}

function blank(width: number, height: number): Pixels {
	return plain(width, height, [1, 2, 3, 4]);
}

const whole = ({ width, height }: Pixels) => ({ x: 0, y: 0, width, height });

test('a uniform color stays the same in any size, in every pixel', () => {
	fc.assert(
		fc.property(side, side, side, side, color, (width, height, wide, high, rgba) => {
			const target = blank(wide, high);
			const source = plain(width, height, rgba);
			drawResized(source, whole(source), target, whole(target));
			const differences = [...target.rgba].map((value, at) => Math.abs(value - rgba[at % 4]));
			expect(Math.max(...differences)).toBeLessThanOrEqual(1);
		}),
		{ numRuns: 300 },
	);
});

test('the same size is the same image', () => {
	fc.assert(
		fc.property(side, side, fc.nat(), (width, height, seed) => {
			const source = plain(width, height, [0, 0, 0, 255]);
			source.rgba.forEach((_, at) => at % 4 < 3 && (source.rgba[at] = (at * 31 + seed) % 256));
			const target = blank(width, height);
			drawResized(source, whole(source), target, whole(target));
			expect(target.rgba).toEqual(source.rgba);
		}),
	);
});

test('only the box is changed', () => {
	const target = blank(6, 5);
	const source = plain(30, 20, [200, 100, 50, 255]);
	drawResized(source, whole(source), target, { x: 2, y: 1, width: 3, height: 2 });
	for (let y = 0; y < 5; y++) {
		for (let x = 0; x < 6; x++) {
			const isInside = x >= 2 && x < 5 && y >= 1 && y < 3;
			const at = (y * 6 + x) * 4;
			expect([...target.rgba.subarray(at, at + 4)]).toEqual(
				isInside ? [200, 100, 50, 255] : [1, 2, 3, 4],
			);
		}
	}
});

test('fine stripes are averaged and do not alias', () => {
	const source = plain(300, 4, [0, 0, 0, 255]);
	for (let at = 0; at < source.rgba.length; at += 8) source.rgba.set([255, 255, 255], at);
	const target = blank(30, 2);
	drawResized(source, whole(source), target, whole(target));
	for (let at = 4; at < 26 * 4; at += 4) expect(Math.abs(target.rgba[at] - 127)).toBeLessThan(8);
});

test('transparent pixels do not affect the color of their neighbors', () => {
	const source = plain(2, 1, [255, 0, 0, 255]);
	source.rgba.set([0, 255, 0, 0], 4);
	const target = blank(1, 1);
	drawResized(source, whole(source), target, whole(target));
	expect([...target.rgba]).toEqual([255, 0, 0, 128]);
});

test('rotating keeps every pixel, and each orientation gives a different image', () => {
	const source = plain(3, 2, [0, 0, 0, 255]);
	for (let pixel = 0; pixel < 6; pixel++) source.rgba[pixel * 4] = pixel;
	const seen = ([1, 2, 3, 4, 5, 6, 7, 8] as Orientation[]).map((orientation) => {
		const { width, height, rgba } = turnUpright(source, orientation);
		const reds = [...rgba].filter((_, at) => at % 4 === 0);
		expect([...reds].sort()).toEqual([0, 1, 2, 3, 4, 5]);
		return `${width}x${height} ${reds.join('')}`;
	});
	// Worked out by hand from the table of EXIF 2.32.
	expect(seen).toEqual([
		'3x2 012345',
		'3x2 210543',
		'3x2 543210',
		'3x2 345012',
		'2x3 031425',
		'2x3 304152',
		'2x3 524130',
		'2x3 251403',
	]);
});

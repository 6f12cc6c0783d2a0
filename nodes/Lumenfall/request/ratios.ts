/** Sizes, ratios and resolutions as numbers. Each is undefined where the text is none. */

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

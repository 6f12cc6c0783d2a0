import type { Requested } from '../request/requested';
import type { ModelInfo, PriceTier } from './modelInfo';
import { shortSideOf } from '../request/shape';
import { roundUsd } from '../support/usd';

/** What a video costs, in USD. The two differ where the request leaves open what decides the price. */
export interface PriceRange {
	from: number;
	upTo: number;
}

/** What can decide a price. */
const CONDITIONS = ['resolution', 'audio', 'mode', 'provider'] as const;

/**
 * The price of a video by the model's known tiers, or undefined where these do not cover the request: a price that may
 * be wrong is no price.
 */
export function priceOf({ prices }: ModelInfo, requested: Requested): PriceRange | undefined {
	const wanted: Partial<PriceTier> = { ...requested, resolution: resolutionOf(requested) };
	const tiers = (prices ?? []).filter((tier) =>
		CONDITIONS.every(
			(name) =>
				tier[name] === undefined || wanted[name] === undefined || tier[name] === wanted[name],
		),
	);
	if (tiers.length === 0 || CONDITIONS.some((name) => isHalfKnown(name, tiers, wanted)))
		return undefined;

	const costs = tiers.map(({ usdPerSecond }) => roundUsd(usdPerSecond * requested.seconds));
	return { from: Math.min(...costs), upTo: Math.max(...costs) };
}

/** The price where it is one number. */
export function exactPrice(range: PriceRange | undefined): number | undefined {
	return range && range.from === range.upTo ? range.from : undefined;
}

/** What several videos cost together. */
export function totalOf(ranges: PriceRange[]): PriceRange {
	const sum = (amounts: number[]) => roundUsd(amounts.reduce((total, usd) => total + usd, 0));
	return {
		from: sum(ranges.map(({ from }) => from)),
		upTo: sum(ranges.map(({ upTo }) => upTo)),
	};
}

/** The least a video can cost where only the lowest price of its model is known. */
export function leastPrice({ startingPrice }: ModelInfo, seconds: number): number | undefined {
	return startingPrice === undefined ? undefined : roundUsd(startingPrice * seconds);
}

/** The request leaves a condition open and the tiers name only one of its values: the price of the others is unknown. */
function isHalfKnown(
	name: (typeof CONDITIONS)[number],
	tiers: PriceTier[],
	wanted: Partial<PriceTier>,
): boolean {
	if (wanted[name] !== undefined) return false;
	return new Set(tiers.flatMap((tier) => tier[name] ?? [])).size === 1;
}

function resolutionOf({ resolution, size }: Requested): string | undefined {
	if (!size) return resolution;
	const lines = shortSideOf(size);
	return lines === undefined ? undefined : `${lines}p`;
}

import type { Requirements } from '../request/requirements';
import type { ModelInfo, PriceTier } from './modelInfo';
import { shortSideOf } from '../request/frameSize';
import { roundUsd } from '../support/usd';

/** The price of a video in USD. The two values differ if the request does not determine the price. */
export interface PriceRange {
	from: number;
	upTo: number;
}

/** The conditions that a price can have. */
const CONDITIONS = ['resolution', 'audio', 'mode', 'provider'] as const;

/**
 * Returns the price of a video from the model's known tiers. Undefined if the tiers do not cover the request: no price
 * is better than a wrong one.
 */
export function priceOf({ prices }: ModelInfo, required: Requirements): PriceRange | undefined {
	const wanted: Partial<PriceTier> = { ...required, resolution: resolutionOf(required) };
	const tiers = (prices ?? []).filter((tier) =>
		CONDITIONS.every(
			(name) =>
				tier[name] === undefined || wanted[name] === undefined || tier[name] === wanted[name],
		),
	);
	if (tiers.length === 0 || CONDITIONS.some((name) => isHalfKnown(name, tiers, wanted)))
		return undefined;

	const seconds = required.seconds ?? required.sourceSeconds;
	if (seconds === undefined) return undefined;
	const costs = tiers.map(({ usdPerSecond }) => roundUsd(usdPerSecond * seconds));
	return { from: Math.min(...costs), upTo: Math.max(...costs) };
}

/** Returns the lowest price per second of the tiers, in USD. */
export function lowestOf(prices: PriceTier[]): number {
	return Math.min(...prices.map(({ usdPerSecond }) => usdPerSecond));
}

/** Returns the lowest price per second of a model in USD, if it is known. */
export function lowestPrice({ prices, startingPrice }: ModelInfo): number | undefined {
	return prices ? lowestOf(prices) : startingPrice;
}

/** Returns the price if it is one number. */
export function exactPrice(range: PriceRange | undefined): number | undefined {
	return range && range.from === range.upTo ? range.from : undefined;
}

/** Adds up the prices of several videos. */
export function totalOf(ranges: PriceRange[]): PriceRange {
	const sum = (amounts: number[]) => roundUsd(amounts.reduce((total, usd) => total + usd, 0));
	return {
		from: sum(ranges.map(({ from }) => from)),
		upTo: sum(ranges.map(({ upTo }) => upTo)),
	};
}

/** Returns the lowest possible price of a video, if only the lowest price per second is known. */
export function leastPrice({ startingPrice }: ModelInfo, seconds?: number): number | undefined {
	return startingPrice === undefined || seconds === undefined
		? undefined
		: roundUsd(startingPrice * seconds);
}

/**
 * Reports whether the request leaves a condition open for which the tiers have only one value. The price of the other
 * values is then unknown.
 */
function isHalfKnown(
	name: (typeof CONDITIONS)[number],
	tiers: PriceTier[],
	wanted: Partial<PriceTier>,
): boolean {
	if (wanted[name] !== undefined) return false;
	return new Set(tiers.flatMap((tier) => tier[name] ?? [])).size === 1;
}

function resolutionOf({ resolution, size }: Requirements): string | undefined {
	if (!size) return resolution;
	const lines = shortSideOf(size);
	return lines === undefined ? undefined : `${lines}p`;
}

import { z } from 'zod';
import { pick, type Fields } from './fields';
import { number } from './values';

/** An amount as servers write it: a number or digits as text. What is negative or not finite is no amount. */
export const amount = number;

/** An amount that may be below zero, as what is left on an account. */
export const signedAmount = z
	.union([
		z.number(),
		z
			.string()
			.trim()
			.regex(/^-?\d+(\.\d+)?$/)
			.transform(Number),
	])
	.refine(Number.isFinite)
	.optional()
	.catch(undefined);

/** Three letters in upper case, such as `USD`. */
export const currency = z
	.string()
	.trim()
	.regex(/^[a-z]{3}$/i)
	.transform((value) => value.toUpperCase())
	.optional()
	.catch(undefined);

export interface Cost {
	amount: number;
	currency?: string;
}

/** What a job has cost: the first amount that is one, and the currency that stands beside it. */
export function costIn(places: Array<Fields | undefined>): Cost | undefined {
	for (const place of places) {
		const dollars = pick(place, ['providerreportedcostusd', 'costusd', 'totalcostusd'], amount);
		if (dollars !== undefined) return { amount: dollars, currency: 'USD' };
		const value = pick(place, ['cost', 'totalcost'], amount);
		if (value === undefined) continue;
		const named = pick(place, ['costcurrency', 'currency'], currency);
		return { amount: value, ...(named && { currency: named }) };
	}
	return undefined;
}

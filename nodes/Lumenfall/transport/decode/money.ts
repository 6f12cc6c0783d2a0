import { z } from 'zod';
import { pick, type Fields } from './fields';
import { number } from './values';

/** An amount, as a number or as digits in a text. Negative and infinite values count as absent. */
export const amount = number;

/** An amount that may be negative, such as an account balance. */
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

/** Three letters, returned in upper case, such as `USD`. */
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

/** Returns the cost of a job: the first valid amount, and the currency next to it. */
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

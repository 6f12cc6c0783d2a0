import { z } from 'zod';
import { pick, type Fields } from './jsonFields';
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

/** A currency, such as `USD`, or another unit of the server, such as `CREDITS`. In upper case. */
export const currency = z
	.string()
	.trim()
	.min(1)
	.max(12)
	.transform((value) => (/^(us)?\$$/i.test(value) ? 'USD' : value.toUpperCase()))
	.optional()
	.catch(undefined);

export interface Cost {
	amount: number;
	currency?: string;
}

const CURRENCY_FIELDS = ['costcurrency', 'currency', 'currencycode', 'costunit', 'unit'];

/** Returns the cost of a job: the first valid amount, and the currency next to it, else one elsewhere. */
export function costIn(places: Array<Fields | undefined>): Cost | undefined {
	for (const place of places) {
		const dollars = pick(place, ['providerreportedcostusd', 'costusd', 'totalcostusd'], amount);
		if (dollars !== undefined) return { amount: dollars, currency: 'USD' };
		const value = pick(place, ['cost', 'totalcost'], amount);
		if (value === undefined) continue;
		const named = [place, ...places].map((one) => pick(one, CURRENCY_FIELDS, currency));
		const found = named.find((one) => one !== undefined);
		return { amount: value, ...(found !== undefined && { currency: found }) };
	}
	return undefined;
}

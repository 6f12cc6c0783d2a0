import { z } from 'zod';
import { fieldsOf, pick, valuesOf, type Fields } from './jsonFields';
import { number, text } from './values';

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
export function costIn(mayBePlaces: Array<Fields | undefined>): Cost | undefined {
	const places = mayBePlaces.filter((place) => place !== undefined);
	for (const place of places) {
		const dollars = pick(place, ['providerreportedcostusd', 'costusd', 'totalcostusd'], amount);
		if (dollars !== undefined) return { amount: dollars, currency: 'USD' };
		const found = costInFields(place);
		if (found?.currency) return found;
		if (!found) continue;
		const named = [place, ...places].map((one) => pick(one, CURRENCY_FIELDS, currency));
		const unit = named.find((one) => one !== undefined);
		return { ...found, ...(unit !== undefined && { currency: unit }) };
	}
	return undefined;
}

const COST_FIELDS = ['cost', 'totalcost'];
const IN_DOLLARS = /^(?:usd|(?:us)?\$)\s?(\d+(?:\.\d+)?)$|^(\d+(?:\.\d+)?)\s?(?:usd|\$)$/i;

/** Returns the cost in one object: a number, `$0.40`, or `{ "amount": 0.4, "currency": "EUR" }`. */
function costInFields(fields: Fields): Cost | undefined {
	const value = pick(fields, COST_FIELDS, amount);
	if (value !== undefined) return { amount: value };
	const [, before, behind] = IN_DOLLARS.exec(pick(fields, COST_FIELDS, text)?.trim() ?? '') ?? [];
	if (before ?? behind) return { amount: Number(before ?? behind), currency: 'USD' };
	const nested = valuesOf(fields, COST_FIELDS).map(fieldsOf).find(Boolean);
	const inner = pick(nested, ['amount', 'value', 'total'], amount);
	const unit = pick(nested, CURRENCY_FIELDS, currency);
	return inner === undefined || unit === undefined ? undefined : { amount: inner, currency: unit };
}

import { z } from 'zod';
import { withoutUndefined } from '../../support/withoutUndefined';
import { Fields, pickIn } from './fields';
import { nonNegative, number, numberWritten } from './values';

/** An amount, as a number or as digits in a text. Negative and infinite values count as absent. */
export const amount = number;

/** An amount that may be negative, such as an account balance. */
export const signedAmount = numberWritten(/^-?\d+(\.\d+)?$/)
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

interface Cost {
	amount: number;
	currency?: string;
}

const COST_FIELDS = ['cost', 'totalcost'];
const COST_FIELDS_IN_DOLLARS = ['providerreportedcostusd', 'costusd', 'totalcostusd'];
const CURRENCY_FIELDS = ['costcurrency', 'currency', 'currencycode', 'costunit', 'unit'];
const IN_DOLLARS = /^(?:(?:usd|(?:us)?\$)\s?\d+(?:\.\d+)?|\d+(?:\.\d+)?\s?(?:usd|\$))$/i;

/** No video costs more in any currency, and sums of larger numbers would lose the cents. */
const MAX_COST = 1e9;
const costAmount = nonNegative.refine((value) => value < MAX_COST);
const plainCost = costAmount.transform((value): Cost => ({ amount: value }));
const costInDollars = costAmount.transform((value): Cost => ({ amount: value, currency: 'USD' }));
/** A number, `$0.40`, or `{ "amount": 0.4, "currency": "EUR" }`. */
const cost = z.union([
	plainCost,
	z
		.string()
		.trim()
		.regex(IN_DOLLARS)
		.transform((value) => value.replace(/[^\d.]/g, ''))
		.pipe(costInDollars),
	z.unknown().transform(costInObject),
]);

function costInObject(value: unknown): Cost | undefined {
	const fields = Fields.of(value);
	const inner = fields?.pick(['amount', 'value', 'total'], costAmount);
	const unit = fields?.pick(CURRENCY_FIELDS, currency);
	return inner === undefined || unit === undefined ? undefined : { amount: inner, currency: unit };
}

/** Returns the cost of a job: the first valid amount, and the currency next to it, else one elsewhere. */
export function costIn(places: Fields[]): Cost | undefined {
	for (const place of places) {
		const found =
			place.pick(COST_FIELDS_IN_DOLLARS, costInDollars) ?? place.pick(COST_FIELDS, cost);
		if (!found) continue;
		if (found.currency !== undefined) return found;
		const unit = pickIn([place, ...places], CURRENCY_FIELDS, currency);
		return withoutUndefined<Cost>({ ...found, currency: unit });
	}
	return undefined;
}

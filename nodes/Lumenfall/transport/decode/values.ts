import { z } from 'zod';

/** Schemas of the values that servers send. A value of the wrong type counts as absent. */

/** Longer than any prompt. Longer text is truncated. */
const MAX_TEXT = 32_000;
/** The year 2286. */
const MAX_TIME_MS = 1e13;

export const text = z
	.union([z.string(), z.number()])
	.transform((value) => String(value).slice(0, MAX_TEXT))
	.refine((value) => value !== '')
	.optional()
	.catch(undefined);

/** A number, or the same as digits in a text. */
export function numberWritten(digits: RegExp) {
	return z
		.union([z.number(), z.string().trim().regex(digits).transform(Number)])
		.refine(Number.isFinite);
}

const numeric = numberWritten(/^\d+(\.\d+)?$/);

/** Zero or more, as a number or as digits in a text. */
export const nonNegative = numeric.refine((value) => value >= 0);

/** The same, and any other value counts as absent. */
export const number = nonNegative.optional().catch(undefined);

/** Milliseconds since 1970, from a number of any unit or from a date. */
export const time = z
	.union([numeric, z.string().transform((value) => Date.parse(inUtc(value)) / 1000)])
	.refine((value) => value > 0)
	.transform(toMilliseconds)
	.refine((value) => value < MAX_TIME_MS)
	.optional()
	.catch(undefined);

export const words = z.array(z.string()).optional().catch(undefined);

/** Percent, from `33`, `"33"`, `"33%"` or `0.33`. A value of 1 means one percent. */
export const percent = z
	.preprocess(
		(value) => (typeof value === 'string' ? value.trim().replace(/%$/, '') : value),
		numeric,
	)
	.refine((value) => value >= 0)
	.transform((value) => (value > 0 && value < 1 ? value * 100 : Math.min(value, 100)))
	.optional()
	.catch(undefined);

/** A date with a time and no zone, as Python writes UTC. JavaScript would read it as local time. */
const WITHOUT_ZONE = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?)$/;

function inUtc(date: string): string {
	return date.trim().replace(WITHOUT_ZONE, '$1T$2Z');
}

/**
 * Some relays send milliseconds, microseconds or nanoseconds, although the contract requires seconds. The limits are below
 * the year 1999, so that the last second of the year 9999, which means never, is in no unit a time of the past.
 */
function toMilliseconds(value: number): number {
	const units = [9e17, 9e14, 9e11].filter((least) => value > least).length;
	return Math.round(value * 1000 ** (1 - units));
}

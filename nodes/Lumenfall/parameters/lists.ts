import { jsonParse } from 'n8n-workflow';
import { z } from 'zod';
import { inputErrors } from './inputErrors';
import { identifierOf, isEmpty, isRecord, wordAmong } from './values';

/**
 * Readers of lists. Expressions and agents write lists in many ways: an array, text with commas or lines, JSON, a list
 * of items.
 */

const COMMAS_AND_LINES = /[,;\n]/;

/** Reads names or IDs from an array, JSON or text. Empty ones are left out. */
export function nameList(parameter: string, separator = COMMAS_AND_LINES) {
	return z.unknown().transform((value): string[] =>
		partsOf(value, (line) => line.split(separator))
			.map((part) => {
				const name = identifierOf(part);
				if (name === undefined) throw inputErrors.badOption(parameter, value, 'IDs as a list');
				return name;
			})
			.filter(Boolean),
	);
}

/** Reads a list of public URLs. A comma in a URL must be written as `%2C`. */
export function urlList(parameter: string) {
	return nameList(parameter).transform((urls) =>
		urls.map((url) => {
			if (!/^https?:\/\/[^\s/]+\S*$/i.test(url)) throw inputErrors.badReferenceUrl(parameter, url);
			return url;
		}),
	);
}

/** Reads any number of the allowed values. */
export function choiceList<Value extends string>(parameter: string, values: readonly Value[]) {
	return nameList(parameter).transform((names) =>
		names.map((name): Value => {
			const known = wordAmong(values, name);
			if (known) return known;
			throw inputErrors.badOption(parameter, name, `one of ${values.join(', ')}`);
		}),
	);
}

/**
 * Returns the parts of a list, or of a nested list. A single value becomes a list of one.
 * @param split separates the parts of a text
 */
export function partsOf(value: unknown, split: (text: string) => unknown[]): unknown[] {
	if (isEmpty(value)) return [];
	if (typeof value !== 'string') return [value].flat(2);
	const parsed = /^\s*[[{]/.test(value)
		? jsonParse<unknown>(value, { fallbackValue: null })
		: undefined;
	return Array.isArray(parsed) || isRecord(parsed) ? [parsed].flat(2) : split(value);
}

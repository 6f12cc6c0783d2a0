import { jsonParse } from 'n8n-workflow';
import { z } from 'zod';
import { inputErrors } from './inputErrors';
import { identifierOf, isEmpty, isRecord, wordAmong } from './values';

/** Readers of lists. Expressions and agents write them in many ways: a real list, commas, lines, JSON, a list of items. */

const COMMAS_AND_LINES = /[,;\n]/;

/** Names or IDs as a list, as JSON, or in one text. Empty ones are left out. */
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

/** Some of the values of a list. */
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
 * The parts of a list, or of a list of lists. A single value is a list of one.
 * @param split separates the parts of one text
 */
export function partsOf(value: unknown, split: (text: string) => unknown[]): unknown[] {
	if (isEmpty(value)) return [];
	if (typeof value !== 'string') return [value].flat(2);
	const parsed = /^\s*[[{]/.test(value)
		? jsonParse<unknown>(value, { fallbackValue: null })
		: undefined;
	return Array.isArray(parsed) || isRecord(parsed) ? [parsed].flat(2) : split(value);
}

import { jsonParse, type IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import { inputErrors } from './inputErrors';

/**
 * Readers of single values. What a user may type, a sheet, an expression or an AI agent may deliver: a number or boolean as
 * text, stray blanks and capitals, an empty cell for nothing, JSON as text. What cannot be understood is refused by the
 * display name of its field.
 */

/** Text without blanks around it. Nothing is an empty text; a date is its ISO form. */
export function text(parameter: string) {
	return z.unknown().transform((value): string => {
		const plain = textOf(value);
		if (plain === undefined) throw inputErrors.badOption(parameter, value, 'text');
		return plain;
	});
}

/** The same, or undefined where there is none. */
export function optionalText(parameter: string) {
	return text(parameter).transform((value) => value || undefined);
}

/** A value as text, or undefined if it has none: a list, an object, NaN. */
export function textOf(value: unknown): string | undefined {
	if (value === undefined || value === null) return '';
	if (typeof value === 'string') return value.trim();
	if (typeof value === 'number') return Number.isFinite(value) ? String(value) : undefined;
	if (typeof value === 'boolean' || typeof value === 'bigint') return String(value);
	return typeof value === 'object' ? dateTextOf(value) : undefined;
}

/** Dates, also those of Luxon (`$now`), say in JSON what they are. */
function dateTextOf(value: object & { toJSON?: unknown }): string | undefined {
	if (typeof value.toJSON !== 'function') return undefined;
	const json = (value.toJSON as () => unknown)();
	return typeof json === 'string' ? json : undefined;
}

/** Whether a cell, an expression or an agent delivered nothing. */
export function isEmpty(value: unknown): boolean {
	return value === undefined || value === null || (typeof value === 'string' && !value.trim());
}

/** An ID or a name, as text or in an object that has it: a resource locator, an item of a list of models or videos. */
export function identifier(parameter: string) {
	return z.unknown().transform((value): string => {
		const found = identifierOf(value);
		if (found === undefined) throw inputErrors.badOption(parameter, value, 'an ID');
		return found;
	});
}

const PLACES_OF_IDS = ['value', 'id', 'model', 'json'];
/** An item of n8n has a resource locator at most this deep. */
const MAX_DEPTH = 3;

/** The ID a value has. Undefined where it cannot have one. */
export function identifierOf(value: unknown, depth = 0): string | undefined {
	const plain = textOf(value);
	if (plain !== undefined || !isRecord(value) || depth === MAX_DEPTH) return plain;
	const place = PLACES_OF_IDS.find((name) => name in value);
	return place && identifierOf(value[place], depth + 1);
}

/** An object that is not a list. */
export function isRecord(value: unknown): value is IDataObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const YES = ['true', 'yes', 'y', 'on', '1'];
const NO = ['false', 'no', 'n', 'off', '0'];

/** True or false, or undefined for an empty value. */
export function flag(parameter: string) {
	return z.unknown().transform((value): boolean | undefined => {
		if (isEmpty(value)) return undefined;
		const word = textOf(value)?.toLowerCase() ?? '';
		if (YES.includes(word)) return true;
		if (NO.includes(word)) return false;
		throw inputErrors.badOption(parameter, value, 'true or false');
	});
}

/** One of the values of a list, or undefined for an empty value. Capitals, blanks, hyphens and underscores do not matter. */
export function choice<Value extends string>(parameter: string, values: readonly Value[]) {
	return z.unknown().transform((value): Value | undefined => {
		if (isEmpty(value)) return undefined;
		const known = wordAmong(values, textOf(value) ?? '');
		if (known) return known;
		throw inputErrors.badOption(parameter, value, `one of ${values.join(', ')}`);
	});
}

/** The word of a list that a text means. */
export function wordAmong<Value extends string>(
	values: readonly Value[],
	given: string,
): Value | undefined {
	const letters = (word: string) => word.toLowerCase().replace(/[\s_-]/g, '');
	return values.find((value) => letters(value) === letters(given));
}

/** What a number may be. */
export interface NumberRange {
	min: number;
	max: number;
	isWhole?: boolean;
	/** The unit that may stand with it, e.g. in `8 s`. */
	unit?: Unit;
	/** Completes "Enter …". */
	expected: string;
}

/** A number in a range, or undefined for an empty value. */
export function optionalNumber(parameter: string, range: NumberRange) {
	const { min, max, isWhole = false, unit, expected } = range;
	return z.unknown().transform((value): number | undefined => {
		if (isEmpty(value)) return undefined;
		const number = numberOf(value, unit);
		const isInRange = number !== undefined && number >= min && number <= max;
		if (isInRange && (!isWhole || Number.isInteger(number))) return number;
		throw inputErrors.badOption(parameter, value, expected);
	});
}

const UNITS = {
	seconds: /\s*(?:s|secs?|seconds?)$/i,
	minutes: /\s*(?:m|mins?|minutes?)$/i,
	usd: /^(?:\$|usd)\s*|\s*(?:\$|usd)$/i,
};
export type Unit = keyof typeof UNITS;

const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;
/** A comma that can only be a decimal one: `0,5` and `7,25`. `1,000` could be one or a thousand, so it is refused. */
const DECIMAL_COMMA = /^[+-]?(?:0,\d+|\d+,\d{1,2})$/;

/**
 * A number, also as text, with its unit or with a decimal comma. Undefined for anything else, such as `0x10`, true or an
 * empty text.
 */
export function numberOf(value: unknown, unit?: Unit): number | undefined {
	if (!['number', 'bigint', 'string'].includes(typeof value)) return undefined;
	const given = textOf(value) ?? '';
	const plain = unit ? given.replace(UNITS[unit], '') : given;
	const decimal = DECIMAL_COMMA.test(plain) ? plain.replace(',', '.') : plain;
	const number = DECIMAL.test(decimal) ? Number(decimal) : Number.NaN;
	return Number.isFinite(number) ? number : undefined;
}

/** A JSON object, as an object or as text. Nothing is an empty object. */
export function jsonObject(parameter: string) {
	return z.unknown().transform((value): IDataObject => {
		if (isEmpty(value)) return {};
		const parsed =
			typeof value === 'string' ? jsonParse<unknown>(value, { fallbackValue: null }) : value;
		if (!isRecord(parsed) || textOf(parsed) !== undefined) throw inputErrors.badJson(parameter);
		return parsed;
	});
}

import { jsonParse, type IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import { inputErrors } from './inputErrors';

/**
 * Readers of single values. They accept a value as typed, and as a spreadsheet, an expression or an AI agent delivers
 * it: a number or boolean as text, extra spaces, another case, an empty cell, JSON as text. A value that cannot be
 * interpreted is refused with the display name of its field.
 */

/** Reads text, without surrounding spaces. An empty value is an empty text. A date becomes its ISO form. */
export function text(parameter: string) {
	return z.unknown().transform((value): string => {
		const plain = textOf(value);
		if (plain === undefined) throw inputErrors.badOption(parameter, value, 'text');
		return plain;
	});
}

/** Reads text. Undefined if it is empty. */
export function optionalText(parameter: string) {
	return text(parameter).transform((value) => value || undefined);
}

/** Returns a value as text. Undefined for a list, an object or NaN. */
export function textOf(value: unknown): string | undefined {
	if (value === undefined || value === null) return '';
	if (typeof value === 'string') return value.trim();
	if (typeof value === 'number') return Number.isFinite(value) ? String(value) : undefined;
	if (typeof value === 'boolean' || typeof value === 'bigint') return String(value);
	return typeof value === 'object' ? dateTextOf(value) : undefined;
}

/** Returns the ISO form of a date, also of a Luxon date (`$now`). */
function dateTextOf(value: object & { toJSON?: unknown }): string | undefined {
	if (typeof value.toJSON !== 'function') return undefined;
	const json = (value.toJSON as () => unknown)();
	return typeof json === 'string' ? json : undefined;
}

/** Whether a cell, an expression or an agent delivered no value. */
export function isEmpty(value: unknown): boolean {
	return value === undefined || value === null || (typeof value === 'string' && !value.trim());
}

/**
 * Reads an ID or a name, as text or in an object that contains it: a resource locator, or an item of a list of models
 * or videos.
 */
export function identifier(parameter: string) {
	return z.unknown().transform((value): string => {
		const found = identifierOf(value);
		if (found === undefined) throw inputErrors.badOption(parameter, value, 'an ID');
		return found;
	});
}

const PLACES_OF_IDS = ['value', 'id', 'model', 'json'];
/** An item of n8n contains a resource locator at this depth at most. */
const MAX_DEPTH = 3;

/** Returns the ID in a value. Undefined if the value cannot contain one. */
export function identifierOf(value: unknown, depth = 0): string | undefined {
	const plain = textOf(value);
	if (plain !== undefined || !isRecord(value) || depth === MAX_DEPTH) return plain;
	const place = PLACES_OF_IDS.find((name) => name in value);
	return place && identifierOf(value[place], depth + 1);
}

/** Whether a value is an object and not a list. */
export function isRecord(value: unknown): value is IDataObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Also the words of spreadsheets in German, French, Spanish, Italian, Portuguese and Dutch. */
const YES = [
	...['true', 'yes', 'y', 'on', '1', '1.0', 'wahr', 'ja', 'vrai', 'oui', 'verdadero'],
	...['sí', 'si', 'vero', 'sì', 'verdadeiro', 'sim', 'waar'],
];
const NO = [
	...['false', 'no', 'n', 'off', '0', '0.0', 'falsch', 'nein', 'faux', 'non', 'falso'],
	...['não', 'onwaar', 'nee'],
];

/** Reads true or false. Undefined for an empty value. */
export function flag(parameter: string) {
	return z.unknown().transform((value): boolean | undefined => {
		if (isEmpty(value)) return undefined;
		const word = textOf(value)?.toLowerCase() ?? '';
		if (YES.includes(word)) return true;
		if (NO.includes(word)) return false;
		throw inputErrors.badOption(parameter, value, 'true or false');
	});
}

/** Reads one of the allowed values. Undefined for an empty value. Case, spaces, hyphens and underscores are ignored. */
export function choice<Value extends string>(parameter: string, values: readonly Value[]) {
	return z.unknown().transform((value): Value | undefined => {
		if (isEmpty(value)) return undefined;
		const known = wordAmong(values, textOf(value) ?? '');
		if (known) return known;
		throw inputErrors.badOption(parameter, value, `one of ${values.join(', ')}`);
	});
}

/** Returns the value of a list that matches a text. */
export function wordAmong<Value extends string>(
	values: readonly Value[],
	given: string,
): Value | undefined {
	const letters = (word: string) => word.toLowerCase().replace(/[\s_-]/g, '');
	return values.find((value) => letters(value) === letters(given));
}

/** The allowed numbers. */
export interface NumberRange {
	min: number;
	max: number;
	isWhole?: boolean;
	/** Unit that may follow or precede the number, e.g. `8 s`. */
	unit?: Unit;
	/** Completes "Enter …". */
	expected: string;
}

/** Reads a number in a range. Undefined for an empty value. */
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
	hours: /\s*(?:h|hrs?|hours?)$/i,
	minutes: /\s*(?:m|mins?|minutes?)$/i,
	usd: /^(?:\$|usd)\s*|\s*(?:\$|usd)$/i,
};
export type Unit = keyof typeof UNITS;

const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;
/** A comma that can only be a decimal separator: `0,5` and `7,25`. `1,000` is ambiguous, so it is refused. */
const DECIMAL_COMMA = /^[+-]?(?:0,\d+|\d+,\d{1,2})$/;

/**
 * Returns a number, also from text, with a unit or with a decimal comma. Undefined for anything else, such as `0x10`,
 * true or an empty text.
 */
export function numberOf(value: unknown, unit?: Unit): number | undefined {
	if (!['number', 'bigint', 'string'].includes(typeof value)) return undefined;
	// Digits of full width, as East Asian keyboards write them, become ordinary ones.
	const given = (textOf(value) ?? '').normalize('NFKC');
	const plain = unit ? given.replace(UNITS[unit], '') : given;
	const decimal = DECIMAL_COMMA.test(plain) ? plain.replace(',', '.') : plain;
	const number = DECIMAL.test(decimal) ? Number(decimal) : Number.NaN;
	return Number.isFinite(number) ? number : undefined;
}

/** Unix times from this number (the year 2001) are in seconds. */
const LEAST_SECONDS = 1_000_000_000;
/** Unix times from this number (the year 1973) are in milliseconds. Seconds reach it in the year 5138. */
const LEAST_MILLISECONDS = 100_000_000_000;
/** Spreadsheets count days since 1899-12-30. These numbers are from 1954 to 2064. */
const SHEET_DAYS = { from: 20_000, to: 60_000, of1970: 25_569 };
/** A date without separators. As a number, it would be a time in 1970. */
const COMPACT_DATE = /^(\d{4})(\d\d)(\d\d)$/;

/**
 * Reads a time, in milliseconds since 1970. Undefined for an empty value. Accepts a date, ISO text, a Unix time in
 * seconds or milliseconds, and the number of a spreadsheet's date.
 */
export function optionalTime(parameter: string) {
	return z.unknown().transform((value): number | undefined => {
		if (isEmpty(value)) return undefined;
		const time = timeOf(value);
		if (Number.isFinite(time)) return time;
		throw inputErrors.badOption(parameter, value, 'a date, e.g. 2026-11-28T10:00:00Z');
	});
}

function timeOf(value: unknown): number {
	const given = textOf(value) ?? '';
	const number = COMPACT_DATE.test(given) ? undefined : numberOf(value);
	if (number === undefined) return Date.parse(given.replace(COMPACT_DATE, '$1-$2-$3'));
	if (number >= LEAST_MILLISECONDS) return number;
	if (number >= LEAST_SECONDS) return number * 1000;
	const isSheetDate = number >= SHEET_DAYS.from && number < SHEET_DAYS.to;
	return isSheetDate ? Math.round((number - SHEET_DAYS.of1970) * 86_400_000) : Number.NaN;
}

/** Reads a JSON object, as an object or as text. An empty value is an empty object. */
export function jsonObject(parameter: string) {
	return z.unknown().transform((value): IDataObject => {
		if (isEmpty(value)) return {};
		const parsed =
			typeof value === 'string' ? jsonParse<unknown>(value, { fallbackValue: null }) : value;
		if (!isRecord(parsed) || textOf(parsed) !== undefined) throw inputErrors.badJson(parameter);
		return parsed;
	});
}

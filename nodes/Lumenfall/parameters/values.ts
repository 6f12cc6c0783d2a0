import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import { isRecord } from '../support/isRecord';
import { inputErrors } from './inputErrors';
import { parseJsonText } from './jsonText';
import { NO, plainDigits, UNITS, YES, type Unit } from './localWords';

/**
 * Readers of single values. They accept a value as typed, and as a spreadsheet, an expression or an AI agent delivers
 * it: a number or boolean as text, extra spaces, another case, an empty cell, JSON as text. A value that cannot be
 * interpreted is refused with the display name of its field.
 */

/** Returns the only entry of a list. Airtable returns a list for each linked cell. Returns any other value unchanged. */
export function onlyEntry(value: unknown): unknown {
	if (!Array.isArray(value) || value.length !== 1) return value;
	const [entry] = value as unknown[];
	return Array.isArray(entry) ? value : entry;
}

/** The value of one cell. */
export const cell = z.unknown().transform(onlyEntry);

/** Reads text, without surrounding spaces. An empty value is an empty text. A date becomes its ISO form. */
export function text(parameter: string) {
	return cell.transform((value): string => {
		const plain = textOf(value);
		if (plain === undefined) throw inputErrors.badOption(parameter, value, 'text');
		return plain;
	});
}

/** Reads text. Undefined if it is empty. */
export function optionalText(parameter: string) {
	return text(parameter).transform((value) => value || undefined);
}

const BLANK = /[\s\u200b-\u200f\u2060]/;

/**
 * Removes spaces and invisible characters around a value that was copied from a page or a chat. A loop, because a regular
 * expression takes seconds for thousands of spaces inside of a text.
 */
function trimmed(text: string): string {
	let [start, end] = [0, text.length];
	while (start < end && BLANK.test(text[start])) start++;
	while (end > start && BLANK.test(text[end - 1])) end--;
	return text.slice(start, end);
}

/** Returns a value as text. Undefined for a list, an object or NaN. */
export function textOf(value: unknown): string | undefined {
	if (value === undefined || value === null) return '';
	if (typeof value === 'string') return trimmed(value);
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
	return textOf(value) === '';
}

/**
 * Reads an ID or a name, as text or in an object that contains it: a resource locator, or an item of a list of models
 * or videos.
 */
export function identifier(parameter: string) {
	return cell.transform((value): string => {
		const found = identifierOf(value);
		if (found === undefined) throw inputErrors.badOption(parameter, value, 'an ID');
		return found;
	});
}

const PLACES_OF_IDS = ['value', 'id', 'model', 'json'];
/** An item of n8n contains a resource locator at this depth at most. */
const MAX_DEPTH = 3;

/** Returns the ID in a value. Undefined if the value cannot contain one, or if JavaScript has rounded it. */
export function identifierOf(value: unknown, depth = 0): string | undefined {
	if (Number.isInteger(value) && !Number.isSafeInteger(value)) return undefined;
	const plain = textOf(value);
	if (plain !== undefined) return idInText(plain, depth);
	if (!isRecord(value) || depth === MAX_DEPTH) return undefined;
	const place = PLACES_OF_IDS.find((name) => name in value);
	return place && identifierOf(value[place], depth + 1);
}

/** Agents write an ID in quotation marks, or the JSON of an object that contains it. */
function idInText(text: string, depth: number): string | undefined {
	const parsed = text.startsWith('{') && depth < MAX_DEPTH ? parseJsonText(text) : undefined;
	return isRecord(parsed) ? identifierOf(parsed, depth + 1) : withoutQuotes(text);
}

/** Removes quotation marks around a text. */
export function withoutQuotes(text: string): string {
	return /^(["'\u0060“”„«])(.*)["'\u0060”“»]$/su.exec(text)?.[2].trim() ?? text;
}

/** Reads true or false. Undefined for an empty value. */
export function flag(parameter: string) {
	return cell.transform((value): boolean | undefined => {
		if (isEmpty(value)) return undefined;
		const word = wordOf(value).toLowerCase();
		const number = numberOf(value);
		if (YES.includes(word) || number === 1) return true;
		if (NO.includes(word) || number === 0) return false;
		throw inputErrors.badOption(parameter, value, 'true or false');
	});
}

/** Returns a single word or sign, without quotation marks, the full stop of an agent, or what makes a sign an emoji. */
function wordOf(value: unknown): string {
	return withoutQuotes((textOf(value) ?? '').normalize('NFKC').replace(/\.$|\ufe0f/g, ''));
}

/** Reads one of the allowed values. Undefined for an empty value. Case, spaces, hyphens and underscores are ignored. */
export function choice<Value extends string>(parameter: string, values: readonly Value[]) {
	return cell.transform((value): Value | undefined => {
		if (isEmpty(value)) return undefined;
		const known = wordAmong(values, wordOf(value));
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
interface NumberRange {
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
	return cell.transform((value): number | undefined => {
		if (isEmpty(value)) return undefined;
		const number = numberOf(value, unit);
		const isInRange = number !== undefined && number >= min && number <= max;
		if (isInRange && (!isWhole || Number.isInteger(number))) return number;
		throw inputErrors.badOption(parameter, value, expected);
	});
}

const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;
/** A comma that can only be a decimal separator: `0,5` and `7,25`. `1,000` is ambiguous, so it is refused. */
const DECIMAL_COMMA = /^[+-]?(?:0,\d+|\d+,\d{1,2})$/;

/** A duration in a spreadsheet. Without hours, `0:08` may also be a time of day. */
const DURATION = /^(\d{1,2}):([0-5]\d):([0-5]\d)$/;
/** Spreadsheets store a duration as a part of a day: 8 seconds are 0.0000926. No duration is that short. */
const MAX_PART_OF_DAY = 0.01;

/**
 * Returns a number, also from text, with a unit or with a decimal comma. Undefined for anything else, such as `0x10`,
 * true or an empty text.
 */
export function numberOf(value: unknown, unit?: Unit): number | undefined {
	if (!['number', 'bigint', 'string'].includes(typeof value)) return undefined;
	const given = withoutQuotes(plainDigits(textOf(value) ?? ''));
	const [, hours, minutes, seconds] = (unit === 'seconds' && DURATION.exec(given)) || [];
	if (hours) return Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
	const plain = unit ? given.replace(UNITS[unit], '') : given;
	const decimal = DECIMAL_COMMA.test(plain) ? plain.replace(',', '.') : plain;
	const number = DECIMAL.test(decimal) ? Number(decimal) : Number.NaN;
	if (!Number.isFinite(number)) return undefined;
	const isPartOfDay = unit === 'seconds' && number > 0 && number < MAX_PART_OF_DAY;
	return isPartOfDay ? Math.round(number * 86_400_000) / 1000 : number;
}

/** Reads a JSON object, as an object or as text. An empty value is an empty object. */
export function jsonObject(parameter: string) {
	return z.unknown().transform((value): IDataObject => {
		if (isEmpty(value)) return {};
		const parsed = typeof value === 'string' ? parseJsonText(value) : value;
		if (!isRecord(parsed) || textOf(parsed) !== undefined) throw inputErrors.badJson(parameter);
		return parsed;
	});
}

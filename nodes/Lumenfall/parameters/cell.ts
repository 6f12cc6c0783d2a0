import { z } from 'zod';
import { isRecord } from '../support/isRecord';

/**
 * What one cell of a table, one answer of a form or one argument of an agent contains. Sheets and databases wrap a value in a list or
 * an object, and write an empty cell in many ways.
 */

/** Objects in objects are followed to this depth. */
const MAX_DEPTH = 3;

/**
 * Returns the value of a cell: the only entry of a list, as Airtable returns it for a linked cell, and the value of an object that stands
 * for a choice or a text. Undefined for an empty list. Returns any other value unchanged.
 */
export function cellValue(value: unknown, depth = 0): unknown {
	if (typeof value !== 'object' || depth > MAX_DEPTH) return value;
	if (Array.isArray(value)) {
		const [entry] = value as unknown[];
		const isOne = value.length < 2 && !Array.isArray(entry);
		return isOne ? cellValue(entry, depth + 1) : (richText(value) ?? value);
	}
	const inside = isRecord(value) && textOf(value) === undefined ? placeOfValue(value) : undefined;
	return inside === undefined ? value : cellValue((value as object)[inside as never], depth + 1);
}

/** A text with formats, as Notion returns it. */
function richText(parts: unknown[]): string | undefined {
	const texts = parts.map((part) => (isRecord(part) ? part.plain_text : undefined));
	return texts.every((text) => typeof text === 'string') ? texts.join('') : undefined;
}

/** Returns the key of the value in an object. Undefined if the object is not that of a cell. */
function placeOfValue(record: Record<string, unknown>): string | undefined {
	// A resource locator, an option of a form, and a select field of Baserow. Airtable's field for AI has a state, too.
	if ('value' in record) return 'value';
	if ('plain_text' in record) return 'plain_text';
	// A select field and a date of Notion.
	if (isNotionOption(record)) return 'name';
	if ('time_zone' in record && 'start' in record) return 'start';
	// A property of Notion: `{ type: 'number', number: 8 }`.
	const { type } = record;
	const isProperty = typeof type === 'string' && NOTION_TYPES.has(type) && type in record;
	return isProperty && hasOnly(record, [...NOTION_KEYS, type]) ? type : undefined;
}

const NOTION_TYPES = new Set([
	...['title', 'rich_text', 'number', 'select', 'multi_select', 'status', 'date', 'url', 'email'],
	...['phone_number', 'checkbox', 'files', 'file', 'external', 'formula', 'rollup', 'unique_id'],
	...['text', 'string', 'boolean', 'array', 'created_time', 'last_edited_time'],
]);
/** A rollup has the name of its function, too. Any other key shows that the object is more than a cell, such as a video or a scene. */
const NOTION_KEYS = ['id', 'type', 'name', 'color', 'description', 'caption', 'function'];
const NOTION_OPTION_ID = /^(?:[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}|.{4})$/i;

function isNotionOption(record: Record<string, unknown>): boolean {
	const { id, name, color } = record;
	const isOption = typeof name === 'string' && typeof color === 'string';
	return (
		isOption &&
		typeof id === 'string' &&
		NOTION_OPTION_ID.test(id) &&
		hasOnly(record, ['id', 'name', 'color', 'description'])
	);
}

function hasOnly(record: Record<string, unknown>, keys: string[]): boolean {
	return Object.keys(record).every((key) => keys.includes(key));
}

/** The value of one cell. */
export const cell = z.unknown().transform((value) => cellValue(value));

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

/** What people, agents and other programs write into an empty cell. */
const NO_VALUE = /^(?:null|undefined|none|nil|nan|n\/a|n\.a\.|[-–—]+)$/i;

/** Whether a text says that there is no value. */
export function saysNothing(text: string): boolean {
	return text === '' || NO_VALUE.test(text);
}

/** Whether a cell, an expression or an agent delivered no value. */
export function isEmpty(value: unknown): boolean {
	const text = textOf(value);
	return text !== undefined && saysNothing(text);
}

/** Removes quotation marks around a text. */
export function withoutQuotes(text: string): string {
	return /^(["'\u0060“”„«])(.*)["'\u0060“”»]$/su.exec(text)?.[2].trim() ?? text;
}

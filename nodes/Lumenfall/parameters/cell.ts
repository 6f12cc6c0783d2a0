import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import { isRecord } from '../support/isRecord';
import { plainDigits } from './localWords';

/**
 * One value of the form, as the user meant it: what one cell of a table, one answer of a form or one argument of an agent
 * contains. Sheets and databases wrap a value in a list or an object, and write an empty cell in many ways. It is taken out
 * once, here; every reader of the form starts from a cell.
 */
export class Cell {
	/** The value as text, without spaces around it; the ISO form of a date. Undefined for a list, an object or NaN. */
	readonly text: string | undefined;

	/**
	 * @param given as n8n has it, for the readers of lists: to them, a list of one entry is a list
	 * @param value what is inside: a single value, a list of several, or an object that does not stand for a value
	 */
	private constructor(
		readonly given: unknown,
		readonly value: unknown,
	) {
		this.text = textOf(value);
	}

	/** Takes a value out of its list or object, such as the only entry of a linked cell of Airtable. */
	static of(given: unknown): Cell {
		return new Cell(given, unwrapped(given));
	}

	/** Takes a value as it is. A list or an object is the value itself. */
	static exactly(value: unknown): Cell {
		return new Cell(value, value);
	}

	/** Whether a cell, an expression or an agent delivered no value. */
	get isEmpty(): boolean {
		return this.text !== undefined && saysNothing(this.text);
	}

	/** The text for numbers, dates and sizes: see `plainText`. Empty if there is no text. */
	get plain(): string {
		return plainText(this.text ?? '');
	}
}

/** Reads any value as a cell. */
export const cell = z.unknown().transform((given) => Cell.of(given));

/** Objects in objects are followed to this depth. The text of a title is at the sixth level of a rollup in Notion. */
const MAX_DEPTH = 7;

/** Returns the only entry of a list, and the value of an object that stands for a choice or a text. Undefined for an empty list. */
function unwrapped(value: unknown, depth = 0): unknown {
	if (typeof value !== 'object' || depth > MAX_DEPTH) return value;
	if (Array.isArray(value)) {
		const [entry] = value as unknown[];
		const isOne = value.length < 2 && !Array.isArray(entry);
		return isOne ? unwrapped(entry, depth + 1) : (richText(value) ?? value);
	}
	if (!hasFields(value)) return value;
	const place = placeOfValue(value);
	return place === undefined ? value : unwrapped(value[place], depth + 1);
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

/** Whether a value is an object with fields: neither a list nor a date, which is a text. */
export function hasFields(value: unknown): value is IDataObject {
	return isRecord(value) && textOf(value) === undefined;
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

/** Undefined for a list, an object or NaN. */
function textOf(value: unknown): string | undefined {
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

/** Removes quotation marks around a text. */
export function withoutQuotes(text: string): string {
	return /^(["'\u0060“”„«])(.*)["'\u0060“”»]$/su.exec(text)?.[2].trim() ?? text;
}

/** Returns a text in ordinary digits, without spaces and quotation marks around it. */
export function plainText(text: string): string {
	return withoutQuotes(plainDigits(trimmed(text)));
}

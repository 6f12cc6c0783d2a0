import type { IDataObject } from 'n8n-workflow';
import { isRecord } from '../../support/isRecord';
import type { Redact } from '../secrets';

/** No real response is nested deeper. Deeper nesting could exhaust the call stack. */
const MAX_DEPTH = 32;
/** More values than a list of 5,000 models has. Every reader visits each value, and all of n8n waits for it. */
const MAX_VALUES = 100_000;

/**
 * Parses all text that a server sends. This is the only place: it limits the depth and the number of values, replaces broken
 * characters and hides secrets before any other code sees the text.
 * @returns the JSON value, or the text itself if it is not JSON
 */
export function parseResponse(text: string, redact: Redact): unknown {
	return clean(parse(text), { redact, values: 0 }, 0);
}

function parse(text: string): unknown {
	const value = parseJson(text.replace(/^\ufeff/, ''));
	if (value === undefined) return text;
	// A proxy may encode the JSON of the server behind it once more, and so may a gateway.
	if (isJsonText(value)) return parse(value);
	return isRecord(value) ? withParsedContent(value) : value;
}

/** Fields into which a gateway puts the response behind it: `{ "statusCode": 200, "body": "{…}" }`. */
const CONTENT = ['body', 'data', 'result', 'response'];

function withParsedContent(value: IDataObject): IDataObject {
	const texts = CONTENT.filter((name) => isJsonText(value[name]));
	if (texts.length === 0) return value;
	return {
		...value,
		...Object.fromEntries(
			texts.map((name) => [name, parse(value[name] as string) as IDataObject] as const),
		),
	};
}

function isJsonText(value: unknown): value is string {
	return typeof value === 'string' && /^\s*[{[]/.test(value);
}

/** Half of a character. A URL cannot contain it. */
const LONE_SURROGATE = /\p{Surrogate}/gu;

/** What is needed to clean each value of a response, and how many values have been kept. */
interface Cleaning {
	redact: Redact;
	values: number;
}

function clean(value: unknown, cleaning: Cleaning, depth: number): unknown {
	const { redact } = cleaning;
	if (typeof value === 'string') return redact(value.replace(LONE_SURROGATE, '\ufffd'));
	if (typeof value !== 'object' || value === null) return value;
	if (depth >= MAX_DEPTH) return undefined;
	if (Array.isArray(value))
		return firstOf(value, cleaning).map((one) => clean(one, cleaning, depth + 1));
	const fields = value as Record<string, unknown>;
	return Object.fromEntries(
		firstOf(Object.keys(value), cleaning).map((name) => [
			redact(name),
			clean(fields[name], cleaning, depth + 1),
		]),
	);
}

/** Returns as many of the values as may still be kept. */
function firstOf<Value>(values: Value[], cleaning: Cleaning): Value[] {
	const kept = values.slice(0, MAX_VALUES - cleaning.values);
	cleaning.values += kept.length;
	return kept;
}

/** Returns the value of JSON that a server wrote, or undefined if the text is not JSON. */
export function parseJson(text: string): unknown {
	try {
		return JSON.parse(withReadableNumbers(text));
	} catch {
		return undefined;
	}
}

/**
 * A quotation mark, an escaped character, or a value that JavaScript cannot read. Each token ends where the next one begins,
 * so no text is read twice. A pattern of a whole string would take for ever with one that does not end.
 */
const JSON_TOKEN = /\\[\s\S]|"|(?<![\d.eE+-])-?\d{16,}[\d.eE+-]*|-?\b(?:NaN|Infinity)\b/g;

/**
 * An id may be a number of 19 digits, which JavaScript would round. So long whole numbers are read as text. Python
 * writes `NaN`, which is not JSON.
 */
function withReadableNumbers(text: string): string {
	if (!/\d{16}|NaN|Infinity/.test(text)) return text;
	let isInString = false;
	return text.replace(JSON_TOKEN, (token) => {
		if (token === '"') isInString = !isInString;
		if (isInString || /^["\\]/.test(token)) return token;
		if (!/\d/.test(token)) return 'null';
		return /^-?\d+$/.test(token) ? `"${token}"` : token;
	});
}

const CLOSING: Record<string, string> = { '{': '}', '[': ']' };
/** The ID is not later in a response. */
const MAX_LENGTH = 1_000_000;
/** The first object in a web page is a style sheet or a script. */
const PAGE = /<(!doctype|html)\b/i;

/**
 * Returns the first JSON object in a text that is not JSON as a whole: a response that broke off, events of a stream, several
 * lines, JSON inside of a text, or a warning before it. Of an object that breaks off, only the fields that arrived whole.
 * Undefined if there is none.
 */
export function jsonInText(response: string): unknown {
	const text = response.slice(0, MAX_LENGTH);
	const start = text.indexOf('{');
	if (start < 0 || PAGE.test(text)) return undefined;
	const open: string[] = [];
	const closed = (end: number) => text.slice(start, end) + [...open].reverse().join('');
	/** Everything up to the last comma, which ends a field or an entry. */
	let whole = '';
	let isInString = false;
	for (let at = start; at < text.length; at++) {
		const letter = text[at];
		if (isInString) {
			if (letter === '\\') at++;
			else if (letter === '"') isInString = false;
		} else if (letter === '"') isInString = true;
		else if (letter === ',') whole = closed(at);
		else if (letter in CLOSING) {
			open.push(CLOSING[letter]);
			if (open.length > MAX_DEPTH) return undefined;
		} else if (letter === open.at(-1)) {
			open.pop();
			if (open.length === 0) return parseJson(text.slice(start, at + 1));
		}
	}
	// A number at the end may be the beginning of a longer one. A text in quotes is whole.
	const endsWhole = !isInString && /["\]}]\s*$/.test(text);
	return (endsWhole ? parseJson(closed(text.length)) : undefined) ?? parseJson(whole);
}

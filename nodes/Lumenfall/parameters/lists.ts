import { z } from 'zod';
import { isRecord } from '../support/isRecord';
import { isWebUrl } from '../support/urls';
import { inputErrors } from './inputErrors';
import { parseJsonText } from './jsonText';
import { identifierOf, isEmpty, onlyEntry, textOf, wordAmong } from './values';

/**
 * Readers of lists. Expressions and agents write lists in many ways: an array, text with commas or lines, JSON, a list
 * of items.
 */

/** What can only separate: a line, or a sign before a space or before a URL. */
const BETWEEN_PARTS = /[\n\t]+|[,;|，；、]+(?=\s|$)|[,;|，；、]+(?=https?:|data:)|\s+(?=https?:)/i;
/** A URL, which may contain any of these signs. */
const WEB_URL = /^\s*(!?\[[^\]]*\]\(|["'<])*https?:/i;
/** A data URL has one comma. */
const DATA_URL_OR_NAME = /data:[^,]*,[^,;|，；、]*|[^,;|，；、]+/gi;
/** Bullets and numbers at the beginning of lines. */
export const BULLETS = /^\s*(?:[-*•–]|\d{1,2}[.)])\s+/gm;

/** Returns the parts of a list in plain text: with commas, lines or bullets. A comma in a URL separates nothing. */
export function splitText(text: string): string[] {
	return text
		.replace(BULLETS, '')
		.split(BETWEEN_PARTS)
		.flatMap((part) => (WEB_URL.test(part) ? [part] : (part.match(DATA_URL_OR_NAME) ?? [])));
}

const AROUND_LINKS = [
	/^!?\[[^\]]*\]\((.+)\)$/s,
	/^<(.+)>$/s,
	/^["'\u0060“](.+)["'\u0060”]$/s,
	/^=(?:IMAGE|HYPERLINK)\("([^"]+)".*\)$/is,
];
const URL_FIELDS = ['url', 'href', 'src', 'link'];

/**
 * Returns the URL in Markdown, in brackets, or in an object, also if it is the only one of a list, such as the attachments
 * of Airtable; else the value itself.
 */
export function linkIn(value: unknown): unknown {
	const one = onlyEntry(value);
	if (isRecord(one)) return URL_FIELDS.map((name) => one[name]).find(isWebUrl) ?? value;
	const text = typeof one === 'string' ? (textOf(one) ?? '') : '';
	const inside = AROUND_LINKS.map((around) => around.exec(text)?.[1]).find(isWebUrl);
	return inside ?? value;
}

/** Reads names or IDs from an array, JSON or text. Empty ones are left out. */
export function nameList(parameter: string, split: (text: string) => string[] = splitText) {
	return z.unknown().transform((value): string[] =>
		partsOf(value, split)
			.map((part) => {
				const name = identifierOf(part);
				if (name === undefined) throw inputErrors.badOption(parameter, value, 'IDs as a list');
				return name;
			})
			.filter(Boolean),
	);
}

/** Reads a list of public URLs. A comma in a URL must not be followed by a space. */
export function urlList(parameter: string) {
	return z
		.unknown()
		.transform((value) => partsOf(value, splitText).map(linkIn))
		.pipe(nameList(parameter))
		.transform((urls) =>
			urls.map((url) => {
				if (!isWebUrl(url)) throw inputErrors.badReferenceUrl(parameter, url);
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

/** A list in the notation of YAML. */
const LIST_WITHOUT_QUOTES = /^\s*\[([^[\]{}()"]+)\]\s*$/;

/**
 * Returns the parts of a list, or of a nested list. A single value becomes a list of one.
 * @param split separates the parts of a text
 */
export function partsOf(value: unknown, split: (text: string) => unknown[]): unknown[] {
	if (isEmpty(value)) return [];
	if (typeof value !== 'string') return [value].flat(2);
	const parsed = /^\s*[[{"]|```/.test(value) ? parseJsonText(value) : undefined;
	if (Array.isArray(parsed) || isRecord(parsed)) return [parsed].flat(2);
	return split(LIST_WITHOUT_QUOTES.exec(value)?.[1] ?? value);
}

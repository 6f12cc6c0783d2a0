import { isRecord } from '../support/isRecord';
import { inputErrors } from './inputErrors';
import { parseJsonText } from './jsonText';
import { Cell, cell } from './cell';
import { identifierOf } from './values';

/**
 * Readers of lists. Expressions and agents write lists in many ways: an array, text with commas or lines, JSON, a list
 * of items.
 */

/** What can only separate: a line, or a sign before a space or before a URL. */
const BETWEEN_PARTS =
	/[\n\t]+|[,;|，；、]+(?=\s|$)|[,;|，；、]+(?=https?:|data:)|(?<!\s)\s+(?=https?:)/i;
/**
 * A URL, which may contain any of these signs: plain, in Markdown, in quotes, or behind its name as Airtable writes it. The
 * name stands outside of the star and begins with another sign, else some texts take hours.
 */
const WEB_URL = /^\s*(?:!?\[[^\]]*\]\(|["'<])*(?:(?![\s"'<])[^[\](),]*\()?https?:/i;
/** A data URL has one comma. */
const DATA_URL_OR_NAME = /data:[^,]*,[^,;|，；、]*|[^,;|，；、]+/gi;
/**
 * Bullets and numbers at the beginning of lines. The spaces before them end with the line: an agent may write thousands of
 * empty lines, each of which would be read to the last one.
 */
export const BULLETS = /^[^\S\r\n\u2028\u2029]*(?:[-*•–]|\d{1,2}[.)])\s+/gm;
/** What separates paragraphs: an empty line. */
export const PARAGRAPH_END = /\n\s*\n/;

/** Whether an empty line separates parts of a text. */
export function hasParagraphs(text: string): boolean {
	return PARAGRAPH_END.test(text.trim());
}

/** Returns the parts of a list in plain text: with commas, lines or bullets. A comma in a URL separates nothing. */
export function splitText(text: string): string[] {
	return text
		.replace(BULLETS, '')
		.split(BETWEEN_PARTS)
		.flatMap((part) => (WEB_URL.test(part) ? [part] : (part.match(DATA_URL_OR_NAME) ?? [])));
}

/** Reads names or IDs from an array, JSON or text. Empty ones are left out. */
export function nameList(parameter: string, split: (text: string) => string[] = splitText) {
	return cell.transform((cell): string[] =>
		partsOf(cell, split)
			.map((part) => {
				const name = identifierOf(Cell.of(part));
				if (name === undefined) throw inputErrors.badOption(parameter, cell.given, 'IDs as a list');
				return name;
			})
			.filter(Boolean),
	);
}

/** A list in the notation of YAML. */
const LIST_WITHOUT_QUOTES = /^\s*\[(?!object )([^[\]{}()"]+)\]\s*$/;

/**
 * Returns the parts of a list, of a nested list, or of the only list in an object. A single value becomes a list of one.
 * @param split separates the parts of a text
 */
export function partsOf(
	{ given, value, isEmpty }: Cell,
	split: (text: string) => unknown[],
): unknown[] {
	if (Array.isArray(given)) return given.flat();
	if (isEmpty) return [];
	if (typeof value !== 'string') return [onlyListIn(value)].flat(2);
	const parsed = /^\s*[[{"]|```/.test(value) ? parseJsonText(value) : undefined;
	if (Array.isArray(parsed) || isRecord(parsed)) return [onlyListIn(parsed)].flat(2);
	return split(LIST_WITHOUT_QUOTES.exec(value)?.[1] ?? value);
}

/** Returns the list in `{ "models": ["sora-2", "kling-v3"] }`, as agents with an output format return it. */
function onlyListIn(value: unknown): unknown {
	const inside = isRecord(value) ? (Object.values(value) as unknown[]) : [];
	return inside.length === 1 && Array.isArray(inside[0]) ? inside[0] : value;
}

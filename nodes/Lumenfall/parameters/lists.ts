import { isRecord } from '../support/isRecord';
import { completeUrl, isWebUrl } from '../support/urls';
import { inputErrors } from './inputErrors';
import { parseJsonText } from './jsonText';
import { Cell, cell } from './cell';
import { directLink, siteOfPages } from './shareLinks';
import { identifierOf, textIn } from './values';

/**
 * Readers of lists. Expressions and agents write lists in many ways: an array, text with commas or lines, JSON, a list
 * of items.
 */

/** What can only separate: a line, or a sign before a space or before a URL. */
const BETWEEN_PARTS = /[\n\t]+|[,;|，；、]+(?=\s|$)|[,;|，；、]+(?=https?:|data:)|\s+(?=https?:)/i;
/**
 * A URL, which may contain any of these signs: plain, in Markdown, in quotes, or behind its name as Airtable writes it. The
 * name stands outside of the star and begins with another sign, else some texts take hours.
 */
const WEB_URL = /^\s*(?:!?\[[^\]]*\]\(|["'<])*(?:(?![\s"'<])[^[\](),]*\()?https?:/i;
/** A data URL has one comma. */
const DATA_URL_OR_NAME = /data:[^,]*,[^,;|，；、]*|[^,;|，；、]+/gi;
/** Bullets and numbers at the beginning of lines. */
export const BULLETS = /^\s*(?:[-*•–]|\d{1,2}[.)])\s+/gm;
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

const AROUND_LINKS = [
	/^!?\[[^\]]*\]\((\S+?)(?:\s+["'][^"']*["'])?\)$/s,
	// The attachment of Airtable as text: `boat.png (https://…)`.
	/^[^()<>"]*\((\S+)\)$/s,
	/^<(.+)>$/s,
	/^<(?:img|a|video|source)\b[^>]*?\b(?:src|href)=["']([^"']+)["'][^>]*>(?:[^<]*<\/\w+>)?$/is,
	/^["'\u0060“](.+)["'\u0060”]$/s,
	/^=(?:IMAGE|HYPERLINK)\("([^"]+)".*\)$/is,
];
/** Longer texts are files in base64. */
const MAX_LINK = 10_000;
const URL_FIELDS = ['url', 'href', 'src', 'link', 'publicUrl'];

/**
 * Returns the URL in Markdown, in brackets, or in an object, also if it is the only one of a list, such as the attachments
 * of Airtable, and in the JSON of these; else the cell itself.
 */
export function linkIn(cell: Cell): Cell {
	const { text = '' } = cell;
	if (text.length > MAX_LINK) return cell;
	const { value, text: inJson } = /^[[{]/.test(text) ? Cell.of(parseJsonText(text)) : cell;
	const inside = isRecord(value) ? URL_FIELDS.map((name) => value[name]) : insideOf(inJson || text);
	const link = inside.map(completeUrl).find(isWebUrl);
	return link === undefined ? cell : Cell.of(link);
}

function insideOf(text: string): Array<string | undefined> {
	return [...AROUND_LINKS.map((around) => around.exec(text)?.[1]), text];
}

/** Reads the URL of a page or a webhook. Undefined if it is empty. */
export function optionalLink(parameter: string) {
	return cell.transform((cell) => (cell.isEmpty ? undefined : textIn(linkIn(cell), parameter)));
}

/**
 * Returns the URL of a file. The link of a share page becomes the link of its file.
 * @param parameter the display name of the field, for the error
 * @throws FailureError if there are several URLs, or if the URL is that of a page
 */
export function fileUrl(url: string, parameter: string): string {
	if (splitText(url).length > 1) throw inputErrors.badOption(parameter, url, 'one URL');
	const site = siteOfPages(url);
	if (site) throw inputErrors.pageInsteadOfFile(parameter, url, site);
	return directLink(url);
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

/** Reads a list of public URLs. A comma in a URL must not be followed by a space. */
export function urlList(parameter: string) {
	return cell
		.transform((cell) => partsOf(cell, splitText).map((part) => linkIn(Cell.of(part)).value))
		.pipe(nameList(parameter))
		.transform((urls) =>
			urls.map((url) => {
				if (!isWebUrl(url)) throw inputErrors.badReferenceUrl(parameter, url);
				return fileUrl(url, parameter);
			}),
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

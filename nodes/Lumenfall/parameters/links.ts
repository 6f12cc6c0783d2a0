import { isRecord } from '../support/isRecord';
import { completeUrl, isWebUrl } from '../support/urls';
import { Cell, cell } from './cell';
import { inputErrors } from './inputErrors';
import { parseJsonText } from './jsonText';
import { nameList, partsOf, splitText } from './lists';
import { directLink, siteOfPages } from './shareLinks';
import { textIn } from './values';

/** Readers of links: as they are, in Markdown, HTML, a formula or an object. */

/** What may stand around a link. */
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

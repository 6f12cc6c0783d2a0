import { Fields } from './fields';
import { findStrongId } from './jobId';
import type { JsonBody } from './jsonBody';
import { OF_REQUEST, ownStatusWord } from './statusWord';

/** Fields in which servers list videos. */
export const LIST_FIELDS = [
	...['data', 'videos', 'items', 'results', 'tasks', 'jobs', 'list', 'records', 'generations'],
	...['predictions', 'content', 'rows'],
];
/** Fields that describe the page. */
const PAGE_FIELDS = ['pagination', 'paging', 'pageinfo', 'meta'];
/** Fields that only a page of a list has. */
const MARKS = ['hasmore', 'firstid', 'lastid', 'total', 'totalcount'];

/** Returns the objects that describe the page of a list. */
export function pageRecords(body: JsonBody): Fields[] {
	return body.recordsOfList().flatMap((fields) => [fields, ...fields.inside(PAGE_FIELDS)]);
}

/**
 * Returns the entries of a page of a list of videos, which may all be other videos than the one that the request was about. A
 * client that follows a redirect may make a GET of a create, and receive the list. Undefined if the response is about one job.
 */
export function entriesOfPage(body: JsonBody): Fields[] | undefined {
	const records = pageRecords(body);
	const isMarked = records.some(
		(fields) => fields.get('object') === 'list' || fields.values(MARKS).length > 0,
	);
	if (!isMarked || findStrongId(records) || records.some(hasStatusOfOne)) return undefined;
	const entries = Fields.ofEach(body.listEntries(LIST_FIELDS) ?? []);
	return entries.some(isListed) ? entries : undefined;
}

/** The files of one job may have IDs too, but they have neither a type nor a status. */
function isListed(entry: Fields): boolean {
	const isDescribed = entry.values(['object', 'status']).length > 0;
	return findStrongId([entry]) !== undefined && (isDescribed || ownStatusWord(entry) !== undefined);
}

function hasStatusOfOne(fields: Fields): boolean {
	return !OF_REQUEST.test(ownStatusWord(fields) ?? 'ok');
}

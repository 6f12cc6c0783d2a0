import { z } from 'zod';
import { hasError } from './error';
import { pickIn, type Fields } from './fields';
import { fileUrlsIn } from './fileUrls';
import { JsonBody } from './jsonBody';
import { text } from './values';

/** Finds the word, or the number, with which a server reports the status of a job. `job/status.ts` knows what it means. */

/** Names of a status that cannot be the status of the request. */
const STATUS_OF_JOB = ['task', 'job', 'video', 'generation', 'render', 'processing', 'run'].flatMap(
	(name) => [`${name}status`, `${name}state`],
);
const STATUS_FIELDS = [
	...['status', ...STATUS_OF_JOB, 'state', 'statusname', 'statuslabel', 'statuscode'],
	'phase',
];
/** Fields of a status that is an object. */
const INNER_STATUS_FIELDS = [
	...['state', 'status', 'phase', 'name', 'value', 'code', 'label', 'text', 'statusstr'],
];
/** Describes the request rather than the job. */
export const OF_REQUEST = /^(success(ful)?|succeed|succeeded|ok|true)$/i;

const statusWord = z.string().trim().regex(/\p{L}/u).optional().catch(undefined);
/** A number of three digits is rather the HTTP status. */
const statusNumber = text.refine((value) => value === undefined || /^-?\d{1,2}$/.test(value));

/** JSend, `{ "status": "error", "message": "…" }`, and the words of gateways. */
const MAYBE_OF_REQUEST = new RegExp(
	[
		'^(error|fail|failure|timeout|timed[ _]?out|rejected|denied|blocked|invalid',
		'(upstream|timeout|server|internal|request)[ _-]?(error|fail(ed|ure)?)',
		'(error|fail(ed|ure)?)[ _-]?(upstream|timeout))$',
	].join('|'),
	'i',
);

/** Reports whether a status may also be that of the request, such as a status check that failed. */
export function mayBeOfRequest(word: string): boolean {
	return MAYBE_OF_REQUEST.test(word);
}

/** Reports whether the status in the response of an error may be that of the request, and not that of the job. */
export function hasStatusOfRequest({ records }: JsonBody): boolean {
	if (hasStatusOfJob(records)) return false;
	return records.some((fields) => mayBeOfRequest(ownStatusWord(fields) ?? ''));
}

/** Reports whether the response has a status under a name that only the status of a job has. */
export function hasStatusOfJob(records: Fields[]): boolean {
	return pickIn(records, STATUS_OF_JOB, statusWord) !== undefined;
}

/**
 * Returns the status of the job: in its own record, else in an inner one, else in an outer one unless that describes the
 * request, else in a part of its record. Undefined if the server reports none.
 * @param records all records of the response, the outer ones first
 */
export function statusWordOf(own: Fields, records: Fields[]): string | undefined {
	const at = records.indexOf(own);
	const inside = records.slice(at + 1).map(ownStatusWord);
	const around = records.slice(0, at).map(ownStatusWord);
	const words = [
		ownStatusWord(own),
		...inside,
		...around.filter((word) => !OF_REQUEST.test(word ?? '')),
	];
	return words.find((word) => word !== undefined) ?? statusInside(own);
}

/**
 * Finds the status of the job in a record that usually is a part of it, such as the only entry of `jobs`, else a number.
 * Each server has other numbers, so it is not known what one means.
 */
function statusInside(own: Fields): string | undefined {
	const words = JsonBody.open(own.json).records.map(ownStatusWord);
	return words.find((word) => word !== undefined) ?? own.pick(STATUS_FIELDS, statusNumber);
}

/** Returns the status in the fields of one record. */
export function ownStatusWord(fields: Fields): string | undefined {
	const word =
		fields.pick(STATUS_FIELDS, statusWord) ??
		pickIn(fields.inside(STATUS_FIELDS), INNER_STATUS_FIELDS, statusWord);
	if (word !== undefined) return word;
	// Long-running operations of Google's APIs have only `done`.
	const done = fields.get('done');
	if (typeof done !== 'boolean') return undefined;
	if (!done) return 'in_progress';
	const isFiltered = hasError(JsonBody.open(fields.json)) && fileUrlsIn(fields.json).length === 0;
	return fields.get('error') || isFiltered ? 'failed' : 'completed';
}

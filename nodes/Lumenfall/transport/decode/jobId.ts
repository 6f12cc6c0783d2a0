import { z } from 'zod';
import { leavesIn } from '../../support/leavesIn';
import type { Fields } from './fields';
import type { JsonBody } from './jsonBody';
import { text } from './values';

/**
 * Finds the id of a job in the response of a server. The place of an id decides what it proves:
 * - strong: its field cannot mean anything else.
 * - bare: it is the whole content of a field, in a response without any other id.
 * - weak: its field may also be about the request, so it counts only if there is none of the others.
 * - loose: it is under any other name, at any place. It only shows that a job may exist: see `jobTrace.ts`.
 */

const ID_FIELDS = [
	...['id', 'videoid', 'taskid', 'jobid', 'generationid', 'renderid', 'creationid'],
	...['uuid', 'videouuid', 'taskuuid', 'jobuuid', 'generationuuid'],
];
/** Fields of an operation of Google's APIs, if the value looks like one. */
const OPERATION_FIELDS = ['name', 'operation', 'operationname'];
/** Fields that are the id itself in a response without any other: `{ "code": 200, "data": "task_8f2k91" }`. */
const BARE_ID_FIELDS = ['data', 'result', 'task', 'job', 'video'];
/** May also be the id of a log entry. */
const WEAK_ID_FIELDS = [
	...['requestid', 'queueid', 'predictionid', 'operationid', 'runid', 'inferenceid', 'executionid'],
	...['trackingid', 'promptid', 'invocationarn'],
];
/** Baidu puts the id of a log entry into `id`, next to the `task_id`. */
const ID_OF_LOG_ENTRY = /^as-/i;
/** What servers write where there is no id. */
const NO_ID = /^(0|-1|null|nil|none|undefined)?$/i;
/** Some gateways encode routing data into ids of several hundred characters. */
const MAX_ID = 2_000;

const videoId = text.refine(
	(value) => value === undefined || (isJobId(value) && !NO_ID.test(value.trim())),
);
/** A word without a digit is rather a status, and `text2video` the name of a kind of task. */
const bareId = z
	.string()
	.regex(/^(?=.*\d(?!video|image|v\b))[\w.:=-]{8,}$/i)
	.pipe(videoId)
	.optional()
	.catch(undefined);
/** Long-running operations of Google's APIs have a path as their name, which is their id. */
const operationName = z
	.string()
	.regex(/^([\w.@-]+\/)*operations\/[\w.-]+$/)
	.pipe(videoId)
	.optional()
	.catch(undefined);

/**
 * Reports whether a text can be an id. A control character could forge a log line, and a URL cannot contain half a
 * character.
 */
export function isJobId(id: string): boolean {
	return id.length <= MAX_ID && !/[\p{Cc}\p{Cf}\p{Surrogate}\ufffd]/u.test(id);
}

/** An id, and the record that contains it. */
interface FoundId {
	fields: Fields;
	id: string;
}

/** Finds an id in a field that cannot mean anything else. */
export function findStrongId(records: Fields[]): FoundId | undefined {
	const found =
		withId(records, ID_FIELDS, videoId) ?? withId(records, OPERATION_FIELDS, operationName);
	if (!found || !ID_OF_LOG_ENTRY.test(found.id)) return found;
	return withId([found.fields], ['taskid'], videoId) ?? found;
}

/** Finds an id that is the whole content of a field. */
export function findBareId(records: Fields[]): FoundId | undefined {
	return withId(records, BARE_ID_FIELDS, bareId);
}

/** Finds an id in a field that may also be about the request. */
export function findWeakId(records: Fields[]): FoundId | undefined {
	return withId(records, WEAK_ID_FIELDS, videoId);
}

function withId(
	records: Fields[],
	names: string[],
	schema: typeof videoId | typeof bareId | typeof operationName,
): FoundId | undefined {
	for (const fields of records) {
		const id = fields.pick(names, schema);
		if (id !== undefined) return { fields, id };
	}
	return undefined;
}

/** Returns the id of a job, from a field that cannot mean anything else. Undefined if there is none. */
export function strongIdIn(body: JsonBody): string | undefined {
	return findStrongId(body.records)?.id;
}

/** Returns the ids of all records, of a job or of a part of it, from fields that cannot mean anything else. */
export function strongIdsIn(body: JsonBody): string[] {
	return body.records.flatMap((fields) => findStrongId([fields])?.id ?? []);
}

/** No ID is nested deeper. */
const MAX_DEPTH = 7;
/**
 * Names of a job's id beside the usual ones: `task_no`, `orderNumber`. An error may also contain `task_id`. `task_number` is rather
 * how many there are, and `task_code` the code of the error.
 */
const ID_OF_JOB =
	/(task|job|order|video)[_-]?(no|key|hash|token)$|order[_-]?number$|(task|job|order)[_-]?u?u?id$/i;
/** Fields whose text, or the texts of whose list, may be ids. Other lists of ids are of requests or models. */
const MAY_BE_ID = /^(data|results?|tasks?|jobs?|videos?|((task|job|video)[_-]?)?ids)$/i;
/** Names of an id in the record of a job: `{ "task": { "no": "T2025" } }`. There, a `key`, `hash` or `token` is rather that of a file. */
const INSIDE_JOB = /^(task|job|order)_(no|u?u?id)$/i;
const OF_ERROR = /^err/i;
/** Names of fields about the video that the new one is made of. */
export const OF_OTHER_VIDEO = /source|input|reference|previous|parent|remix|extend|edit/i;

/**
 * Returns the ids in JSON that are not in the usual places of a job: under another name of a job's id, or as the text of a
 * field, also in a list.
 */
export function* looseIdsIn(json: unknown): Generator<string, undefined> {
	for (const { value, names } of leavesIn(json, { maxDepth: MAX_DEPTH, skips: OF_OTHER_VIDEO })) {
		const [name = '', parent = ''] = names.filter((one) => !/^\d+$/.test(one)).reverse();
		const isOfError = names.some((one) => OF_ERROR.test(one));
		const isInsideJob = !isOfError && INSIDE_JOB.test(`${parent}_${name}`) && !isSentence(value);
		const isId = isInsideJob || ID_OF_JOB.test(name);
		const mayBeBare = !isOfError && MAY_BE_ID.test(name);
		const schema = isId ? videoId : mayBeBare ? bareId : undefined;
		const id = schema?.safeParse(value).data;
		if (id !== undefined) yield id;
	}
}

/** An error may have the name of a field with what is wrong: `{ "order": { "id": ["It is required."] } }`. */
function isSentence(value: unknown): boolean {
	return typeof value === 'string' && /\s/.test(value);
}

/** Any other name of an id, as the server writes it. An id of the request, the user or the model is none of a job. */
const OTHER_ID =
	/(^|[_-]|[a-z](?=[IUR]))(id|uuid|guid|handle|(ref|reference|ticket|tracking)([_-]?(no|num|number))?)$/i;
/** Names of a URL at which a job has its status or its result. */
const URL_OF_JOB = /^(status|poll(ing)?|result|fetch|check|cancel)[_-]?(url|uri|link|href)$/i;
const NO_ID_OF_A_JOB =
	/^(trace|log|user|account|org|organization|project|session|client|correlation|model|channel|group)[_-]?id$/i;

/** Reports whether JSON contains anything that may be the id of a job, under whatever name. */
export function mayHaveId(json: unknown): boolean {
	for (const { value, names } of leavesIn(json, { maxDepth: MAX_DEPTH })) {
		const name = names.at(-1) ?? '';
		if (URL_OF_JOB.test(name) && /\d/.test(String(value))) return true;
		const isNamed = OTHER_ID.test(name) && !NO_ID_OF_A_JOB.test(name);
		if (isNamed && typeof value !== 'boolean' && !NO_ID.test(text.parse(value) ?? '')) return true;
	}
	return false;
}

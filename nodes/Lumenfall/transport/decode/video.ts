import { meaningOfFailure } from '../../errors/refusalWords';
import { meansFailedCheck } from '../../errors/serverFaultWords';
import { textsOf } from '../../errors/textPatterns';
import type { Job } from '../../job/job';
import { readStatus, reasonInStatus } from '../../job/status';
import { readError } from './error';
import { pickAllIn, pickIn, type Fields } from './fields';
import { fileUrlsIn, videoUrlAnywhere } from './fileUrls';
import { findBareId, findStrongId, findWeakId } from './jobId';
import { JsonBody } from './jsonBody';
import { isBlocked } from './moderation';
import { entriesOfPage } from './page';
import { readReason, type Reason } from './reason';
import { amount, costIn, currency } from './money';
import {
	hasStatusOfJob,
	mayBeOfRequest,
	OF_REQUEST,
	ownStatusWord,
	statusWordOf,
} from './statusWord';
import { withoutUndefined } from '../../support/withoutUndefined';
import { number, percent, text, time } from './values';

/**
 * Reads the responses of servers about a job, tolerantly
 * (docs/protocols/compatible-servers.md#what-a-tolerant-client-accepts). Id, status, reason of a failure and file URL
 * are found under the usual names, nested, in lists, and in any notation. A response without an id is not a job, unless
 * the request was about a known job.
 */

const JOB_FIELDS = {
	progress: { names: ['progress', 'percent', 'percentage', 'progresspercent'], schema: percent },
	model: { names: ['model', 'modelname', 'modelid'], schema: text },
	prompt: { names: ['prompt'], schema: text },
	seconds: { names: ['seconds', 'duration'], schema: number },
	size: { names: ['size'], schema: text },
	createdAt: { names: ['createdat', 'created', 'submittime', 'createtime'], schema: time },
	completedAt: { names: ['completedat', 'finishtime', 'endtime'], schema: time },
	expiresAt: { names: ['expiresat'], schema: time },
};
/** Where the file is described. */
const FILE_PLACES = ['output', 'outputs'];
const SIZE_FIELDS = ['sizebytes'];
/** Where the cost is, besides the record itself. */
const COST_PLACES = ['metadata', 'usage', ...FILE_PLACES];
const METADATA_FIELDS = {
	provider: { names: ['provider'], schema: text },
	estimatedCost: { names: ['costestimate'], schema: amount },
	costCurrency: { names: ['costcurrency'], schema: currency },
};

/** What the request was about. */
interface KnownJob {
	/** The requested job. The response need not repeat its id. */
	id?: string;
	/** The base of relative URLs. */
	base?: string;
}

/** Returns the job that a response describes, or undefined if it describes none. */
export function decodeJob(whole: JsonBody, known: KnownJob = {}): Job | undefined {
	const body = known.id === undefined ? whole : withoutOtherJobs(whole, known.id);
	const own = ownRecord(body, known);
	const id = known.id ?? own?.id;
	if (!own || id === undefined) return undefined;

	const { fields } = own;
	const described = pickAllIn([fields], JOB_FIELDS);
	const { status, fileUrls, error } = outcomeOf({ body, own, known }, described.progress);
	const { costCurrency, ...ofMetadata } = pickAllIn(fields.inside(['metadata']), METADATA_FIELDS);
	const cost = costIn([...fields.inside(COST_PLACES), fields]);
	return withoutUndefined<Job>({
		id,
		reportedId: own.id === id ? undefined : own.id,
		...status,
		...described,
		...ofMetadata,
		url: fileUrls.find((url) => /^https?:/i.test(url)),
		fileUrls: fileUrls.length > 0 ? fileUrls : undefined,
		bytes: pickIn(fields.inside(FILE_PLACES), SIZE_FIELDS, number),
		cost: cost?.amount,
		currency: cost?.currency ?? costCurrency,
		error,
	});
}

/** Returns the entry of the requested job if a server returns a list of jobs. Empty if it is not in the list. */
function withoutOtherJobs(body: JsonBody, id: string): JsonBody {
	const idOf = (fields: Fields) => findStrongId([fields])?.id;
	// The files of one job may have IDs too, but they have no status.
	const isJob = (fields: Fields) =>
		idOf(fields) !== undefined && ownStatusWord(fields) !== undefined;
	const jobs = entriesOfPage(body) ?? body.severalOf(isJob);
	if (!jobs) return body;
	const own = jobs.find((fields) => idOf(fields) === id);
	return JsonBody.open(own?.json);
}

/** The record of the job, and its id if it has one. */
interface OwnRecord {
	fields: Fields;
	id?: string;
	/** All records among which it was found. */
	records: Fields[];
}

/** Finds the record of the job: at first in the likely places, then in the others. */
function ownRecord(
	{ likelyRecords, records: all }: JsonBody,
	known: KnownJob,
): OwnRecord | undefined {
	const find = (one: (records: Fields[]) => Omit<OwnRecord, 'records'> | undefined) => {
		for (const records of [likelyRecords, all]) {
			const found = one(records);
			if (found) return { ...found, records };
		}
		return undefined;
	};
	if (known.id !== undefined)
		return find((records) => findStrongId(records) ?? withoutId(records, known.base));
	return find(findStrongId) ?? find(findBareId) ?? find(findWeakId);
}

/** Returns the innermost record with a status, else one with a file. */
function withoutId(records: Fields[], base: string | undefined) {
	const withStatus = records.filter((fields) => ownStatusWord(fields) !== undefined).at(-1);
	const withFile = records.find(({ json }) => fileUrlsIn(json, base).length > 0);
	const fields = withStatus ?? withFile;
	return fields && { fields };
}

/** How the job is, where its file is, and what went wrong. */
interface Outcome {
	status: ReturnType<typeof readStatus>;
	fileUrls: string[];
	error: Job['error'];
}

/** The response, and the job that it is about. */
interface Subject {
	body: JsonBody;
	own: OwnRecord;
	known: KnownJob;
}

function outcomeOf(subject: Subject, progress = 100): Outcome {
	const { body, own, known } = subject;
	const named = fileUrlsIn(body.json, known.base);
	const reported = toJobError(readError(body));
	const elsewhere = named.filter((url) => !isRouteOfJob(url, known));
	const word =
		statusWordOf(own.fields, own.records) ??
		impliedStatus(progress < 100 ? elsewhere : named, reported);
	const status = meaningOf(word, { named, elsewhere }, subject);
	const isCompleted = status.phase === 'completed';
	const other = isCompleted && named.length === 0 ? videoUrlAnywhere(body.json) : undefined;
	const fileUrls = other === undefined ? named : [other];
	if (isCompleted && fileUrls.length > 0) return { status, fileUrls, error: undefined };
	// If the job failed, any message is about the failure.
	const isLost = status.phase === 'failed' || status.phase === 'cancelled';
	const reason = reported ?? (isLost ? toJobError(readReason(body)) : undefined);
	return { status, fileUrls, error: reason ?? toJobError({ message: reasonInStatus(word) }) };
}

/** Reports whether a URL is a route of the API for the job, which exists as soon as the job does. */
function isRouteOfJob(url: string, { base }: KnownJob): boolean {
	return base !== undefined && url.startsWith(`${base}/videos/`);
}

/**
 * Returns a status for a job whose server reports none. A file means completed, and a job without a file was accepted.
 * An error message alone does not prove the end, so the node keeps waiting.
 */
function impliedStatus(fileUrls: string[], error: Job['error']): string {
	if (fileUrls.length > 0) return 'completed';
	return error ? 'unknown' : 'queued';
}

/**
 * Returns what the status word means in this response.
 * @param urls of the file, and those that are no routes of the API: only these prove that the file is there
 */
function meaningOf(
	word: string,
	urls: { named: string[]; elsewhere: string[] },
	subject: Subject,
): Outcome['status'] {
	const { body, own } = subject;
	const hasFile = urls.named.length > 0;
	const isOfJSend = OF_REQUEST.test(word) && own.fields.has('data');
	if (!hasFile && (isOfJSend || mayBeOfRequest(word)) && !isAboutJob(subject))
		return { phase: 'unknown', status: word.toLowerCase() };
	const status = readStatus(word, urls.elsewhere.length > 0);
	const isKeptBack = status.phase === 'completed' && !hasFile && isBlocked(body.records);
	return isKeptBack ? readStatus('failed') : status;
}

/**
 * Reports whether an error is certainly about the job. One of these is true: the status is in a field that only jobs have, a
 * moderation refused the content, or the response has the ID of the job and does not say that its status could not be read.
 */
function isAboutJob({ body, own: { id, records }, known }: Subject): boolean {
	if (hasStatusOfJob(records)) return true;
	const { code, message } = readReason(body);
	const texts = textsOf(message, code);
	if (meansFailedCheck(texts)) return false;
	if (id !== undefined || findWeakId(records)?.id === known.id) return true;
	return meaningOfFailure(texts) === 'contentPolicy';
}

function toJobError({ code, message }: Reason = {}): Job['error'] {
	const isEmpty = code === undefined && message === undefined;
	return isEmpty ? undefined : withoutUndefined<Reason>({ code, message });
}

import { meaningOfFailure } from '../../errors/refusalWords';
import { textsOf } from '../../errors/textPatterns';
import type { Job } from '../../job/job';
import { readStatus, reasonInStatus } from '../../job/status';
import { readError } from './error';
import { fieldsOf, listIn, pickAll, pickIn, recordsIn, type Fields } from './jsonFields';
import { fileUrlsIn, videoUrlAnywhere } from './fileUrls';
import { isBlocked } from './moderation';
import { readReason, type Reason } from './reason';
import { findBareId, findStrongId, findWeakId } from './jobId';
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
const SIZE_FIELDS = ['sizebytes'];
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
export function decodeJob(whole: unknown, known: KnownJob = {}): Job | undefined {
	const response = known.id === undefined ? whole : withoutOtherJobs(whole, known.id);
	const found = jobRecord(response, known);
	if (!found) return undefined;
	const { fields, id: reportedId } = found;
	const id = known.id ?? reportedId;
	if (id === undefined) return undefined;

	const { word, status, fileUrls } = outcomeOf(response, found, known);
	const isCompleted = status.phase === 'completed';
	const [metadata, usage, output, outputs] = ['metadata', 'usage', 'output', 'outputs'].map(
		(name) => fieldsOf(fields.get(name)),
	);
	const { costCurrency, ...ofMetadata } = pickAll(metadata, METADATA_FIELDS);
	const cost = costIn([metadata, usage, output, outputs, fields]);
	return withoutUndefined<Job>({
		id,
		reportedId: reportedId === id ? undefined : reportedId,
		...status,
		...pickAll(fields, JOB_FIELDS),
		...ofMetadata,
		url: fileUrls.find((url) => /^https?:/i.test(url)),
		fileUrls: fileUrls.length > 0 ? fileUrls : undefined,
		bytes: pickIn([output, outputs], SIZE_FIELDS, number),
		cost: cost?.amount,
		currency: cost?.currency ?? costCurrency,
		error:
			isCompleted && fileUrls.length > 0
				? undefined
				: (errorOf(response, ['failed', 'cancelled'].includes(status.phase)) ??
					messageOf(reasonInStatus(word))),
	});
}

/** How the job is, in the server's word and as read, and where its file is. */
interface Outcome {
	word: string;
	status: ReturnType<typeof readStatus>;
	fileUrls: string[];
}

function outcomeOf(response: unknown, found: FoundRecord, known: KnownJob): Outcome {
	const { fields, records } = found;
	const named = fileUrlsIn(response, known.base);
	const word = statusWordOf(fields, records) ?? impliedStatus(response, named);
	const isOfJSend = OF_REQUEST.test(word) && fields.has('data');
	const isUnclear =
		named.length === 0 &&
		(isOfJSend || mayBeOfRequest(word)) &&
		!isAboutJob(response, found, known);
	const status = isUnclear
		? { phase: 'unknown' as const, status: word.toLowerCase() }
		: readStatus(word, named.length > 0);
	if (named.length > 0 || status.phase !== 'completed') return { word, status, fileUrls: named };
	const isRefused = isBlocked(recordsIn(response, true));
	if (isRefused) return { word, status: readStatus('failed'), fileUrls: [] };
	const other = videoUrlAnywhere(response);
	return { word, status, fileUrls: other === undefined ? [] : [other] };
}

/**
 * Reports whether an error is certainly about the job: the response has its ID, the status has the name of a job's, or a
 * moderation refused the content.
 */
function isAboutJob(response: unknown, { id, records }: FoundRecord, known: KnownJob): boolean {
	if (id !== undefined || findWeakId(records)?.id === known.id) return true;
	if (hasStatusOfJob(records)) return true;
	const { code, message } = readReason(response);
	return meaningOfFailure(textsOf(message, code)) === 'contentPolicy';
}

/** Returns the entry of the requested job if a server returns a list of several jobs. Undefined if it is not in the list. */
function withoutOtherJobs(response: unknown, id: string): unknown {
	const idOf = (fields: Fields) => findStrongId([fields])?.id;
	// The files of one job may have IDs too, but they have no status.
	const isJob = (fields: Fields) =>
		idOf(fields) !== undefined && ownStatusWord(fields) !== undefined;
	const jobs = listIn(response, isJob);
	if (!jobs) return response;
	const own = jobs.find((fields) => idOf(fields) === id);
	return own && Object.fromEntries(own);
}

interface FoundRecord {
	fields: Fields;
	id?: string;
	/** All records among which it was found. */
	records: Fields[];
}

/** Finds the record of the job: at first in the likely places, then in the others. */
function jobRecord(response: unknown, known: KnownJob): FoundRecord | undefined {
	const find = (one: (records: Fields[]) => Omit<FoundRecord, 'records'> | undefined) => {
		for (const isWide of [false, true]) {
			const records = recordsIn(response, isWide);
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
	const withFile = records.find((one) => fileUrlsIn(one, base).length > 0);
	const fields = withStatus ?? withFile;
	return fields && { fields };
}

/**
 * Returns a status for a job whose server reports none. A file means completed, and a job without a file was accepted.
 * An error message alone does not prove the end, so the node keeps waiting.
 */
function impliedStatus(response: unknown, fileUrls: string[]): string {
	if (fileUrls.length > 0) return 'completed';
	return errorOf(response, false) ? 'unknown' : 'queued';
}

function messageOf(message: string | undefined): Job['error'] {
	return message === undefined ? undefined : { message };
}

/** @param anywhere true if the job failed, so that any message is about the failure */
function errorOf(response: unknown, anywhere: boolean): Job['error'] {
	const { code, message }: Reason = anywhere ? readReason(response) : (readError(response) ?? {});
	const isEmpty = code === undefined && message === undefined;
	return isEmpty ? undefined : withoutUndefined<Reason>({ code, message });
}

import { z } from 'zod';
import type { Job } from '../../job/job';
import { readStatus } from '../../job/status';
import { readError, readReason, type Reason } from './error';
import { fieldsOf, pick, recordsIn, type Fields } from './fields';
import { fileUrlsIn } from './fileUrls';
import { amount, costIn, currency } from './money';
import { number, percent, text, time, withoutUndefined } from './values';

/**
 * Reads what servers answer about a job, tolerantly (docs/protocols/compatible-servers.md#what-a-tolerant-client-accepts):
 * which job, how it is, why it failed and where its file is are found under the usual names, nested, in lists, and in any
 * spelling. Only an answer without an id is no job, unless it is known which job was asked for.
 */

/** Names of an id, and names that are an id only where there is none of the former: they may be those of a log. */
const ID_FIELDS = ['id', 'videoid', 'taskid', 'jobid', 'generationid'];
const WEAK_ID_FIELDS = ['requestid', 'queueid', 'predictionid', 'operationid'];
/** Some gateways encode routing data into ids of several hundred characters. */
const MAX_ID = 2_000;
const STATUS_FIELDS = ['status', 'taskstatus', 'state', 'jobstatus', 'videostatus', 'taskstate'];
/** Said of an answer rather than of a job. */
const OF_ANSWER = /^(success(ful)?|succeed|succeeded|ok|true)$/i;

const videoId = text.refine((value) => value === undefined || isJobId(value));
const statusWord = z.string().trim().regex(/\p{L}/u).optional().catch(undefined);

/** Whether a text can be an id. A control character could forge a line of a log; of half a character no URL can be made. */
export function isJobId(id: string): boolean {
	return id.length <= MAX_ID && !/[\p{Cc}\p{Cf}\p{Surrogate}\ufffd]/u.test(id);
}

/** What is known besides an answer. */
export interface Asked {
	/** The job that was asked for; the answer need not repeat it. */
	id?: string;
	/** What relative URLs start from. */
	base?: string;
}

/** The job an answer describes, or undefined where it describes none. */
export function decodeJob(answer: unknown, asked: Asked = {}): Job | undefined {
	const records = recordsIn(answer);
	const found = jobRecord(records, asked);
	if (!found) return undefined;
	const { fields, id: reportedId } = found;
	const id = asked.id ?? reportedId;
	if (id === undefined) return undefined;

	const fileUrls = fileUrlsIn(answer, asked.base);
	const metadata = fieldsOf(fields.get('metadata'));
	const output = [fieldsOf(fields.get('output')), fieldsOf(fields.get('outputs'))];
	const cost = costIn([metadata, fieldsOf(fields.get('usage')), ...output, fields]);
	const status = readStatus(
		wordOf(fields, records) ?? wordFor(answer, fileUrls),
		fileUrls.length > 0,
	);
	return withoutUndefined<Job>({
		id,
		reportedId: reportedId === id ? undefined : reportedId,
		...status,
		progress: pick(fields, ['progress', 'percent', 'percentage'], percent),
		model: pick(fields, ['model', 'modelname', 'modelid'], text),
		provider: pick(metadata, ['provider'], text),
		prompt: pick(fields, ['prompt'], text),
		seconds: pick(fields, ['seconds', 'duration'], number),
		size: pick(fields, ['size'], text),
		createdAt: pick(fields, ['createdat', 'created', 'submittime', 'createtime'], time),
		completedAt: pick(fields, ['completedat', 'finishtime', 'endtime'], time),
		expiresAt: pick(fields, ['expiresat'], time),
		url: fileUrls.find((url) => /^https?:/i.test(url)),
		fileUrls: fileUrls.length > 0 ? fileUrls : undefined,
		bytes: output.map((one) => pick(one, ['sizebytes'], number)).find((one) => one !== undefined),
		cost: cost?.amount,
		estimatedCost: pick(metadata, ['costestimate'], amount),
		currency: cost?.currency ?? pick(metadata, ['costcurrency'], currency),
		error:
			status.phase === 'completed'
				? undefined
				: errorOf(answer, ['failed', 'cancelled'].includes(status.phase)),
	});
}

/** The record that has the id, or, where the id is known, the innermost one that says how the job is. */
function jobRecord(
	records: Fields[],
	{ id: askedId, base }: Asked,
): { fields: Fields; id?: string } | undefined {
	for (const names of askedId !== undefined ? [ID_FIELDS] : [ID_FIELDS, WEAK_ID_FIELDS]) {
		for (const fields of records) {
			const id = pick(fields, names, videoId);
			if (id !== undefined) return { fields, id };
		}
	}
	if (askedId === undefined) return undefined;
	const saying = records.filter((fields) => ownWord(fields) !== undefined).at(-1);
	const holding = records.find((one) => fileUrlsIn(Object.fromEntries(one), base).length > 0);
	const fields = saying ?? holding;
	return fields && { fields };
}

/** The status of the job: in its own record, else inside it, else around it where it is not said of the answer. */
function wordOf(own: Fields, records: Fields[]): string | undefined {
	const at = records.indexOf(own);
	const inside = records.slice(at + 1).map(ownWord);
	const around = records.slice(0, at).map(ownWord);
	const words = [ownWord(own), ...inside, ...around.filter((word) => !OF_ANSWER.test(word ?? ''))];
	return words.find((word) => word !== undefined);
}

function ownWord(fields: Fields): string | undefined {
	const word = pick(fields, STATUS_FIELDS, statusWord);
	if (word !== undefined) return word;
	// Long-running operations of Google's APIs say `done` alone.
	const done = fields.get('done');
	if (typeof done !== 'boolean') return undefined;
	return !done ? 'in_progress' : fields.get('error') ? 'failed' : 'completed';
}

/**
 * The status of a job whose server does not say it: a file that is there means completed, and a job without a file was
 * accepted. An error text alone proves no end: the job is waited for.
 */
function wordFor(answer: unknown, fileUrls: string[]): string {
	if (fileUrls.length > 0) return 'completed';
	return errorOf(answer, false) ? 'unknown' : 'queued';
}

/** @param anywhere whether the job failed, so that any words are about that */
function errorOf(answer: unknown, anywhere: boolean): Job['error'] {
	const { code, message }: Reason = anywhere ? readReason(answer) : (readError(answer) ?? {});
	const isEmpty = code === undefined && message === undefined;
	return isEmpty ? undefined : withoutUndefined<Reason>({ code, message });
}

const listBody = z.object({
	data: z.array(z.unknown()),
	has_more: z.boolean().optional().catch(undefined),
	last_id: text,
	next_page_url: text,
});

/** One page of a list of videos; `next` is the cursor of the page after it. */
export interface JobPage {
	jobs: Job[];
	next?: string;
}

/** The videos of a list answer, or undefined where it is no list. Lumenfall's history names other media too. */
export function decodeJobs(answer: unknown): JobPage | undefined {
	const parsed = listBody.safeParse(answer);
	if (!parsed.success) return undefined;

	const { data, has_more: hasMore, last_id: lastId, next_page_url: nextPage } = parsed.data;
	const isVideo = (entry: unknown) =>
		((entry as { modality?: string } | null)?.modality ?? 'video') === 'video';
	const jobs = data.filter(isVideo).flatMap((entry) => decodeJob(entry) ?? []);
	const last = lastId ?? decodeJob(data.at(-1))?.id;
	return { jobs, ...((hasMore || nextPage) && last !== undefined && { next: last }) };
}

/** The id of a job, under a name that means nothing else; undefined where an answer has none. */
export function strongIdIn(answer: unknown): string | undefined {
	const ids = recordsIn(answer).map((fields) => pick(fields, ID_FIELDS, videoId));
	return ids.find((id) => id !== undefined);
}

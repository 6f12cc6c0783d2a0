import type { ItemContext } from '../context';
import { failureOf } from '../errors/failure';
import type { Job } from '../job/job';
import type { JobEntry } from '../job/jobEntry';
import type { SentRequest } from '../job/record';
import { shortHash } from '../support/hash';
import { resultOf } from '../support/result';
import { withRetry } from '../transport/retry';
import type { UnknownOutcome } from './createErrors';

/** How many videos of the server's list are searched. */
const LIST_LIMIT = 100;

/** Tolerance in milliseconds: clocks of two machines are compared, and servers truncate times to whole seconds. */
const TOLERANCE_MS = 2_000;

export type FoundInList = Pick<UnknownOutcome, 'candidateVideoIds' | 'hasNoList'>;

/** Looks in the server's list for the jobs that may belong to a lost create. Reports whether there is no list. */
export async function findLostJobs(
	{ api, jobs, runtime }: Pick<ItemContext, 'api' | 'jobs' | 'runtime'>,
	entry: JobEntry,
): Promise<FoundInList> {
	const { sent, sentAt = '', lostAt = sentAt } = entry.record;
	if (sent?.baseUrl !== undefined && sent.baseUrl !== api.baseUrl) return {};
	const result = await resultOf(
		withRetry(async () => await api.listVideos({ limit: LIST_LIMIT }), runtime),
	);
	if (!result.ok) return failureOf(result.error)?.kind === 'noList' ? { hasNoList: true } : {};
	if (!sent) return {};
	const page = result.value;
	const lost = {
		sent,
		sentAt: Date.parse(sentAt) + page.clockLead.leastMs,
		lostAt: Date.parse(lostAt) + page.clockLead.mostMs,
	};
	const found = candidatesAmong(page.jobs, lost, (id) => jobs.isOfOther(id, entry));
	return found.length > 0 ? { candidateVideoIds: found.map(({ id }) => id) } : {};
}

/** A create whose response was lost. Times by the server's clock, in milliseconds since 1970. */
export interface LostCreate {
	sent: SentRequest;
	/** The earliest time it can have been sent. */
	sentAt: number;
	/** The latest time its response can have been lost. */
	lostAt: number;
}

/**
 * Returns the jobs that may belong to a lost create: created at that time, with the same prompt,
 * model and duration. Another execution can have created such a job too, so a match is only shown to the user, never
 * used.
 * @param isKnown whether a video belongs to another request
 */
export function candidatesAmong(
	jobs: Job[],
	{ sent, sentAt, lostAt }: LostCreate,
	isKnown: (videoId: string) => boolean,
): Job[] {
	return jobs.filter(
		({ id, createdAt, prompt, model, seconds }) =>
			createdAt !== undefined &&
			createdAt >= sentAt - TOLERANCE_MS &&
			createdAt <= lostAt + TOLERANCE_MS &&
			!isKnown(id) &&
			prompt !== undefined &&
			shortHash(prompt) === sent.prompt &&
			(model === undefined || model === sent.model) &&
			// For an extension, some servers report the added part and others the whole length.
			(seconds === undefined || sent.change !== undefined || seconds === sent.seconds),
	);
}

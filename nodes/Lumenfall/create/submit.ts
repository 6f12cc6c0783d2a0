import type { ItemContext } from '../context';
import { failureOf, type Failure, type FailureError } from '../errors/failure';
import { serverErrors } from '../errors/serverErrors';
import { shortHash } from '../job/identity';
import type { Job } from '../job/job';
import type { JobEntry } from '../job/jobStore';
import type { SentRequest } from '../job/record';
import type { VideoRequest } from '../request/videoRequest';
import { retryDelayMs, withRetry } from '../transport/retry';
import { withAlternatives } from './alternatives';
import { findLostJobs } from './findLostJob';
import { provesNothingWasMade } from './createOutcome';
import { createErrors } from './createErrors';

/** What the submit loop needs of a run. Tests give it a server and a clock of their own. */
export type SubmitContext = Pick<
	ItemContext,
	'api' | 'cache' | 'jobs' | 'rateLimiter' | 'runtime' | 'stop'
> & { log(line: string): void };

/** How far back a lost job is looked for. */
const LIST_LIMIT = 100;

/**
 * Sends the create until its outcome is known: accepted, refused for good, or unknown. A create is repeated only after the
 * server refused it, or with the same key on a server that supports keys.
 * @param retryBudgetMs how long the server's limits (rate, running jobs) are waited out, in milliseconds
 * @throws FailureError the refusal, or `createOutcomeUnknown` if a job may exist
 */
export async function submit(
	context: SubmitContext,
	request: VideoRequest,
	entry: JobEntry,
	retryBudgetMs: number,
): Promise<Job> {
	if (entry.sharesKey) throw createErrors.sharedKey();
	const { api, rateLimiter, runtime } = context;
	const supportsKey = await api.supportsIdempotencyKey();
	if (entry.record.sentAt && !supportsKey) throw await unknownOutcome(context, entry);

	const deadline = runtime.now() + retryBudgetMs;
	let busy: unknown = serverErrors.rateLimited();
	for (let repeats = 0; ; ) {
		if (!(await rateLimiter.acquire(deadline)))
			throw entry.record.lostAt ? await unknownOutcome(context, entry) : busy;
		const { job, error } = await send(context, request, entry);
		if (job) return job;

		const failure = failureOf(error);
		if (!failure) throw error;
		const outcome = readOutcome(failure, entry, supportsKey);
		if (outcome === 'busy') {
			busy = error;
			rateLimiter.backOff(failure.retryAfterMs);
			continue;
		}
		if (outcome === 'refused') throw await withAlternatives(context, request.model, error);

		const delayMs = supportsKey ? repeatDelayMs(error, ++repeats, runtime.random()) : undefined;
		if (delayMs === undefined) throw await unknownOutcome(context, entry, failure);
		await runtime.sleep(delayMs).catch(() => {
			throw createOutcomeUnknown(context, entry, failure);
		});
	}
}

/** Sends the create once. The record knows of it before the first byte leaves. */
async function send(
	{ api, jobs, rateLimiter, stop, log }: SubmitContext,
	request: VideoRequest,
	entry: JobEntry,
): Promise<{ job?: Job; error?: unknown }> {
	stop.throwIfStopped();
	entry.sending(new Date(), sentRequestOf(request));
	// The only trace of a create if the process dies before the response.
	log(`Creating a video with ${request.model} (key ${entry.record.idempotencyKey})`);
	try {
		const job = await api.createVideo(request, entry.record.idempotencyKey);
		if (jobs.isOfOther(job.id, entry)) throw serverErrors.unreadableAnswer(sameVideoTwice(job.id));
		rateLimiter.recover();
		entry.created(job.id);
		return { job };
	} catch (error) {
		return { error };
	}
}

/**
 * What a failed create means.
 * - `refused`: certainly no job exists.
 * - `busy`: the server says "not now". The whole run slows down and tries again.
 * - `unknown`: a job may exist.
 */
type CreateOutcome = 'refused' | 'busy' | 'unknown';

/** Saves in the record what a failed create means, and returns it. */
function readOutcome(failure: Failure, entry: JobEntry, supportsKey: boolean): CreateOutcome {
	const wasLost = entry.record.lostAt !== undefined;
	const isProven = provesNothingWasMade(failure, {
		supportsIdempotencyKey: supportsKey,
		isRepeat: wasLost,
	});
	if (isProven && isBusy(failure)) {
		if (!wasLost) entry.refused();
		return 'busy';
	}
	// After a lost create an ordinary refusal only says that the repeat made nothing. The first one may have.
	if (isProven && (!wasLost || isServerFault(failure))) {
		entry.refused();
		return 'refused';
	}
	entry.lost(new Date());
	return 'unknown';
}

function isBusy({ kind }: Failure): boolean {
	return kind === 'rateLimited' || kind === 'tooManyJobs';
}

function isServerFault({ httpStatus = 0 }: Failure): boolean {
	return httpStatus >= 500;
}

/** After a lost create the server may answer that the key is in use: the job is being made, so ask again. */
const IN_PROGRESS = [409, 422, 425];

function repeatDelayMs(error: unknown, repeats: number, random: number): number | undefined {
	const { httpStatus = 0 } = failureOf(error) ?? {};
	const isTransientHere = httpStatus >= 500 || IN_PROGRESS.includes(httpStatus);
	return retryDelayMs(isTransientHere ? serverErrors.serverUnavailable() : error, repeats, random);
}

export function sentRequestOf(request: VideoRequest): SentRequest {
	const { model, seconds, prompt, webhookUrl } = request;
	return {
		model,
		seconds,
		prompt: shortHash(prompt),
		...(webhookUrl && { webhook: shortHash(webhookUrl) }),
	};
}

function sameVideoTwice(videoId: string) {
	return {
		videoId,
		serverMessage: `it returned video ${videoId}, which belongs to another request`,
	};
}

/** The error of a create that may have made a job, naming the jobs in the server's list that may be it. */
async function unknownOutcome(
	context: SubmitContext,
	entry: JobEntry,
	failure?: Failure,
): Promise<FailureError> {
	const { api, jobs, runtime } = context;
	const { sent, sentAt = '', lostAt = sentAt } = entry.record;
	const page = await withRetry(
		async () => await api.listVideos({ limit: LIST_LIMIT }),
		runtime,
	).catch(() => undefined);
	if (!page || !sent) return createOutcomeUnknown(context, entry, failure);
	const lost = {
		sent,
		sentAt: Date.parse(sentAt) + page.clockLead.leastMs,
		lostAt: Date.parse(lostAt) + page.clockLead.mostMs,
	};
	const candidates = findLostJobs(page.jobs, lost, (id) => jobs.isOfOther(id, entry)).map(
		({ id }) => id,
	);
	return createOutcomeUnknown(context, entry, failure, candidates);
}

function createOutcomeUnknown(
	{ api: { dialect } }: Pick<SubmitContext, 'api'>,
	{ record }: JobEntry,
	failure?: Failure,
	candidates: string[] = [],
): FailureError {
	return createErrors.outcomeUnknown({
		...failure,
		mayExistSince: record.sentAt,
		sameKey: dialect.supportsIdempotencyKey,
		hasNoList: !dialect.listUrl,
		...(candidates.length > 0 && { candidateVideoIds: candidates }),
	});
}

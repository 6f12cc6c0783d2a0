import type { ItemContext } from '../context';
import { failureOf, type Failure, type FailureDetails, type FailureError } from '../errors/failure';
import { serverErrors } from '../errors/serverErrors';
import type { Job } from '../job/job';
import type { JobEntry } from '../job/jobEntry';
import type { SentRequest } from '../job/record';
import type { VideoRequest } from '../request/videoRequest';
import { shortHash } from '../support/hash';
import { resultOf } from '../support/result';
import { retryDelayMs, withRetry } from '../transport/retry';
import { withAlternatives } from './alternatives';
import { findLostJobs } from './findLostJob';
import { provesNothingWasMade, type CreateAttempt } from './createOutcome';
import { mayRepeat } from './mayRepeat';
import { createErrors, type UnknownOutcome } from './createErrors';

/** The parts of a run that the submit loop uses. Tests pass their own server and clock. */
type SubmitContext = Pick<
	ItemContext,
	'api' | 'cache' | 'jobs' | 'rateLimiter' | 'runtime' | 'stop'
> & { log(line: string): void };

/** How many videos of the server's list are searched for a lost job. */
const LIST_LIMIT = 100;

/**
 * Sends the create until its outcome is known: accepted, refused for good, or unknown. A create is only retried if the
 * server refused it, or with the same key on a server that supports keys.
 * @param timeoutMs how long to retry if the server limits the rate or the number of running jobs, and how long to wait for a
 * server that responds only when the video is finished, in milliseconds
 * @throws FailureError the refusal, or `createOutcomeUnknown` if a job may exist
 */
export async function submit(
	context: SubmitContext,
	request: VideoRequest,
	entry: JobEntry,
	timeoutMs: number,
): Promise<Job> {
	if (entry.sharesKey) throw createErrors.sharedKey();
	const { rateLimiter, runtime } = context;
	const isRepeatable = await requireKnownOutcome(context, entry);
	let lastFailure: Failure | undefined;
	const lost = (found: FoundInList = {}) =>
		outcomeUnknown(context, entry, {
			...lastFailure,
			sameKey: isRepeatable,
			...found,
		});

	const deadline = runtime.now() + timeoutMs;
	let busy: unknown = serverErrors.rateLimited();
	// The error of a Stop would claim that nothing was created, but the outcome of a lost create is unknown.
	const onStop = (stopped: unknown): never => {
		throw entry.mayHaveJob ? lost() : stopped;
	};
	for (let repeats = 0; ; ) {
		if (!(await rateLimiter.acquire(deadline).catch(onStop)))
			throw entry.mayHaveJob ? lost(await lookInList(context, entry)) : busy;
		const isRepeat = entry.mayHaveJob;
		// A repeat finds the job, so a response that does not come is not worth waiting for.
		const patienceMs = isRepeatable ? 0 : deadline - runtime.now();
		const { job, error } = await send(context, request, entry, patienceMs).catch(onStop);
		if (job) return job;

		const failure = failureOf(error);
		if (!failure) throw error;
		lastFailure = failure;
		const attempt = { supportsIdempotencyKey: isRepeatable, isRepeat };
		const outcome = readOutcome(failure, entry, attempt);
		if (outcome === 'busy') {
			busy = error;
			rateLimiter.backOff(failure.retryAfterMs);
			continue;
		}
		if (outcome === 'refused') throw await withAlternatives(context, request.model, error);

		const delayMs = isRepeatable ? repeatDelayMs(error, ++repeats, runtime.random()) : undefined;
		if (delayMs === undefined) throw lost(await lookInList(context, entry));
		await runtime.sleep(delayMs).catch(onStop);
	}
}

/**
 * Requires that the outcome of an earlier create is known, or that a repeat with the same key finds its job.
 * @returns whether a create may be repeated after an unknown outcome
 * @throws FailureError `createOutcomeUnknown`
 */
export async function requireKnownOutcome(
	context: Pick<SubmitContext, 'api' | 'jobs' | 'runtime'>,
	entry: JobEntry,
): Promise<boolean> {
	const isRepeatable = await mayRepeat(context.api, entry.record);
	if (isRepeatable || !entry.mayHaveJob) return isRepeatable;
	const found = await lookInList(context, entry);
	throw outcomeUnknown(context, entry, { sameKey: false, ...found });
}

/** Sends the create once. The record is saved before the first byte is sent. */
async function send(
	{ api, jobs, rateLimiter, stop, log }: SubmitContext,
	request: VideoRequest,
	entry: JobEntry,
	patienceMs: number,
): Promise<{ job?: Job; error?: unknown }> {
	stop.throwIfStopped();
	const { idempotencyKey } = entry.record;
	const onSend = () => {
		const place = { baseUrl: api.baseUrl, account: api.account };
		entry.sending(new Date(), { ...sentRequestOf(request), ...place });
		// The only trace of a create if the process dies before the response.
		log(`Creating a video with ${request.model} (key ${idempotencyKey})`);
	};
	try {
		const job = await api.createVideo(request, idempotencyKey, { patienceMs, onSend });
		if (jobs.isOfOther(job.id, entry)) throw serverErrors.unreadableAnswer(sameVideoTwice(job.id));
		rateLimiter.recover();
		entry.created(job.id);
		return { job };
	} catch (error) {
		return { error };
	}
}

/**
 * What the failure of a create means.
 * - `refused`: certainly no job exists.
 * - `busy`: a rate limit or job limit. The whole run backs off and retries.
 * - `unknown`: a job may exist.
 */
type CreateOutcome = 'refused' | 'busy' | 'unknown';

/** Saves the meaning of a failed create in the record, and returns it. */
function readOutcome(failure: Failure, entry: JobEntry, attempt: CreateAttempt): CreateOutcome {
	const isProven = provesNothingWasMade(failure, attempt);
	if (isProven && isBusy(failure)) {
		if (!attempt.isRepeat) entry.refused();
		return 'busy';
	}
	// The refusal of a retry only proves that the retry created nothing. The first create may have.
	if (isProven && (!attempt.isRepeat || isServerFault(failure))) {
		entry.refused();
		return 'refused';
	}
	entry.lost(new Date(), failure.videoId);
	return 'unknown';
}

function isBusy({ kind }: Failure): boolean {
	return kind === 'rateLimited' || kind === 'tooManyJobs';
}

function isServerFault({ httpStatus = 0 }: Failure): boolean {
	return httpStatus >= 500;
}

/** After a lost create the server may report that the key is in use: the job is being created, so retry. */
const IN_PROGRESS = [409, 422, 425];

function repeatDelayMs(error: unknown, repeats: number, random: number): number | undefined {
	const { httpStatus = 0 } = failureOf(error) ?? {};
	const isTransientHere = httpStatus >= 500 || IN_PROGRESS.includes(httpStatus);
	return retryDelayMs(isTransientHere ? serverErrors.serverUnavailable() : error, repeats, random);
}

/** Returns what the record keeps of a request. */
export function sentRequestOf(request: VideoRequest): SentRequest {
	const { model, seconds, prompt, source, webhookUrl } = request;
	return {
		model,
		...(seconds !== undefined && { seconds }),
		...(source && { change: source.change }),
		...(source?.seconds !== undefined && { sourceSeconds: source.seconds }),
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

type FoundInList = Pick<UnknownOutcome, 'candidateVideoIds' | 'hasNoList'>;

/** Looks in the server's list for the jobs that may belong to a lost create. Reports whether there is no list. */
async function lookInList(
	{ api, jobs, runtime }: Pick<SubmitContext, 'api' | 'jobs' | 'runtime'>,
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
	const found = findLostJobs(page.jobs, lost, (id) => jobs.isOfOther(id, entry));
	return found.length > 0 ? { candidateVideoIds: found.map(({ id }) => id) } : {};
}

/** Creates the error of a create that may have created a job. */
function outcomeUnknown(
	{ api: { dialect } }: Pick<SubmitContext, 'api'>,
	{ record }: JobEntry,
	known: UnknownOutcome,
): FailureError {
	const { namedVideoId: videoId } = record;
	const details: FailureDetails = {
		...(videoId !== undefined && { videoId }),
		...known,
		mayExistSince: record.sentAt,
		hasNoList: known.hasNoList ?? !dialect.listUrl,
	};
	// These describe only the last response, which may be that of a retry.
	delete details.nothingMade;
	delete details.neverSent;
	return createErrors.outcomeUnknown(details);
}

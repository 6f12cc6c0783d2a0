import type { ItemContext } from '../context';
import { failureOf, FailureError, type Failure, type FailureDetails } from '../errors/failure';
import { serverErrors } from '../errors/serverErrors';
import type { Job } from '../job/job';
import type { JobEntry } from '../job/jobEntry';
import type { SentRequest } from '../job/record';
import { withAlternatives } from '../models/lookUp';
import type { VideoRequest } from '../request/videoRequest';
import { shortHash } from '../support/hash';
import { resultOf } from '../support/result';
import { retryDelayMs } from '../transport/retry';
import { TIMEOUTS } from '../transport/timeouts';
import { findLostJobs, type FoundInList } from './findLostJob';
import { mayRepeat, outcomeOf, type CreateOutcome } from './createOutcome';
import { createErrors, type UnknownOutcome } from './createErrors';

/** The parts of a run that the submit loop uses. Tests pass their own server and clock. */
type SubmitContext = Pick<
	ItemContext,
	'api' | 'cache' | 'execution' | 'jobs' | 'rateLimiter' | 'runtime' | 'stop'
>;

/** The attempt whose pause, two to four seconds, is used while the job is being created. */
const WHILE_CREATED = 3;

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
	const deadline = runtime.now() + timeoutMs;
	let last: Failure | undefined;
	let lostAt: number | undefined;
	let busy = serverErrors.rateLimited();
	const lost = (found: FoundInList = {}) =>
		outcomeUnknown(context, entry, { ...last, sameKey: isRepeatable, ...found });
	// The error of a Stop would claim that nothing was created, but the outcome of a lost create is unknown.
	const onStop = (error: unknown): never => {
		throw failureOf(error)?.kind === 'stopped' && entry.mayHaveJob ? lost() : error;
	};
	for (let repeats = 0; ; ) {
		if (!(await rateLimiter.acquire(deadline).catch(onStop)))
			throw entry.mayHaveJob ? lost(await findLostJobs(context, entry)) : busy;
		// A repeat finds the job, so a response that does not come is not worth waiting for.
		const patienceMs = isRepeatable ? 0 : deadline - runtime.now();
		const sent = await send(context, request, entry, { isRepeatable, patienceMs }).catch(onStop);
		if (sent.outcome === 'created') return sent.job;
		const { outcome, error } = sent;
		if (outcome === 'refused') throw await withAlternatives(context, request.model, error);
		last = error.failure;
		if (outcome === 'busy') {
			busy = error;
			rateLimiter.backOff(last.retryAfterMs);
			continue;
		}
		lostAt ??= runtime.now();
		const isWorthWaiting = isBeingCreated(last) && runtime.now() - lostAt < TIMEOUTS.create;
		const attempt = isWorthWaiting ? WHILE_CREATED : ++repeats;
		const delayMs = isRepeatable ? repeatDelayMs(error, attempt, runtime.random()) : undefined;
		if (delayMs === undefined) throw lost(await findLostJobs(context, entry));
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
	const isRepeatable = await mayRepeat(context, entry.record);
	if (isRepeatable || !entry.mayHaveJob) return isRepeatable;
	const found = await findLostJobs(context, entry);
	throw outcomeUnknown(context, entry, { sameKey: false, ...found });
}

type SentCreate =
	| { outcome: 'created'; job: Job }
	| { outcome: CreateOutcome; error: FailureError };

/** Sends the create once. The record is saved before the first byte is sent, and again with the outcome. */
async function send(
	{ api, execution, jobs, rateLimiter, runtime, stop }: SubmitContext,
	request: VideoRequest,
	entry: JobEntry,
	{ isRepeatable, patienceMs }: { isRepeatable: boolean; patienceMs: number },
): Promise<SentCreate> {
	stop.throwIfStopped();
	const isRepeat = entry.mayHaveJob;
	const { idempotencyKey } = entry.record;
	const now = () => new Date(runtime.wallTime());
	const onSend = () => {
		const place = { baseUrl: api.baseUrl, account: api.account };
		entry.sending(now(), { ...sentRequestOf(request), ...place });
		// The only trace of a create if the process dies before the response.
		execution.logger.info(`Creating a video with ${request.model} (key ${idempotencyKey})`);
	};
	const result = await resultOf(api.createVideo(request, idempotencyKey, { patienceMs, onSend }));
	if (result.ok && !jobs.isOfOther(result.value.id, entry)) {
		rateLimiter.recover();
		entry.created(result.value.id, now());
		return { outcome: 'created', job: result.value };
	}
	const error = result.ok ? videoOfOther(result.value.id) : result.error;
	if (!(error instanceof FailureError)) throw error;
	const { failure } = error;
	const outcome = outcomeOf(failure, { isRepeatable, isRepeat });
	if (outcome === 'unknown') entry.lost(now(), failure.videoId);
	else if (outcome === 'refused' || !isRepeat) entry.refused();
	return { outcome, error };
}

function videoOfOther(videoId: string): FailureError {
	const serverMessage = `it returned video ${videoId}, which belongs to another request`;
	return serverErrors.unreadableAnswer({ videoId, serverMessage });
}

/**
 * Responses to a repeat of a create which may mean that its key is in use. A 422 may also mean that the key belongs to another
 * request.
 */
const KEY_MAY_BE_IN_USE = [409, 422, 425];

/** Whether the server is still creating the job of the key. */
function isBeingCreated({ httpStatus }: Failure): boolean {
	return httpStatus === 409 || httpStatus === 425;
}

function repeatDelayMs(error: FailureError, attempt: number, random: number): number | undefined {
	const { httpStatus = 0, retryAfterMs } = error.failure;
	const isTransientHere = httpStatus >= 500 || KEY_MAY_BE_IN_USE.includes(httpStatus);
	const known = isTransientHere ? serverErrors.serverUnavailable({ retryAfterMs }) : error;
	return retryDelayMs(known, attempt, random);
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

import type { IExecuteFunctions } from 'n8n-workflow';
import { fail, withFacts } from '../errors/messages';
import { failureOf, type Failure, type FailureError } from '../errors/failure';
import { inputErrors } from '../errors/inputErrors';
import { findLostJob } from './findLostJob';
import { hashOf, hashOfBytes } from '../job/identity';
import { openLedger, type Ledger } from '../job/ledger';
import type { Job } from '../job/job';
import type { VideoApi } from '../transport/videoApi';
import { retryDelayMs, withRetry } from '../transport/retry';
import type { ItemContext } from '../context';
import { runtimeOf } from '../support/runtime';
import { resizeImages } from './resizeImages';
import { availableModels } from '../models/lookUp';
import type { InputImage, RequestImages, VideoRequest } from '../request/videoRequest';

/** How many models an error message names. */
export const MAX_ALTERNATIVES = 6;
/** How far back a lost job is looked for. */
const LIST_LIMIT = 100;

/**
 * Makes sure that exactly one job exists for the request, and gives it back. A re-run of the node finds the job it
 * made before; only a request that never became a job, or whose job failed, is sent.
 * @param patienceMs how long the server's limits (rate, running jobs) are waited out
 * @throws FailureError `createOutcomeUnknown` where a create may have worked and the server cannot tell
 */
export async function submitOnce(
	context: ItemContext,
	request: VideoRequest,
	patienceMs: number,
): Promise<Job> {
	const ledger = ledgerOf(context, request);
	if (ledger.sharesKey()) throw inputErrors.sharedKey();

	const known = await knownJob(context, ledger);
	const job =
		known ?? (await order(context, await resizeImages(context, request), ledger, patienceMs));
	context.execution.logger.info(
		`Video ${job.id} ${known ? 'was ordered before and is not ordered again' : 'is ordered'}`,
	);
	return job;
}

/** Whether the job of a request calls the address that the request carries; one ordered by another execution does not. */
export function isWebhookRegistered(context: ItemContext, request: VideoRequest): boolean {
	return ledgerOf(context, request).calls(request.webhookUrl);
}

async function knownJob({ api, stop }: ItemContext, ledger: Ledger): Promise<Job | undefined> {
	const { videoId } = ledger.entry;
	if (videoId === undefined) return undefined;

	const { job } = await withRetry(async () => await api.getVideo(videoId), runtimeOf(stop)).catch(
		(error: unknown) => {
			throw withFacts(error, { videoId });
		},
	);
	if (job.phase !== 'failed') return job;
	ledger.startOver();
	return undefined;
}

/** Sends the create until it is answered: accepted, refused for good, or of unknown outcome. */
async function order(
	context: ItemContext,
	request: VideoRequest,
	ledger: Ledger,
	patienceMs: number,
): Promise<Job> {
	const { api, rateLimiter, stop } = context;
	const { sleep, random, now } = runtimeOf(stop);
	const giveUpAt = now() + patienceMs;
	const mayRepeat = api.dialect.supportsIdempotencyKey;
	if (ledger.entry.sentAt && !mayRepeat) return await recover(context, request, ledger);

	let busy = fail('rateLimited');
	for (let faults = 0; ; ) {
		if (!(await rateLimiter.acquire(giveUpAt)))
			throw ledger.entry.lostAt ? doubtOf(api, ledger) : busy;
		stop.throwIfStopped();
		ledger.sending(new Date(), request.webhookUrl);
		const answer = await api.createVideo(request, ledger.entry.idempotencyKey).then(
			(job) => ({ job }),
			(error: unknown) => ({ error }),
		);
		if ('job' in answer) {
			rateLimiter.recover();
			ledger.created(answer.job.id);
			return answer.job;
		}

		const failure = failureOf(answer.error);
		if (!failure) throw answer.error;
		if (mayHaveMadeJob(failure, mayRepeat)) {
			ledger.lost(new Date());
			// Only a server that knows the key again may be asked twice.
			const pauseMs = mayRepeat ? retryDelayMs(answer.error, ++faults, random()) : undefined;
			if (pauseMs === undefined) return await recover(context, request, ledger, failure);
			await sleep(pauseMs).catch(() => {
				throw doubtOf(api, ledger, failure);
			});
		} else if (ledger.entry.lostAt) {
			// A refusal now says nothing about the order that was lost before.
			throw doubtOf(api, ledger, failure);
		} else {
			ledger.refused();
			if (!isBusy(failure)) throw await withAlternatives(context, request, answer.error);
			busy = fail(failure.kind, failure);
			rateLimiter.backOff(failure.retryAfterMs);
		}
	}
}

/** Looks for the job of a create whose answer was lost; where that leaves a doubt, nothing is ordered. */
async function recover(
	{ api }: ItemContext,
	request: VideoRequest,
	ledger: Ledger,
	failure?: Failure,
): Promise<Job> {
	const { sentAt = '', lostAt = sentAt } = ledger.entry;
	const page = api.dialect.supportsIdempotencyKey
		? undefined
		: await api.listVideos({ limit: LIST_LIMIT }).catch(() => undefined);
	if (!page || ledger.hasTwinInDoubt()) throw doubtOf(api, ledger, failure);

	const found = findLostJob(page.jobs, {
		request,
		sentAt: Date.parse(sentAt) + page.clockLead.leastMs,
		lostAt: Date.parse(lostAt) + page.clockLead.mostMs,
		claimed: ledger.otherVideoIds(),
	});
	if (!found) throw doubtOf(api, ledger, failure);
	ledger.created(found.id);
	return found;
}

function doubtOf({ dialect }: VideoApi, { entry }: Ledger, failure?: Failure): FailureError {
	return fail('createOutcomeUnknown', {
		...failure,
		mayExistSince: entry.sentAt,
		sameKey: dialect.supportsIdempotencyKey,
		hasNoList: !dialect.listUrl,
	});
}

/** Names what can be chosen instead, where the model is the trouble. */
export async function withAlternatives(
	context: ItemContext,
	{ model }: VideoRequest,
	error: unknown,
): Promise<unknown> {
	if (failureOf(error)?.kind !== 'modelUnavailable') return error;
	const others = (await availableModels(context)).filter((id) => id !== model);
	return withFacts(error, { alternatives: others.slice(0, MAX_ALTERNATIVES) });
}

type BusyFailure = Failure & { kind: 'rateLimited' | 'tooManyJobs' };

/** The server says "not now": the whole run slows down and tries again. */
function isBusy(failure: Failure): failure is BusyFailure {
	return failure.kind === 'rateLimited' || failure.kind === 'tooManyJobs';
}

/**
 * Whether a job may exist although the answer says no. A gateway that knows keys tells a provider's refusal from its own
 * trouble; from any other a 5xx says nothing, whatever its code.
 */
function mayHaveMadeJob(failure: Failure, knowsKeys: boolean): boolean {
	const { kind, neverSent, httpStatus = 0 } = failure;
	if (kind === 'network') return !neverSent;
	if (kind === 'unreadableAnswer') return httpStatus < 300;
	return kind === 'serverUnavailable' || (httpStatus >= 500 && !knowsKeys);
}

function ledgerOf({ execution, itemIndex }: ItemContext, request: VideoRequest): Ledger {
	const origin = {
		instanceId: execution.getInstanceId(),
		executionId: execution.getExecutionId(),
		nodeId: execution.getNode().id,
		runIndex: runIndexOf(execution, itemIndex),
		itemIndex,
	};
	return openLedger(execution.getContext('node'), origin, request, hashOfRequest(request));
}

/** Whether the ledger knows a job of the request, or an order of it that was never clearly answered. */
export function mayHaveJob(context: ItemContext, request: VideoRequest): boolean {
	const { videoId, sentAt } = ledgerOf(context, request).entry;
	return videoId !== undefined || sentAt !== undefined;
}

/** The same for two requests that want the same video, whoever is called about it. */
export function hashOfRequest(request: VideoRequest): string {
	return hashOf({ ...request, ...fingerprintsOf(request), webhookUrl: undefined });
}

/** Pictures by their hash or address, in the place of the pictures themselves. */
function fingerprintsOf({ image, lastFrame, referenceImages }: RequestImages) {
	return {
		image: image && fingerprintOf(image),
		lastFrame: lastFrame && fingerprintOf(lastFrame),
		referenceImages: referenceImages?.map(fingerprintOf),
	};
}

function fingerprintOf(image: InputImage): string {
	return image.kind === 'url' ? image.url : hashOfBytes(image.bytes);
}

/** n8n tells a node its run index only through an expression. */
export function runIndexOf(execution: IExecuteFunctions, itemIndex: number): number {
	return Number(execution.evaluateExpression('{{ $runIndex }}', itemIndex)) || 0;
}

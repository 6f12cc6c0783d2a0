import type { IExecuteFunctions } from 'n8n-workflow';
import { fail, withFacts } from '../errors/catalogue';
import { failureOf, type Failure } from '../errors/failure';
import { findAgain } from '../job/findAgain';
import { hashOf } from '../job/idempotency';
import { openLedger, type Ledger } from '../job/ledger';
import type { Job } from '../job/job';
import type { InputImage, VideoRequest } from '../job/request';
import type { VideoApi } from '../transport/api';
import { retryPauseMs, withRetry } from '../transport/retry';
import type { ActionContext } from './action';
import { doorsOf } from './doors';

/** How many models an error message names. */
const MAX_ALTERNATIVES = 6;
/** How far back a lost job is looked for. */
const LIST_LIMIT = 100;

/**
 * Makes sure that exactly one job exists for the request, and gives it back. A re-run of the node finds the job it
 * made before; only a request that never became a job, or whose job ended without a video, is sent.
 * @param patienceMs how long the server's limits (rate, running jobs) are waited out
 * @throws FailureError `jobMayExist` where a create may have worked and the server cannot tell
 */
export async function submitOnce(
	context: ActionContext,
	request: VideoRequest,
	patienceMs: number,
): Promise<Job> {
	const ledger = ledgerOf(context, request);
	const known = await knownJob(context, ledger);
	if (known) {
		context.execution.logger.info(`Video ${known.id} was ordered before and is not ordered again`);
		return known;
	}
	return await order(context, request, ledger, patienceMs);
}

async function knownJob({ api, signal }: ActionContext, ledger: Ledger): Promise<Job | undefined> {
	const { videoId } = ledger.entry;
	if (videoId === undefined) return undefined;

	const { job } = await withRetry(async () => await api.getVideo(videoId), doorsOf(signal)).catch(
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
	context: ActionContext,
	request: VideoRequest,
	ledger: Ledger,
	patienceMs: number,
): Promise<Job> {
	const { api, gate, signal } = context;
	const { pause, chance, now } = doorsOf(signal);
	const giveUpAt = now() + patienceMs;
	const mayRepeat = api.dialect.honoursIdempotencyKey;
	if (ledger.entry.sentAt && !mayRepeat) return await recover(context, request, ledger);

	for (let faults = 0; ; ) {
		await gate.pass();
		signal.throwIfAborted();
		ledger.sending(new Date());
		const answer = await api.createVideo(request, ledger.entry.idempotencyKey).then(
			(job) => ({ job }),
			(error: unknown) => ({ error }),
		);
		if ('job' in answer) {
			gate.relax();
			ledger.created(answer.job.id);
			return answer.job;
		}

		const failure = failureOf(answer.error);
		if (failure && mayHaveMadeJob(failure)) {
			// Only a server that knows the key again may be asked twice.
			const pauseMs = mayRepeat ? retryPauseMs(answer.error, ++faults, chance()) : undefined;
			if (pauseMs === undefined) return await recover(context, request, ledger, failure);
			await pause(pauseMs);
		} else {
			ledger.refused();
			if (!failure || !isBusy(failure) || now() >= giveUpAt) {
				throw await explain(api, request, answer.error);
			}
			gate.hold(failure.retryAfterMs);
		}
	}
}

/** Looks for the job of a create whose answer was lost; where that leaves a doubt, nothing is ordered. */
async function recover(
	{ api, execution }: ActionContext,
	request: VideoRequest,
	ledger: Ledger,
	failure?: Failure,
): Promise<Job> {
	const sentAt = ledger.entry.sentAt ?? new Date().toISOString();
	const page = api.dialect.honoursIdempotencyKey
		? undefined
		: await api.listVideos({ limit: LIST_LIMIT }).catch(() => undefined);
	const found =
		page && !ledger.hasTwinInDoubt()
			? findAgain(page.jobs, {
					request,
					sentAt: Date.parse(sentAt) + page.clockLeadMs,
					claimed: ledger.otherVideoIds(),
				})
			: undefined;
	if (!found) throw fail('jobMayExist', { ...failure, mayExistSince: sentAt });

	ledger.created(found.id);
	execution.logger.info(`Video ${found.id} was found again in the server's list`);
	return found;
}

/** Names what can be chosen instead, where the model is the trouble. */
async function explain(api: VideoApi, { model }: VideoRequest, error: unknown): Promise<unknown> {
	if (failureOf(error)?.kind !== 'modelUnavailable') return error;
	const models = await api.listVideoModels().catch(() => []);
	const others = models.map(({ id }) => id).filter((id) => id !== model);
	return withFacts(error, { alternatives: others.slice(0, MAX_ALTERNATIVES) });
}

/** The server says "not now": the whole run slows down and tries again. */
function isBusy({ kind }: Failure): boolean {
	return kind === 'rateLimited' || kind === 'tooManyJobs';
}

function mayHaveMadeJob({ kind, neverSent, httpStatus = 0 }: Failure): boolean {
	if (kind === 'network') return !neverSent;
	return kind === 'serverUnavailable' || (kind === 'unreadableAnswer' && httpStatus < 300);
}

function ledgerOf({ execution, itemIndex }: ActionContext, request: VideoRequest): Ledger {
	const origin = {
		executionId: execution.getExecutionId(),
		nodeId: execution.getNode().id,
		runIndex: runIndexOf(execution, itemIndex),
		itemIndex,
	};
	const { idempotencyKey, image, ...asked } = request;
	const requestHash = hashOf({ ...asked, image: image && fingerprintOf(image) });
	return openLedger(execution.getContext('node'), origin, requestHash, idempotencyKey);
}

function fingerprintOf(image: InputImage): string {
	return image.kind === 'url' ? image.url : hashOf(image.bytes.toString('base64'));
}

/** n8n tells a node its run index only through an expression. */
function runIndexOf(execution: IExecuteFunctions, itemIndex: number): number {
	return Number(execution.evaluateExpression('{{ $runIndex }}', itemIndex)) || 0;
}

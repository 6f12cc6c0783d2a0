import type { IExecuteFunctions } from 'n8n-workflow';
import { fail, withFacts } from '../errors/catalogue';
import { failureOf, type Failure } from '../errors/failure';
import { hashOf } from '../job/idempotency';
import { openLedger, type Ledger } from '../job/ledger';
import type { Job } from '../job/job';
import type { InputImage, VideoRequest } from '../job/request';
import type { VideoApi } from '../transport/api';
import { withRetry } from '../transport/retry';
import type { ActionContext } from './action';
import { retryDoors } from './doors';

/** How many models an error message names. */
const MAX_ALTERNATIVES = 6;

/**
 * Makes sure that exactly one job exists for the request, and gives it back. A re-run of the node finds the job it
 * made before; only a request that never became a job, or whose job ended without a video, is sent.
 * @throws FailureError `jobMayExist` where a create may have worked and the server cannot tell
 */
export async function submitOnce(context: ActionContext, request: VideoRequest): Promise<Job> {
	const ledger = ledgerOf(context, request);
	const known = await knownJob(context, ledger);
	return known ?? (await create(context, request, ledger));
}

async function knownJob(
	{ api, signal }: ActionContext,
	{ entry, startOver }: Ledger,
): Promise<Job | undefined> {
	const { videoId } = entry;
	if (videoId === undefined) return undefined;

	const { job } = await withRetry(
		async () => await api.getVideo(videoId),
		retryDoors(signal),
	).catch(aboutVideo(videoId));
	if (job.phase !== 'failed') return job;
	startOver();
	return undefined;
}

async function create(
	{ api, signal }: ActionContext,
	request: VideoRequest,
	ledger: Ledger,
): Promise<Job> {
	const { entry } = ledger;
	if (entry.sentAt && !api.dialect.honoursIdempotencyKey)
		throw fail('jobMayExist', { mayExistSince: entry.sentAt });

	signal.throwIfAborted();
	ledger.sending(new Date());
	const order = async () => await api.createVideo(request, entry.idempotencyKey);
	// Only a server that knows the key again may be asked twice.
	const job = await (
		api.dialect.honoursIdempotencyKey ? withRetry(order, retryDoors(signal)) : order()
	).catch(async (error: unknown) => {
		throw await explain(api, request, ledger, error);
	});
	ledger.created(job.id);
	return job;
}

/** Turns a failed create into what the user needs to know: certainly no job, or perhaps one. */
async function explain(
	api: VideoApi,
	request: VideoRequest,
	ledger: Ledger,
	error: unknown,
): Promise<unknown> {
	const failure = failureOf(error);
	if (!failure) return error;
	if (mayHaveMadeJob(failure)) {
		return fail('jobMayExist', { ...failure, mayExistSince: ledger.entry.sentAt });
	}
	ledger.refused();
	if (failure.kind !== 'modelUnavailable') return error;
	return withFacts(error, { alternatives: await alternativesTo(api, request.model) });
}

function mayHaveMadeJob({ kind, neverSent, httpStatus }: Failure): boolean {
	if (kind === 'network') return !neverSent;
	return (
		kind === 'serverUnavailable' ||
		(kind === 'unreadableAnswer' && httpStatus !== undefined && httpStatus < 300)
	);
}

async function alternativesTo(api: VideoApi, model: string): Promise<string[]> {
	const models = await api.listVideoModels().catch(() => []);
	return models
		.map(({ id }) => id)
		.filter((id) => id !== model)
		.slice(0, MAX_ALTERNATIVES);
}

function ledgerOf({ execution, itemIndex }: ActionContext, request: VideoRequest): Ledger {
	const origin = {
		executionId: execution.getExecutionId(),
		nodeId: execution.getNode().id,
		runIndex: runIndexOf(execution, itemIndex),
		itemIndex,
	};
	const { idempotencyKey, image, ...asked } = request;
	return openLedger(
		execution.getContext('node'),
		origin,
		hashOf({ ...asked, image: image && imageFingerprint(image) }),
		idempotencyKey,
	);
}

function imageFingerprint(image: InputImage): string {
	return image.kind === 'url' ? image.url : hashOf(image.bytes.toString('base64'));
}

/** n8n tells a node its run index only through an expression. */
function runIndexOf(execution: IExecuteFunctions, itemIndex: number): number {
	return Number(execution.evaluateExpression('{{ $runIndex }}', itemIndex)) || 0;
}

function aboutVideo(videoId: string): (error: unknown) => never {
	return (error) => {
		throw withFacts(error, { videoId });
	};
}

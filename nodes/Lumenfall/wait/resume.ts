import type { IExecuteData, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { failureOf } from '../errors/failure';
import { isPending, type Job } from '../job/job';
import {
	decideDelivery,
	isSameVideo,
	suspensionIn,
	videosOf,
	type Suspension,
} from '../job/suspension';
import { claimOnce } from '../support/claimOnce';
import { runInParallel } from '../support/parallel';
import { openApi, type VideoApi } from '../transport/videoApi';
import { respond, readDelivery, receiveSafely } from '../transport/webhook';

/** The sender of a delivery waits for half a minute. */
const LOOK_TIMEOUT_MS = 8_000;
const LOOKS_AT_ONCE = 10;

/**
 * Receives what the server calls about while the execution is parked. A genuine call about the last video makes n8n
 * run the node once more, which then finds all its videos done. Everything else leaves the execution parked.
 */
export async function resume(host: IWebhookFunctions): Promise<IWebhookResponseData> {
	return await receiveSafely(host, receive);
}

async function receive(host: IWebhookFunctions): Promise<IWebhookResponseData> {
	const api = await openApi(host);
	const delivery = await readDelivery(host, api);
	if (delivery === 'forged') return respond(host, 401, 'The signature is wrong or too old');
	if (!delivery) return respond(host, 400, 'This is not a notice about a video');

	const parking = parkingOf(host);
	const called = parking && (await findCalled(api, delivery.videoId, parking));
	if (!parking || !called) return respond(host, 404, 'Nobody waits for this video here');

	const verdict = decideDelivery(called, await haveEnded(api, parking, called.id));
	host.logger.debug(`Called about video ${called.id} (${called.status}): ${verdict}`);
	if (verdict === 'again') return respond(host, 503, 'The video has not ended yet');
	if (verdict === 'stay') return respond(host, 200, 'Other videos are still being made');

	// Up to n8n 1.x two calls at the same moment would both resume the execution.
	const { executionId, until } = parking;
	if (!claimOnce(`resume/${executionId}/${host.getNode().id}/${until}`))
		return respond(host, 409, 'Resuming already');
	return runOnceMore(host, parking);
}

/** The ledger is reached the way expressions reach it; a webhook has no door of its own to the context. */
function parkingOf(host: IWebhookFunctions): Suspension | undefined {
	const name = JSON.stringify(host.getNode().name);
	const parked = host.evaluateExpression(`{{ $(${name}).context.parked }}`);
	const parking = suspensionIn({ parked });
	return parking?.executionId === host.getExecutionId() ? parking : undefined;
}

/** The video of this execution that the call is about. */
async function findCalled(
	api: VideoApi,
	delivered: string,
	parking: Suspension,
): Promise<Job | undefined> {
	const ids = videosOf(parking);
	const own = ids.find((id) => isSameVideo(id, delivered));
	if (own) return (await look(api, own)) ?? { id: own, phase: 'cancelled', status: 'cancelled' };
	// The delivery may know the video by another name altogether; the API knows both.
	const named = await look(api, delivered);
	return named && ids.includes(named.id) ? named : undefined;
}

/** Whether all the others have ended. The newest are asked first: they are the likeliest to be still in the making. */
async function haveEnded(api: VideoApi, parking: Suspension, calledId: string): Promise<boolean> {
	const others = videosOf(parking).filter((id) => id !== calledId);
	let isRunning = false;
	const check = async (id: string) => {
		const job = await look(api, id);
		if (job && isPending(job)) isRunning = true;
	};
	const looks = await runInParallel(others.reverse(), LOOKS_AT_ONCE, check, () => !isRunning);
	if (isRunning) return false;
	for (const result of looks) if (result && !result.ok) throw result.error;
	return true;
}

/** Undefined where the server does not know the video, or no more, as may be with a cancelled one. */
async function look(api: VideoApi, id: string): Promise<Job | undefined> {
	return await api.getVideo(id, LOOK_TIMEOUT_MS).then(
		({ job }) => job,
		(error: unknown) => {
			if (failureOf(error)?.kind === 'videoNotFound') return undefined;
			throw error;
		},
	);
}

/**
 * Lets n8n run the node again with its own items, as a retry would: so it is n8n that stores the execution as running
 * before it answers, and errors, the error output, Retry On Fail and Stop work as ever.
 *
 * n8n resumes a node by switching it off, so that it hands on what it is given (waiting-webhooks.js, disableNode);
 * here it is switched on again. Neither n8n line has a public way to do so. Were the entry not there, the jobs are
 * handed on as at the deadline, and a following 'Wait' finishes them.
 */
function runOnceMore(host: IWebhookFunctions, { items }: Suspension): IWebhookResponseData {
	const entry = Reflect.get(host, 'executeData') as IExecuteData | undefined;
	if (!entry?.node || !items) return { workflowData: [entry?.data.main[0] ?? []] };
	delete entry.node.disabled;
	return { workflowData: [items] };
}

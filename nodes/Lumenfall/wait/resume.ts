import type { IExecuteData, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { failureOf } from '../errors/failure';
import { isPending, isSameVideo, type Job } from '../job/job';
import { suspendedVideoIds, type Suspension } from '../job/suspension';
import { claimOnce } from '../support/claimOnce';
import { runInParallel } from '../support/parallel';
import { resultOf } from '../support/result';
import type { Runtime } from '../support/runtime';
import { openApi, type VideoApi } from '../transport/videoApi';
import {
	isCheckedTooOften,
	receiveDelivery,
	receiveSafely,
	respond,
	type ReceivedDelivery,
} from '../transport/webhook';

/** Lumenfall waits 30 seconds for the response to a delivery (docs/protocols/lumenfall.md#webhooks). */
const STATUS_TIMEOUT_MS = 8_000;
const STATUS_CHECKS_IN_PARALLEL = 10;

/**
 * Receives the webhook deliveries of a suspended execution. The first delivery that finds every video finished, by the
 * API's own response, makes n8n run the node again, which then delivers the videos. Any other delivery leaves the
 * execution suspended.
 */
export async function resume(
	host: IWebhookFunctions,
	runtime: Pick<Runtime, 'wallTime'>,
): Promise<IWebhookResponseData> {
	return await receiveSafely(host, async () => await receive(host, runtime));
}

async function receive(
	host: IWebhookFunctions,
	{ wallTime }: Pick<Runtime, 'wallTime'>,
): Promise<IWebhookResponseData> {
	const api = await openApi(host);
	const delivery = await receiveDelivery(host, api);
	if (!('videoId' in delivery)) return delivery;

	const suspension = readSuspension(host);
	if (!suspension) return respond(host, 404, 'No execution waits for this video here');
	if (isCheckedTooOften(host, delivery)) return respond(host, 503, 'Call again later');
	const delivered = await findDelivered(api, delivery, suspension);
	if (!delivered) return respond(host, 404, 'No execution waits for this video here');

	const decision = decideDelivery(delivered, await haveOthersEnded(api, suspension, delivered.id));
	host.logger.debug(`Webhook about video ${delivered.id} (${delivered.status}): ${decision}`);
	if (decision === 'again') return respond(host, 503, 'The video has not ended yet');
	if (decision === 'stay') return respond(host, 200, 'Other videos are still being made');

	const { executionId, until } = suspension;
	if (isNearDeadline(suspension, wallTime()))
		return respond(host, 409, 'The execution resumes without this call in a moment');
	// In n8n 1.x, two simultaneous deliveries would both resume the execution.
	if (!claimOnce(`resume/${executionId}/${host.getNode().id}/${until}`))
		return respond(host, 409, 'Already resuming');
	return runNodeAgain(host, suspension);
}

/**
 * n8n sets its timer for the deadline up to 70 seconds before it, and n8n 1 does not stop the timer when a webhook call
 * resumes the execution (wait-tracker.js). If that is not finished at the deadline, n8n 1 runs the rest of the workflow a
 * second time. So the last calls before the deadline are left to the deadline.
 */
const TIMER_MS = 80_000;
/** A short wait must leave time for calls. */
const MAX_SHARE_OF_TIMER = 0.25;

function isNearDeadline({ since, until }: Suspension, now: number): boolean {
	const deadline = Date.parse(until);
	const waitMs = deadline - Date.parse(since);
	return now > deadline - Math.min(TIMER_MS, waitMs * MAX_SHARE_OF_TIMER);
}

/**
 * Decides how a genuine delivery affects the suspended execution.
 * - `resume`: every video has ended.
 * - `stay`: other videos are still in progress, and the delivery of the last one will come.
 * - `again`: the server's own status does not show the end yet. The server must send the delivery again, because it may
 * be the last one.
 *
 * The first delivery that finds every video finished resumes the execution. Waiting for the video that finished last
 * would not work, because its delivery may have come before: times are in whole seconds, and failed videos have none.
 * @param delivered the video of the delivery
 */
function decideDelivery(delivered: Job, allOthersEnded: boolean): 'resume' | 'stay' | 'again' {
	if (isPending(delivered)) return 'again';
	return allOthersEnded ? 'resume' : 'stay';
}

/** n8n does not give webhooks access to the node's context. An expression can read it. */
function readSuspension(host: IWebhookFunctions): Suspension | undefined {
	const name = asLiteral(host.getNode().name);
	const suspension = host.evaluateExpression(`{{ $(${name}).context.suspension }}`) as
		| Suspension
		| undefined;
	return suspension?.executionId === host.getExecutionId() ? suspension : undefined;
}

/**
 * Returns a text as a literal for an expression. Everything but letters and digits is escaped, because n8n reads braces and
 * line breaks as the end of the expression.
 */
function asLiteral(text: string): string {
	const escaped = text.replace(
		/[^a-z\d]/gi,
		(unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
	);
	return `"${escaped}"`;
}

/** Returns the video of this execution that the delivery is about. An unproven delivery must contain its ID. */
async function findDelivered(
	api: VideoApi,
	{ videoId, isProven }: ReceivedDelivery,
	suspension: Suspension,
): Promise<Job | undefined> {
	const ids = suspendedVideoIds(suspension);
	const own = ids.find((id) => isSameVideo(id, videoId));
	if (own) {
		const phase = isProven ? 'cancelled' : 'unknown';
		return (await readStatus(api, own)) ?? { id: own, phase, status: phase };
	}
	if (!isProven) return undefined;
	// The delivery may use another ID for the same video. The API accepts both.
	const named = await readStatus(api, videoId);
	const reported = ids.find((id) => id === named?.reportedId);
	return named && reported ? { ...named, id: reported } : undefined;
}

/**
 * Whether all other videos have ended. Checks the newest first, because they are most likely to be still in progress.
 */
async function haveOthersEnded(
	api: VideoApi,
	suspension: Suspension,
	deliveredId: string,
): Promise<boolean> {
	const others = suspendedVideoIds(suspension).filter((id) => id !== deliveredId);
	let isRunning = false;
	const check = async (id: string) => {
		const job = await readStatus(api, id);
		if (job && isPending(job)) isRunning = true;
	};
	const checks = await runInParallel(
		others.reverse(),
		STATUS_CHECKS_IN_PARALLEL,
		check,
		() => !isRunning,
	);
	if (isRunning) return false;
	for (const result of checks) if (result && !result.ok) throw result.error;
	return true;
}

/**
 * Reads the status of a video. Undefined if the server does not know it, or has deleted it, as some servers do after a
 * cancel.
 */
async function readStatus(api: VideoApi, id: string): Promise<Job | undefined> {
	const result = await resultOf(api.getVideo(id, STATUS_TIMEOUT_MS));
	if (result.ok) return result.value.job;
	if (failureOf(result.error)?.kind === 'videoNotFound') return undefined;
	throw result.error;
}

/**
 * Makes n8n run the node again with its own items, as a retry would. n8n itself then stores the execution as running
 * before it responds, and errors, the error output, Retry On Fail and Stop work as always.
 *
 * n8n resumes a node by disabling it, so that it passes its input on (waiting-webhooks.js, disableNode). This function
 * enables the node again. Neither n8n 1 nor n8n 2 has a public API for this. If a future n8n has no such field, the
 * jobs are output as at the deadline, and a following 'Wait' finishes them.
 */
function runNodeAgain(host: IWebhookFunctions, { input }: Suspension): IWebhookResponseData {
	const entry = Reflect.get(host, 'executeData') as IExecuteData | undefined;
	if (!entry?.node || !input) return { workflowData: [entry?.data.main[0] ?? []] };
	delete entry.node.disabled;
	return { workflowData: [input] };
}

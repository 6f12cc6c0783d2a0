import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { failureOf } from '../Lumenfall/errors/failure';
import { claimOnce } from '../Lumenfall/support/claimOnce';
import { resultOf } from '../Lumenfall/support/result';
import { openApi, type VideoApi } from '../Lumenfall/transport/videoApi';
import {
	isCheckedTooOften,
	receiveDelivery,
	receiveSafely,
	respond,
	type ReceivedDelivery,
} from '../Lumenfall/transport/webhook';
import { eventOf, toItem, type EndedVideo } from './events';
import { formOfTrigger, readEvents, readNoticeBy } from './readForm';
import { receiveRegistration } from './polling/registeredVideos';
import { hasSeen, remember, seenKey } from './receivedEvents';

/**
 * Receives a webhook delivery of the server and starts the workflow with it, once. n8n responds as soon as it has
 * stored the execution. The video is read and downloaded in the execution, where errors are visible and can be retried.
 */
export async function receiveEvent(host: IWebhookFunctions): Promise<IWebhookResponseData> {
	return await receiveSafely(host, receive);
}

async function receive(host: IWebhookFunctions): Promise<IWebhookResponseData> {
	const api = await openApi(host);
	if (readNoticeBy(formOfTrigger(host)) === 'registered')
		return await receiveRegistration(host, api);
	if (!api.dialect.webhook)
		return respond(host, 400, "The server of the credential does not send webhooks: see 'Server'");
	const delivery = await receiveDelivery(host, api);
	if (!('videoId' in delivery)) return delivery;

	const ended = delivery.isProven ? delivery : await checkUnproven(host, api, delivery);
	if (!('event' in ended)) return ended;
	if (!(await isWanted(host, ended)))
		return respond(host, 200, 'This workflow does not start on this event');
	// In the editor, the same delivery may be sent several times for tests, and n8n does not save static data there.
	return host.getMode() === 'manual' ? started(ended) : startOnce(host, ended);
}

/**
 * Reads the video of an unproven delivery from the API. Returns the response to the delivery if the video has not
 * ended.
 */
async function checkUnproven(
	host: IWebhookFunctions,
	api: VideoApi,
	delivery: ReceivedDelivery,
): Promise<EndedVideo | IWebhookResponseData> {
	if (hasSeen(host.getWorkflowStaticData('node'), seenKey(delivery)))
		return respond(host, 200, 'Event already received');
	if (isCheckedTooOften(host, delivery) || !mayCheck())
		return respond(host, 503, 'Call again later');
	const { videoId } = delivery;
	const checked = await resultOf(api.getVideo(videoId));
	if (!checked.ok && failureOf(checked.error)?.kind !== 'videoNotFound') throw checked.error;
	if (!checked.ok) return respond(host, 404, 'The API does not know this video');
	const event = eventOf(checked.value.job);
	return event ? { videoId, event } : respond(host, 503, 'The video has not ended yet');
}

/** Anyone can send deliveries about made-up videos, and each one costs a request with the key. */
const MAX_CHECKS_PER_MINUTE = 600;

/** When the videos of unproven deliveries were requested, in milliseconds on a monotonic clock. */
let checkedAt: number[] = [];

/** Counts one more request, if this process has not made too many in the last minute. */
function mayCheck(): boolean {
	const now = performance.now();
	checkedAt = checkedAt.filter((at) => at > now - 60_000);
	if (checkedAt.length >= MAX_CHECKS_PER_MINUTE) return false;
	checkedAt.push(now);
	return true;
}

/**
 * Whether the workflow starts on this event. If the parameter cannot be read, it does: the execution then fails with
 * the error, so that no event is lost silently.
 */
async function isWanted(host: IWebhookFunctions, { event }: EndedVideo): Promise<boolean> {
	const events = await resultOf(Promise.resolve().then(() => readEvents(formOfTrigger(host))));
	return !events.ok || events.value.includes(event);
}

function startOnce(host: IWebhookFunctions, ended: EndedVideo): IWebhookResponseData {
	const memory = host.getWorkflowStaticData('node');
	const key = seenKey(ended);
	if (hasSeen(memory, key)) return respond(host, 200, 'Event already received');
	// Two simultaneous deliveries read the same static data. The server retries the second one, which then finds the
	// first.
	if (!claimOnce(`start/${host.getWorkflow().id}/${host.getNode().id}/${key}`))
		return respond(host, 409, 'Event is being processed');
	remember(memory, key);
	return started(ended);
}

function started(ended: EndedVideo): IWebhookResponseData {
	return { workflowData: [[toItem(ended)]] };
}

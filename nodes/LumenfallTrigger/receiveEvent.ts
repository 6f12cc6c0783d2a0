import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import {
	respond,
	readDelivery,
	receiveSafely,
	type Delivery,
} from '../Lumenfall/transport/webhook';
import { claimOnce } from '../Lumenfall/support/claimOnce';
import { openApi } from '../Lumenfall/transport/videoApi';
import { choiceList } from '../Lumenfall/parameters/lists';
import { hasSeen, remember, seenKey } from './seen';

const EVENTS = choiceList('Events', ['video.cancelled', 'video.completed', 'video.failed']);

/**
 * Receives a webhook delivery of the server and starts the workflow with it, once. n8n responds as soon as it has
 * stored the execution. The video is read and downloaded in the execution, where errors are visible and can be retried.
 */
export async function receiveEvent(host: IWebhookFunctions): Promise<IWebhookResponseData> {
	return await receiveSafely(host, receive);
}

async function receive(host: IWebhookFunctions): Promise<IWebhookResponseData> {
	const api = await openApi(host);
	if (!api.dialect.supportsWebhooks)
		return respond(host, 400, "The credential is not a Lumenfall credential: see 'Server'");
	const delivery = await readDelivery(host, api);
	if (delivery === 'forged') return respond(host, 401, 'The signature is invalid or too old');
	if (!delivery) return respond(host, 400, 'This is not an event of a video');

	const events: string[] = EVENTS.parse(host.getNodeParameter('events', []));
	if (!events.includes(delivery.type))
		return respond(host, 200, 'This workflow does not start on this event');
	// In the editor, the same delivery may be sent several times for tests, and n8n does not save static data there.
	return host.getMode() === 'manual' ? started(delivery) : startOnce(host, delivery);
}

function startOnce(host: IWebhookFunctions, delivery: Delivery): IWebhookResponseData {
	const memory = host.getWorkflowStaticData('node');
	const key = seenKey(delivery);
	if (hasSeen(memory, key)) return respond(host, 200, 'Event already received');
	// Two simultaneous deliveries read the same static data. The server retries the second one, which then finds the
	// first.
	if (!claimOnce(`start/${host.getWorkflow().id}/${host.getNode().id}/${key}`))
		return respond(host, 409, 'Event is being processed');
	remember(memory, key);
	return started(delivery);
}

function started({ videoId, type }: Delivery): IWebhookResponseData {
	return { workflowData: [[{ json: { id: videoId, event: type } }]] };
}

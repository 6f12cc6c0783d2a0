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
 * Receives what the server calls about and starts the workflow with it, once. The delivery is answered as soon as n8n
 * has stored the execution; the video is looked up and fetched in the execution, where trouble can be seen and retried.
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
	// In the editor, a test may send the same delivery several times; n8n keeps no static data there anyway.
	return host.getMode() === 'manual' ? started(delivery) : startOnce(host, delivery);
}

function startOnce(host: IWebhookFunctions, delivery: Delivery): IWebhookResponseData {
	const memory = host.getWorkflowStaticData('node');
	const key = seenKey(delivery);
	if (hasSeen(memory, key)) return respond(host, 200, 'Event already received');
	// Two at the same moment read the same static data. The second one is retried by the server and then finds the first.
	if (!claimOnce(`start/${host.getWorkflow().id}/${host.getNode().id}/${key}`))
		return respond(host, 409, 'Event is being processed');
	remember(memory, key);
	return started(delivery);
}

function started({ videoId, type }: Delivery): IWebhookResponseData {
	return { workflowData: [[{ json: { id: videoId, event: type } }]] };
}

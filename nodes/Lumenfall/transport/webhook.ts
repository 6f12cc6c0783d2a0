import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { failureFrom } from '../errors/messages';
import type { VideoApi } from './videoApi';
import { decodeDelivery, type Delivery } from './decode/delivery';
import { verifySignature } from './webhookSignature';

/**
 * Reads a delivery, after its signature was found good.
 * @returns undefined where it is genuine, but not about a video
 */
export async function readDelivery(
	host: IWebhookFunctions,
	api: VideoApi,
): Promise<Delivery | 'forged' | undefined> {
	const request = host.getRequestObject();
	if (!request.rawBody) await request.readRawBody();
	const { rawBody = Buffer.alloc(0), headers } = request;

	const secret = await api.webhookSecret();
	return verifySignature(headers, rawBody, secret, Date.now()) ? decodeDelivery(rawBody) : 'forged';
}

/** Answers a delivery and leaves it at that. */
export function respond(
	host: IWebhookFunctions,
	status: number,
	message: string,
): IWebhookResponseData {
	host.getResponseObject().status(status).json({ message });
	return { noWebhookResponse: true };
}

/**
 * Receives a delivery and never throws: n8n would go on with an empty item (webhook-helpers.js, executeWebhook). In
 * trouble the server is asked to call again, which it does for about a minute.
 */
export async function receiveSafely(
	host: IWebhookFunctions,
	receive: (host: IWebhookFunctions) => Promise<IWebhookResponseData>,
): Promise<IWebhookResponseData> {
	return await receive(host).catch((error: unknown) => {
		host.logger.warn(`A call about a video could not be dealt with: ${failureFrom(error).message}`);
		return respond(host, 503, 'Call again later');
	});
}

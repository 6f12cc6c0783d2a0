import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import type { VideoApi } from '../transport/api';
import { decodeDelivery, type Delivery } from '../transport/dialects/delivery';
import { isGenuine } from '../transport/webhookSignature';

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
	return isGenuine(headers, rawBody, secret, Date.now()) ? decodeDelivery(rawBody) : 'forged';
}

/** Answers a delivery and leaves it at that. */
export function answer(
	host: IWebhookFunctions,
	status: number,
	message: string,
): IWebhookResponseData {
	host.getResponseObject().status(status).json({ message });
	return { noWebhookResponse: true };
}

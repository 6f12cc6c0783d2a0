import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { failureFrom } from '../errors/nodeError';
import { claimOnce } from '../support/claimOnce';
import { parseJson } from './decode/parseResponse';
import type { Delivery } from './dialects/webhookDialect';
import type { VideoApi } from './videoApi';

export { VIDEO_EVENTS, type VideoEvent } from './dialects/webhookDialect';

/** A delivery, and whether its signature proves its origin. */
export interface ReceivedDelivery extends Delivery {
	/** False if no secret is known. Anyone may have sent the delivery, so the API must confirm it. */
	isProven: boolean;
}

/** Larger than any delivery. n8n itself accepts 16 MB. */
const MAX_BODY_BYTES = 256 * 1024;

/**
 * Reads a delivery and checks its signature. On a server that signs every delivery, refuses an unsigned, old or large one
 * before it requests the secret from the server.
 * @returns the delivery, or the response to a call that is forged or not about the end of a video
 */
export async function receiveDelivery(
	host: IWebhookFunctions,
	api: Pick<VideoApi, 'dialect' | 'webhookSecret'>,
): Promise<ReceivedDelivery | IWebhookResponseData> {
	const delivery = await readDelivery(host, api);
	if (delivery === 'forged') return refuse(host, 'The signature is invalid or too old');
	return delivery ?? respond(host, 400, 'This is not an event of a video');
}

async function readDelivery(
	host: IWebhookFunctions,
	api: Pick<VideoApi, 'dialect' | 'webhookSecret'>,
): Promise<ReceivedDelivery | 'forged' | undefined> {
	const { webhook } = api.dialect;
	if (!webhook) return undefined;
	const { headers } = host.getRequestObject();
	const rawBody = await rawBodyOf(host);
	if (!rawBody) return 'forged';

	const signature = webhook.readSignature(headers, Date.now());
	if (!signature && webhook.alwaysSigns) return 'forged';
	const secret = await api.webhookSecret();
	if (secret !== undefined && !signature?.isSignedWith(secret, rawBody)) return 'forged';
	const delivery = webhook.decode(parseBody(rawBody));
	return delivery && { ...delivery, isProven: secret !== undefined };
}

/** Returns the bytes of a request as received, which signatures cover. Undefined if it is too large for a delivery. */
export async function rawBodyOf(host: IWebhookFunctions): Promise<Buffer | undefined> {
	const request = host.getRequestObject();
	if (!request.rawBody) await request.readRawBody();
	const { rawBody = Buffer.alloc(0) } = request;
	return rawBody.length > MAX_BODY_BYTES ? undefined : rawBody;
}

/** Returns the JSON of a body. Undefined if it is something else. */
export function parseBody(rawBody: Buffer): unknown {
	return parseJson(new TextDecoder().decode(rawBody));
}

/** Anyone can send an unproven delivery, and each one costs a request with the key. */
const CHECK_EVERY_MS = 1_000;

/** Reports whether the video of an unproven delivery was already requested from the API less than a second ago. */
export function isCheckedTooOften(
	host: IWebhookFunctions,
	{ videoId, isProven }: ReceivedDelivery,
): boolean {
	if (isProven) return false;
	return !claimOnce(`check/${placeOf(host)}/${videoId}`, CHECK_EVERY_MS);
}

function placeOf(host: IWebhookFunctions): string {
	return `${host.getWorkflow().id}/${host.getNode().id}`;
}

/**
 * Refuses a call with a wrong signature. Logs it once a minute per node: otherwise a wrong secret or a wrong clock would go
 * unnoticed. Not more often, because anyone can send such calls.
 */
export function refuse(host: IWebhookFunctions, reason: string): IWebhookResponseData {
	if (claimOnce(`refused/${placeOf(host)}`))
		host.logger.warn(
			`A call to the webhook of the node '${host.getNode().name}' was refused: ${reason}. Check the credential, its webhook secret, and the clock of this machine.`,
		);
	return respond(host, 401, reason);
}

/** Responds to a delivery without starting or resuming a workflow. */
export function respond(
	host: IWebhookFunctions,
	status: number,
	message: string,
): IWebhookResponseData {
	host.getResponseObject().status(status).json({ message });
	return { noWebhookResponse: true };
}

/**
 * Receives a delivery and never throws, because n8n would continue with an empty item (webhook-helpers.js,
 * executeWebhook). After an error, the response asks the server to send the delivery again. It retries for about a
 * minute.
 */
export async function receiveSafely(
	host: IWebhookFunctions,
	receive: (host: IWebhookFunctions) => Promise<IWebhookResponseData>,
): Promise<IWebhookResponseData> {
	return await receive(host).catch((error: unknown) => {
		host.logger.warn(`A webhook could not be processed: ${failureFrom(error).message}`);
		return respond(host, 503, 'Call again later');
	});
}

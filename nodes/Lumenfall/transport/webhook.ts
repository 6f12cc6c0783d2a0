import { createHmac, timingSafeEqual } from 'node:crypto';
import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { z } from 'zod';
import { failureFrom } from '../errors/nodeError';
import type { VideoApi } from './videoApi';

/** The content of a webhook delivery about a video. It is only a hint: the API decides. */
export interface Delivery {
	/** `video.completed`, `video.failed`, `video.cancelled`. */
	type: string;
	videoId: string;
}

/** Larger than any delivery. n8n itself accepts 16 MB. */
const MAX_BODY_BYTES = 256 * 1024;

/**
 * Reads a delivery and checks its signature. Refuses a delivery that is unsigned, too old or too large before it
 * requests the secret from the server.
 * @returns undefined if the delivery is genuine, but not about a video
 */
export async function readDelivery(
	host: IWebhookFunctions,
	api: VideoApi,
): Promise<Delivery | 'forged' | undefined> {
	const request = host.getRequestObject();
	if (!request.rawBody) await request.readRawBody();
	const { rawBody = Buffer.alloc(0), headers } = request;

	const signed = signedHeaders(headers, Date.now());
	if (!signed || rawBody.length > MAX_BODY_BYTES) return 'forged';
	const secret = await api.webhookSecret();
	return isSignedWith(secret, signed, rawBody) ? decodeDelivery(rawBody) : 'forged';
}

/** The headers of a delivery as n8n provides them: names in lower case. */
export type DeliveryHeaders = Record<string, string | string[] | undefined>;

/**
 * Reports whether a delivery is fresh and was signed with this secret: Standard Webhooks, HMAC-SHA256 over the raw body
 * (docs/protocols/lumenfall.md#webhooks).
 * @param rawBody the bytes as received; parsing and serializing them would change them
 * @param secret `whsec_` followed by the key in base64
 * @param nowMs milliseconds since 1970
 */
export function verifySignature(
	headers: DeliveryHeaders,
	rawBody: Buffer,
	secret: string,
	nowMs: number,
): boolean {
	const signed = signedHeaders(headers, nowMs);
	return signed !== undefined && isSignedWith(secret, signed, rawBody);
}

interface SignedHeaders {
	id: string;
	timestamp: string;
	signatures: string[];
}

/** Older or newer deliveries are replays, or come from a computer with a wrong clock (Standard Webhooks). */
const TOLERANCE_SECONDS = 300;
/** A delivery has several signatures while the secret is being changed, but not many. */
const MAX_SIGNATURES = 10;

/** Returns the signatures and what they sign. Undefined if the delivery is unsigned or too old. */
function signedHeaders(headers: DeliveryHeaders, nowMs: number): SignedHeaders | undefined {
	const id = headers['webhook-id'];
	const timestamp = headers['webhook-timestamp'];
	const signature = headers['webhook-signature'];
	if (typeof id !== 'string' || typeof timestamp !== 'string' || typeof signature !== 'string')
		return undefined;
	if (!/^\d{1,12}$/.test(timestamp)) return undefined;
	if (Math.abs(nowMs / 1000 - Number(timestamp)) > TOLERANCE_SECONDS) return undefined;
	const signatures = signature.split(' ').filter((one) => one.startsWith('v1,'));
	return signatures.length === 0
		? undefined
		: { id, timestamp, signatures: signatures.slice(0, MAX_SIGNATURES) };
}

function isSignedWith(
	secret: string,
	{ id, timestamp, signatures }: SignedHeaders,
	rawBody: Buffer,
): boolean {
	const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
	// Anyone can sign with an empty key.
	if (key.length === 0) return false;
	const wanted = createHmac('sha256', key).update(`${id}.${timestamp}.`).update(rawBody).digest();
	return signatures.some((signature) => {
		const given = Buffer.from(signature.slice('v1,'.length), 'base64');
		return given.length === wanted.length && timingSafeEqual(given, wanted);
	});
}

const deliveryBody = z.object({
	type: z.string().max(100),
	data: z.object({ id: z.string().min(1).max(2_000) }),
});

/** @param rawBody with a signature that was checked */
function decodeDelivery(rawBody: Buffer): Delivery | undefined {
	const read = deliveryBody.safeParse(parse(rawBody.toString('utf8')));
	return read.success ? { type: read.data.type, videoId: read.data.data.id } : undefined;
}

function parse(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
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

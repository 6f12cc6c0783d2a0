import { createHmac, timingSafeEqual } from 'node:crypto';
import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { z } from 'zod';
import { failureFrom } from '../errors/nodeError';
import type { VideoApi } from './videoApi';

/** What a webhook says about a video. A hint: the API has the last word. */
export interface Delivery {
	/** `video.completed`, `video.failed`, `video.cancelled`. */
	type: string;
	videoId: string;
}

/** More than any delivery has; n8n itself takes 16 MB. */
const MAX_BODY_BYTES = 256 * 1024;

/**
 * Reads a delivery, after its signature was found good. One that is unsigned, stale or too large is refused before the
 * server is asked for its secret.
 * @returns undefined where it is genuine, but not about a video
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

/** The headers of a delivery, as n8n gives them: names in lower case. */
export type DeliveryHeaders = Record<string, string | string[] | undefined>;

/**
 * Whether a delivery was signed with this secret and is fresh: Standard Webhooks, HMAC-SHA256 over the raw body
 * (docs/protocols/lumenfall.md#webhooks).
 * @param rawBody the bytes as they came; parsed and printed again they would be others
 * @param secret `whsec_` and the key in base64
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

/** Older or newer deliveries are replays, or come from a machine with a wrong clock (Standard Webhooks). */
const TOLERANCE_SECONDS = 300;
/** Several signatures are sent while a secret is being changed, but not many. */
const MAX_SIGNATURES = 10;

/** The signatures and what they cover; undefined where the delivery is unsigned or stale. */
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
	// Anybody can sign with no key at all.
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

/** @param rawBody verified before it is read */
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
		host.logger.warn(`A webhook could not be processed: ${failureFrom(error).message}`);
		return respond(host, 503, 'Call again later');
	});
}

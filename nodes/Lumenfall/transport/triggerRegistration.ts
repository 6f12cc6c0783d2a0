import { createHmac, timingSafeEqual } from 'node:crypto';
import type { IWebhookFunctions } from 'n8n-workflow';
import { z } from 'zod';
import { isFresh } from './dialects/webhookDialect';
import { postWithoutKey } from './http';
import type { HttpHost } from './httpHost';
import type { VideoApi } from './videoApi';
import { parseBody, rawBodyOf } from './webhook';

/**
 * Registers a created video with a trigger, by the trigger's URL. The signature proves that both use the same
 * credential, so that nobody else can make the trigger check a video. The key itself is not sent.
 */

const HEADER = 'x-lumenfall-node-signature';
const SIGNATURE = /^t=(\d+),v1=([0-9a-f]{64})$/;

const registrationBody = z.object({
	type: z.literal('video.created'),
	data: z.object({ id: z.string().min(1).max(2_000) }),
});

type Signer = Pick<VideoApi, 'signingKey'>;

/** The trigger's response. Any other URL may respond with a success, too. */
export const REGISTERED = 'The trigger polls this video';

/**
 * @returns the status of the response, and whether it comes from a trigger that has registered the video
 * @throws FailureError `network`
 */
export async function sendRegistration(
	host: HttpHost,
	api: Signer,
	url: string,
	videoId: string,
): Promise<{ httpStatus: number; isRegistered: boolean }> {
	const body = JSON.stringify({ type: 'video.created', data: { id: videoId } });
	const timestamp = String(Math.floor(Date.now() / 1000));
	const signature = `t=${timestamp},v1=${digestOf(api, timestamp, body).toString('hex')}`;
	const headers = { 'content-type': 'application/json', [HEADER]: signature };
	const response = await postWithoutKey(host, url, { body, headers });
	const isRegistered = response.isSuccess && String(response.body).includes(REGISTERED);
	return { httpStatus: response.statusCode, isRegistered };
}

/**
 * Reads a registration at the trigger.
 * @returns the ID of the video; `forged` if the signature is missing, too old or of another credential, or if the body is
 * too large; undefined if it is something else
 */
export async function readRegistration(
	host: IWebhookFunctions,
	api: Signer,
): Promise<{ videoId: string } | 'forged' | undefined> {
	const body = await rawBodyOf(host);
	const { headers } = host.getRequestObject();
	const [, timestamp, digest] = SIGNATURE.exec(String(headers[HEADER])) ?? [];
	if (!body || !timestamp || !isFresh(timestamp, Date.now())) return 'forged';
	if (!timingSafeEqual(Buffer.from(digest, 'hex'), digestOf(api, timestamp, body))) return 'forged';
	const read = registrationBody.safeParse(parseBody(body));
	return read.success ? { videoId: read.data.data.id } : undefined;
}

function digestOf({ signingKey }: Signer, timestamp: string, body: string | Buffer): Buffer {
	return createHmac('sha256', signingKey).update(`${timestamp},`).update(body).digest();
}

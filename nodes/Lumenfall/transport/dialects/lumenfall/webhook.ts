import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { isFresh, VIDEO_EVENTS, type WebhookDialect } from '../webhookDialect';
import { webhookSecret } from './webhookSecret';

/** A delivery has several signatures while the secret is being changed, but not many. */
const MAX_SIGNATURES = 10;

const deliveryBody = z.object({
	type: z.enum(VIDEO_EVENTS),
	data: z.object({ id: z.string().min(1).max(2_000) }),
});

/**
 * Lumenfall's webhooks: docs/protocols/lumenfall.md#webhooks. Standard Webhooks: HMAC-SHA256 over
 * `<id>.<timestamp>.<body>`. The secret is `whsec_` followed by the key in base64.
 */
export const lumenfallWebhook: WebhookDialect = {
	urlRules: { ports: [443, 8443], hostNameOnly: true },
	alwaysSigns: true,
	secret: webhookSecret,

	readSignature(headers, nowMs) {
		const id = headers['webhook-id'];
		const timestamp = headers['webhook-timestamp'];
		const signature = headers['webhook-signature'];
		if (typeof id !== 'string' || typeof timestamp !== 'string' || typeof signature !== 'string')
			return undefined;
		const signatures = signature.split(' ').filter((one) => one.startsWith('v1,'));
		if (signatures.length === 0 || !isFresh(timestamp, nowMs)) return undefined;
		return {
			isSignedWith(secret, rawBody) {
				const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
				// Anyone can sign with an empty key.
				if (key.length === 0) return false;
				const signed = createHmac('sha256', key).update(`${id}.${timestamp}.`).update(rawBody);
				const wanted = signed.digest();
				return signatures.slice(0, MAX_SIGNATURES).some((one) => {
					const given = Buffer.from(one.slice('v1,'.length), 'base64');
					return given.length === wanted.length && timingSafeEqual(given, wanted);
				});
			},
		};
	},

	decode(body) {
		const read = deliveryBody.safeParse(body);
		return read.success ? { event: read.data.type, videoId: read.data.data.id } : undefined;
	},
};

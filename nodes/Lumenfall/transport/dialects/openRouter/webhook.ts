import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { isFresh, type VideoEvent, type WebhookDialect } from '../webhookDialect';

const EVENTS = new Map<string, VideoEvent>([
	['video.generation.completed', 'video.completed'],
	['video.generation.failed', 'video.failed'],
	['video.generation.cancelled', 'video.cancelled'],
	// Like a failed video, it ended without a file.
	['video.generation.expired', 'video.failed'],
]);

const deliveryBody = z.object({
	type: z.string().max(100),
	data: z.object({ id: z.string().min(1).max(2_000) }),
});

/** A delivery has several signatures while the secret is being changed, but not many. */
const MAX_HEADER = 1_000;

/**
 * OpenRouter's webhooks: docs/protocols/openrouter.md#webhooks. HMAC-SHA256 over `<t>,<body>` with the secret of the
 * workspace. `X-OpenRouter-Idempotency-Key` (`<id>-<status>`) marks duplicates, but it is not signed. The body contains
 * the same, so duplicates are recognized by the body.
 */
export const openRouterWebhook: WebhookDialect = {
	urlRules: {},
	alwaysSigns: false,

	/** No API returns it, so the user enters it in the credential. */
	async secret({ credential }) {
		return credential.webhookSecret;
	},

	readSignature(headers, nowMs) {
		const header = headers['x-openrouter-signature'];
		if (typeof header !== 'string' || header.length > MAX_HEADER) return undefined;
		const parts = header.split(',').map((part) => part.trim());
		const timestamp = parts.find((part) => part.startsWith('t='))?.slice(2);
		const digests = parts.flatMap((part) => /^v1=([0-9a-f]{64})$/i.exec(part)?.[1] ?? []);
		if (timestamp === undefined || digests.length === 0 || !isFresh(timestamp, nowMs))
			return undefined;
		return {
			isSignedWith(secret, rawBody) {
				// Anyone can sign with an empty key.
				if (secret === '') return false;
				const signed = createHmac('sha256', secret).update(`${timestamp},`).update(rawBody);
				const wanted = signed.digest();
				return digests.some((digest) => timingSafeEqual(Buffer.from(digest, 'hex'), wanted));
			},
		};
	},

	decode(body) {
		const read = deliveryBody.safeParse(body);
		const event = read.success ? EVENTS.get(read.data.type) : undefined;
		return read.success && event ? { event, videoId: read.data.data.id } : undefined;
	},
};

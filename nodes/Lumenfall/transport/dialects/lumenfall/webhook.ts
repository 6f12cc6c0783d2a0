import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { BoundedMap } from '../../../support/boundedMap';
import type { Connection } from '../../connection';
import { failureOfResponse } from '../../failureOfResponse';
import { TIMEOUTS } from '../../timeouts';
import { isFresh, VIDEO_EVENTS, type WebhookDialect } from '../webhookDialect';
import { webhookSecretUrl } from './routes';

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

const secretBody = z.object({ key: z.string().min(1).max(1_000) });
/** Longer than a burst of forged webhooks, and short enough for a changed secret to take effect. */
const KEEP_MS = 60_000;
/** A failure is remembered too, so that a burst of webhooks does not repeat the request each time. */
const KEEP_FAILURE_MS = 1_000;

interface KnownSecret {
	secret: Promise<string>;
	until: number;
}

/** By base URL and key. */
const known = new BoundedMap<string, KnownSecret>();

/**
 * Returns the secret that the server signs its webhooks with: docs/protocols/lumenfall.md#webhooks. Remembers it for a
 * minute, so that a burst of forged webhooks does not cause a burst of requests with the key.
 */
async function webhookSecret(server: Connection): Promise<string> {
	const { baseUrl, credential } = server;
	const name = `${baseUrl} ${credential.apiKey}`;
	const before = known.get(name);
	if (before && performance.now() < before.until) return await before.secret;

	const secret = fetchSecret(server);
	known.set(name, { secret, until: performance.now() + KEEP_MS });
	secret.catch(() => known.set(name, { secret, until: performance.now() + KEEP_FAILURE_MS }));
	return await secret;
}

async function fetchSecret(server: Connection): Promise<string> {
	const response = await server.get(webhookSecretUrl(server.baseUrl), TIMEOUTS.webhookSecret);
	const read = secretBody.safeParse(response.body);
	if (response.isSuccess && read.success) return read.data.key;
	// A success that cannot be read may contain the secret anywhere, so nothing of it is shown.
	const shown = response.isSuccess ? response.with({ body: undefined }) : response;
	throw failureOfResponse(shown, 'webhookSecret');
}

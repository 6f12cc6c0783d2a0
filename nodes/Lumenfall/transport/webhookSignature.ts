import { createHmac, timingSafeEqual } from 'node:crypto';

/** The headers of a delivery, as n8n gives them: names in lower case. */
export type DeliveryHeaders = Record<string, string | string[] | undefined>;

/** Older or newer deliveries are replays, or come from a machine with a wrong clock (Standard Webhooks). */
const TOLERANCE_SECONDS = 300;

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
	const id = headers['webhook-id'];
	const timestamp = headers['webhook-timestamp'];
	const signatures = headers['webhook-signature'];
	if (typeof id !== 'string' || typeof timestamp !== 'string' || typeof signatures !== 'string')
		return false;
	if (!/^\d{1,12}$/.test(timestamp)) return false;
	if (Math.abs(nowMs / 1000 - Number(timestamp)) > TOLERANCE_SECONDS) return false;

	const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
	// Anybody can sign with no key at all.
	if (key.length === 0) return false;
	const wanted = createHmac('sha256', key).update(`${id}.${timestamp}.`).update(rawBody).digest();
	// Several signatures are sent while a secret is being changed.
	return signatures.split(' ').some((signature) => {
		const [version, text = ''] = signature.split(',');
		const given = Buffer.from(text, 'base64');
		return version === 'v1' && given.length === wanted.length && timingSafeEqual(given, wanted);
	});
}

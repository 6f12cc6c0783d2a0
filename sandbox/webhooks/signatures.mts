import { createHmac } from 'node:crypto';
import { Webhook } from 'standardwebhooks';

/** Returns the headers that sign a body at a time. Without a secret, they contain no signature. */
export type Sign = (body: string, signedAt: Date, secret?: string) => Record<string, string>;

const unixSeconds = (date: Date) => String(Math.floor(date.getTime() / 1000));

/** Standard Webhooks, as used by Lumenfall (docs/protocols/lumenfall.md#webhooks). */
export function standardSignature(messageId: string): Sign {
	return (body, signedAt, secret) => ({
		'webhook-id': messageId,
		'webhook-timestamp': unixSeconds(signedAt),
		...(secret && {
			'webhook-signature': new Webhook(secret).sign(messageId, signedAt, body),
		}),
	});
}

/** `t=<unix>,v1=<hex>` over `<t>,<body>`, as in OpenRouter's guide on webhooks. */
export function openRouterSignature(idempotencyKey: string): Sign {
	return (body, signedAt, secret) => {
		const time = unixSeconds(signedAt);
		const digest = secret && createHmac('sha256', secret).update(`${time},${body}`).digest('hex');
		return {
			'x-openrouter-idempotency-key': idempotencyKey,
			...(digest && { 'x-openrouter-signature': `t=${time},v1=${digest}` }),
		};
	};
}

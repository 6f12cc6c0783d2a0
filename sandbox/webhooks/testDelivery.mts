import type { Dialect } from '../dialects/dialect.mts';
import type { Sandbox } from '../sandbox.mts';
import type { DeliveryType } from './sendWebhooks.mts';

/**
 * Creates a small job with this webhook URL through the API, so that the job in the delivery exists. A cancelled job is
 * delivered at once, the others when they end.
 */
export async function sendTestDelivery(
	{ baseUrl, apiKey }: Sandbox,
	{ webhookField }: Pick<Dialect, 'webhookField'>,
	url: string,
	type: DeliveryType = 'video.completed',
): Promise<void> {
	if (!webhookField) throw new Error('This dialect has no webhooks');
	const call = async (method: string, path: string, body?: object) => {
		const response = await fetch(`${baseUrl}/${path}`, {
			method,
			headers: {
				authorization: `Bearer ${apiKey}`,
				...(body && { 'content-type': 'application/json' }),
			},
			...(body && { body: JSON.stringify(body) }),
		});
		const text = await response.text();
		if (!response.ok) throw new Error(`The test delivery was refused: ${text}`);
		return text;
	};
	const request = {
		model: 'p-video',
		prompt: type === 'video.failed' ? 'A test delivery [fails]' : 'A test delivery',
		// Both dialects with webhooks accept this name.
		duration: 1,
		resolution: '480p',
		[webhookField]: url,
	};
	const job = JSON.parse(await call('POST', 'videos', request)) as { id: string };
	if (type === 'video.cancelled') await call('DELETE', `videos/${job.id}`);
}

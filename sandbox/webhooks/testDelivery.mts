import type { Sandbox } from '../sandbox.mts';
import type { DeliveryType } from './sendWebhooks.mts';

/**
 * Creates a small job with this webhook URL through the API itself, so that the delivery is about a job that the API has.
 * A cancelled one is delivered at once, the others when the job ends.
 */
export async function sendTestDelivery(
	{ baseUrl, apiKey }: Sandbox,
	url: string,
	type: DeliveryType = 'video.completed',
): Promise<void> {
	const call = async (method: string, path: string, body?: object) => {
		const answer = await fetch(`${baseUrl}/${path}`, {
			method,
			headers: {
				authorization: `Bearer ${apiKey}`,
				...(body && { 'content-type': 'application/json' }),
			},
			...(body && { body: JSON.stringify(body) }),
		});
		const text = await answer.text();
		if (!answer.ok) throw new Error(`The test delivery was refused: ${text}`);
		return text;
	};
	const request = {
		model: 'p-video',
		prompt: type === 'video.failed' ? 'A test delivery [fails]' : 'A test delivery',
		seconds: 1,
		resolution: '480p',
		webhook_url: url,
	};
	const job = JSON.parse(await call('POST', 'videos', request)) as { id: string };
	if (type === 'video.cancelled') await call('DELETE', `videos/${job.id}`);
}

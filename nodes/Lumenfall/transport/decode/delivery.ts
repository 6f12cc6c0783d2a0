import { z } from 'zod';

/** What a delivery says about a video. A hint: the API has the last word. */
export interface Delivery {
	/** `video.completed`, `video.failed`, `video.cancelled`. */
	type: string;
	videoId: string;
}

const deliveryShape = z.object({
	type: z.string(),
	data: z.object({ id: z.string().min(1).max(500) }),
});

/** @param rawBody verified before it is read */
export function decodeDelivery(rawBody: Buffer): Delivery | undefined {
	const read = deliveryShape.safeParse(parse(rawBody.toString('utf8')));
	return read.success ? { type: read.data.type, videoId: read.data.data.id } : undefined;
}

function parse(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

export function decodeWebhookSecret(body: unknown): string | undefined {
	const read = z.object({ key: z.string().min(1) }).safeParse(body);
	return read.success ? read.data.key : undefined;
}

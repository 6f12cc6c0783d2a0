import type { IDataObject } from 'n8n-workflow';
import { pixelSize } from '../../../request/frameSize';
import type { RequestImages, VideoRequest } from '../../../request/videoRequest';
import { imageUrlOf, lastFrameOf, settingFieldsOf } from '../commonFields';
import { sourceFieldOf } from './changes';

/** Builds the body of `POST /videos`; field names from docs/protocols/lumenfall.md#create-request. */
export function encodeCreate(request: VideoRequest, idempotencyKey: string): IDataObject {
	return {
		model: request.model,
		prompt: request.prompt,
		...(request.seconds !== undefined && { seconds: request.seconds }),
		...shape(request),
		...references(request),
		...lastFrameOf(request),
		...sourceFieldOf(request),
		...settingFieldsOf(request),
		...(request.webhookUrl && { webhook_url: request.webhookUrl }),
		idempotency_key: idempotencyKey,
		...request.additionalParameters,
	};
}

/**
 * `size` overrides the other two, so it is sent only if both are known:
 * docs/protocols/lumenfall.md#size-aspect-ratio-and-resolution.
 */
function shape({ size, aspectRatio, resolution }: VideoRequest): IDataObject {
	if (size) return { size };
	if (aspectRatio && resolution) return { size: pixelSize(aspectRatio, resolution) };
	return { ...(aspectRatio && { aspect_ratio: aspectRatio }), ...(resolution && { resolution }) };
}

/** One object or a list of them. How many images a model supports is not checked here. */
function references({ image, referenceImages = [] }: RequestImages): IDataObject {
	const all = [...(image ? [image] : []), ...referenceImages].map((one) => ({
		image_url: imageUrlOf(one),
	}));
	if (all.length === 0) return {};
	return { input_reference: all.length === 1 ? all[0] : all };
}

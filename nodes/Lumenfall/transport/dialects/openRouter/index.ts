import type { IDataObject } from 'n8n-workflow';
import type { Dialect } from '../dialect';
import { decodeOpenRouterModels } from './models';
import { imageUrlOf } from '../imageFields';
import { tierOf } from './names';
import { openRouterWebhook } from './webhook';
import type { InputImage, RequestImages, VideoRequest } from '../../../request/videoRequest';
import { dialectErrors } from '../dialectErrors';

/**
 * OpenRouter, and servers with the same request format. Field names from its video guide and the schema
 * `VideoGenerationRequest` of its OpenAPI file (both of 2026-08); docs/protocols/openrouter.md#create-request.
 */
export const openRouter: Dialect = {
	supportsIdempotencyKey: false,
	webhook: openRouterWebhook,
	resizesImages: false,
	// Its signed URLs work without the key. The other URLs are those of the content route.
	fileSources: ['content', 'url'],
	// "The cost of the video generation in USD" (VideoGenerationUsage).
	currency: 'USD',
	// `/models` lists hundreds of language models instead.
	models: {
		path: '/videos/models',
		listsLimits: true,
		profiles: 'off',
		decode: decodeOpenRouterModels,
	},

	check({ negativePrompt, seconds, image, lastFrame, referenceImages }) {
		if (negativePrompt) throw dialectErrors.noNegativePrompt('OpenRouter');
		if (!Number.isInteger(seconds)) throw dialectErrors.wholeSecondsOnly(seconds, 'OpenRouter');
		// If both are sent, OpenRouter ignores the references.
		if ((image || lastFrame) && referenceImages?.length)
			throw dialectErrors.framesOrReferences('OpenRouter');
	},

	encodeCreate(request) {
		return {
			model: request.model,
			prompt: request.prompt,
			duration: request.seconds,
			...shape(request),
			...imageFields(request),
			...(request.seed !== undefined && { seed: request.seed }),
			...(request.audio !== undefined && { generate_audio: request.audio }),
			// Not in the schema for videos, but in the schemas of its other routes.
			...(request.user && { user: request.user }),
			...(request.webhookUrl && { callback_url: request.webhookUrl }),
			...request.additionalParameters,
		};
	},
};

function shape({ size, aspectRatio, resolution }: VideoRequest): IDataObject {
	if (size) return { size };
	return {
		...(aspectRatio && { aspect_ratio: aspectRatio }),
		...(resolution && { resolution: tierOf(resolution) }),
	};
}

function imageFields({ image, lastFrame, referenceImages = [] }: RequestImages): IDataObject {
	const frames = [...frame('first_frame', image), ...frame('last_frame', lastFrame)];
	return {
		...(frames.length > 0 && { frame_images: frames }),
		...(referenceImages.length > 0 && { input_references: referenceImages.map(imagePart) }),
	};
}

function frame(frameType: string, image: InputImage | undefined): IDataObject[] {
	return image ? [{ ...imagePart(image), frame_type: frameType }] : [];
}

function imagePart(image: InputImage): IDataObject {
	return { type: 'image_url', image_url: { url: imageUrlOf(image) } };
}

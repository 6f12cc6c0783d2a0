import type { IDataObject } from 'n8n-workflow';
import type { InputImage, RequestImages, VideoRequest } from '../../../request/videoRequest';
import { imageUrlOf, settingFieldsOf } from '../commonFields';
import type { Dialect } from '../dialect';
import { dialectErrors } from '../dialectErrors';
import { changes, previousJobOf, referencesOf } from './changes';
import { decodeOpenRouterModels } from './models';
import { tierOf } from './resolutions';
import { openRouterWebhook } from './webhook';

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

	supportsEmptyPrompt: true,
	changes,

	check(request) {
		const { negativePrompt, seconds = 0, image, lastFrame } = request;
		if (negativePrompt) throw dialectErrors.noNegativePrompt('OpenRouter');
		if (!Number.isInteger(seconds)) throw dialectErrors.wholeSecondsOnly(seconds, 'OpenRouter');
		// If both are sent, OpenRouter ignores the references.
		if ((image || lastFrame) && allReferences(request).length > 0)
			throw dialectErrors.framesOrReferences('OpenRouter');
	},

	encodeCreate(request) {
		return {
			model: request.model,
			...(request.prompt && { prompt: request.prompt }),
			...(request.seconds !== undefined && { duration: request.seconds }),
			...shape(request),
			...frames(request),
			...references(request),
			...previousJobOf(request),
			...(request.upscaleFactor !== undefined && { upscale_factor: request.upscaleFactor }),
			...(request.creativity !== undefined && { creativity: request.creativity }),
			...settingFieldsOf(request),
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

function frames({ image, lastFrame }: RequestImages): IDataObject {
	const all = [...frame('first_frame', image), ...frame('last_frame', lastFrame)];
	return all.length > 0 ? { frame_images: all } : {};
}

function references(request: VideoRequest): IDataObject {
	const all = allReferences(request);
	return all.length > 0 ? { input_references: all } : {};
}

/** Images, videos and sounds. */
function allReferences(request: VideoRequest): IDataObject[] {
	return [...(request.referenceImages ?? []).map(imagePart), ...referencesOf(request)];
}

function frame(frameType: string, image: InputImage | undefined): IDataObject[] {
	return image ? [{ ...imagePart(image), frame_type: frameType }] : [];
}

function imagePart(image: InputImage): IDataObject {
	return { type: 'image_url', image_url: { url: imageUrlOf(image) } };
}

import type { IDataObject } from 'n8n-workflow';
import { inputFailures } from '../../errors/inputFailures';
import { pictureFailures } from '../../errors/pictureFailures';
import type { InputImage, Pictures, VideoRequest } from '../../job/request';
import type { Dialect } from './dialect';
import { decodeOpenRouterModels } from './decodeOpenRouterModels';
import { pictureUrl } from './pictureFields';
import { tierOf } from './openRouterTiers';

/**
 * OpenRouter, and servers that write requests as it does. Field names from its video guide and the schema
 * `VideoGenerationRequest` of its OpenAPI file (both of 2026-08); openai-videos-api section 4.2.
 */
export const openRouter: Dialect = {
	honoursIdempotencyKey: false,
	callsBack: false,
	fitsPictures: false,
	// The addresses in its jobs need the key; the content route is the same file.
	fileSources: ['content', 'url'],
	// `/models` lists hundreds of language models.
	models: {
		path: '/videos/models',
		tellsLimits: true,
		table: 'unused',
		decode: decodeOpenRouterModels,
	},

	encodeCreate(request) {
		if (request.negativePrompt) throw inputFailures.noNegativePrompt('OpenRouter');
		return {
			model: request.model,
			prompt: request.prompt,
			duration: request.seconds,
			...shape(request),
			...pictures(request),
			...(request.seed !== undefined && { seed: request.seed }),
			...(request.audio !== undefined && { generate_audio: request.audio }),
			...(request.user && { user: request.user }),
			...request.additionalParameters,
		};
	},

	/** It has no list of videos, so the answer is a 404; a lost order then stays a doubt. */
	listUrl: (base, { limit }) => `${base}/videos?limit=${limit}`,
};

function shape({ size, aspectRatio, resolution }: VideoRequest): IDataObject {
	if (size) return { size };
	return {
		...(aspectRatio && { aspect_ratio: aspectRatio }),
		...(resolution && { resolution: tierOf(resolution) }),
	};
}

/** References are dropped in silence where there are frames, so such a request is not sent. */
function pictures({ image, lastFrame, referenceImages = [] }: Pictures): IDataObject {
	const frames = [...frame('first_frame', image), ...frame('last_frame', lastFrame)];
	if (frames.length > 0 && referenceImages.length > 0)
		throw pictureFailures.framesAndReferences('OpenRouter');
	return {
		...(frames.length > 0 && { frame_images: frames }),
		...(referenceImages.length > 0 && { input_references: referenceImages.map(imagePart) }),
	};
}

function frame(frameType: string, image: InputImage | undefined): IDataObject[] {
	return image ? [{ ...imagePart(image), frame_type: frameType }] : [];
}

function imagePart(image: InputImage): IDataObject {
	return { type: 'image_url', image_url: { url: pictureUrl(image) } };
}

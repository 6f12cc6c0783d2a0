import type { IDataObject } from 'n8n-workflow';
import { imageErrors } from '../../../errors/imageErrors';
import { decodeModels } from '../../decode/modelList';
import type { Dialect } from '../dialect';
import { checkLastFrame, lastFrameOf, imageUrlOf } from '../imageFields';
import type { RequestImages, VideoRequest } from '../../../request/videoRequest';
import { pixelSize } from '../../../request/shape';

const nativeBase = (base: string) => base.replace(/\/openai\/v1$/, '/v1');

/** Lumenfall's gateway; field names from docs/protocols/lumenfall.md#create-request. */
export const lumenfall: Dialect = {
	supportsIdempotencyKey: true,
	supportsWebhooks: true,
	resizesImages: true,
	fileSources: ['url'],
	models: { path: '/models', listsLimits: true, profiles: 'whole', decode: decodeModels },
	nativeBase,

	check(request, { images, modes = [] }) {
		checkLastFrame(request, 'Lumenfall');
		const isAlone = !request.image && request.referenceImages !== undefined;
		// All pictures go in one field, and most models start on the first of them.
		if (isAlone && modes.length > 0 && !images?.references && !modes.includes('reference-to-video'))
			throw imageErrors.referenceAlone('Lumenfall');
	},

	encodeCreate(request, idempotencyKey) {
		return {
			model: request.model,
			prompt: request.prompt,
			seconds: request.seconds,
			...shape(request),
			...references(request),
			...lastFrameOf(request),
			...(request.negativePrompt && { negative_prompt: request.negativePrompt }),
			...(request.seed !== undefined && { seed: request.seed }),
			...(request.audio !== undefined && { generate_audio: request.audio }),
			...(request.user && { user: request.user }),
			...(request.webhookUrl && { webhook_url: request.webhookUrl }),
			idempotency_key: idempotencyKey,
			...request.additionalParameters,
		};
	},

	/** Lumenfall has no list of videos. The request history stands in: docs/protocols/lumenfall.md#request-history. */
	listUrl: (base, { limit, after }) =>
		`${nativeBase(base)}/requests?limit=${limit}${after ? `&starting_after=${encodeURIComponent(after)}` : ''}`,
};

/** `size` overrules the other two, so it is sent only if both are known: docs/protocols/lumenfall.md#size-aspect-ratio-and-resolution. */
function shape({ size, aspectRatio, resolution }: VideoRequest): IDataObject {
	if (size) return { size };
	if (aspectRatio && resolution) return { size: pixelSize(aspectRatio, resolution) };
	return { ...(aspectRatio && { aspect_ratio: aspectRatio }), ...(resolution && { resolution }) };
}

/** An object or a list of them; how many a model takes is its own affair. */
function references({ image, referenceImages = [] }: RequestImages): IDataObject {
	const all = [...(image ? [image] : []), ...referenceImages].map((one) => ({
		image_url: imageUrlOf(one),
	}));
	if (all.length === 0) return {};
	return { input_reference: all.length === 1 ? all[0] : all };
}

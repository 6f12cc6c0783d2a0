import type { IDataObject } from 'n8n-workflow';
import { inputErrors } from '../../../errors/inputErrors';
import { imageErrors } from '../../../errors/imageErrors';
import { decodeModels } from '../../decode/modelList';
import type { Dialect } from '../dialect';
import { checkLastFrame, lastFrameOf } from '../imageFields';
import { requestedSize } from '../../../request/shape';

/** Any server that speaks OpenAI's `POST /v1/videos`; field names from docs/protocols/openai-videos.md#create-request. */
export const openAiCompatible: Dialect = {
	supportsIdempotencyKey: false,
	supportsWebhooks: false,
	resizesImages: false,
	fileSources: ['content', 'url'],
	// Most lists hold ids alone.
	models: { path: '/models', listsLimits: false, profiles: 'gaps', decode: decodeModels },

	check(request) {
		if (request.resolution && !requestedSize(request)) throw inputErrors.resolutionNeedsRatio();
		checkLastFrame(request, "OpenAI's contract");
		if (request.referenceImages?.length) throw imageErrors.referencesNotTaken("OpenAI's contract");
	},

	/** JSON without a file and multipart with one: docs/protocols/openai-videos.md#create-request. */
	encodeCreate(request) {
		// The contract knows only a full pixel size.
		const size = requestedSize(request);
		const fields: IDataObject = {
			model: request.model,
			prompt: request.prompt,
			// The contract wants a string; strict servers refuse a number.
			seconds: String(request.seconds),
			...(size && { size }),
			...(request.negativePrompt && { negative_prompt: request.negativePrompt }),
			...(request.seed !== undefined && { seed: request.seed }),
			...(request.audio !== undefined && { generate_audio: request.audio }),
			...(request.user && { user: request.user }),
			...lastFrameOf(request),
			...request.additionalParameters,
		};
		const { image } = request;
		if (!image) return fields;
		if (image.kind === 'url') return { ...fields, input_reference: { image_url: image.url } };

		const form = toForm(fields);
		// Servers refuse a part without a name or with a generic type.
		const file = new Blob([new Uint8Array(image.bytes)], { type: image.mimeType });
		form.append('input_reference', file, image.fileName);
		return form;
	},

	/** vLLM-Omni accepts forms only, and answers JSON with 422 unread: docs/protocols/compatible-servers.md#vllm-omni. */
	encodeAsForm: (body, statusCode) =>
		[415, 422].includes(statusCode) && !(body instanceof FormData) ? toForm(body) : undefined,

	listUrl: (base, { limit, after }) =>
		`${base}/videos?limit=${limit}&order=desc${after ? `&after=${encodeURIComponent(after)}` : ''}`,
};

function toForm(fields: IDataObject): FormData {
	const form = new FormData();
	for (const [name, value] of Object.entries(fields)) form.append(name, formText(value));
	return form;
}

function formText(value: unknown): string {
	return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

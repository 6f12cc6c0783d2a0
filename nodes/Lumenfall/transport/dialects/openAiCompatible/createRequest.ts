import type { IDataObject } from 'n8n-workflow';
import { requestedSize } from '../../../request/shape';
import type { InputImage, VideoRequest } from '../../../request/videoRequest';
import type { RequestBody, RequestForm } from '../dialect';
import { imageUrlOf, lastFrameOf } from '../imageFields';

/**
 * Builds the body of `POST /videos`: JSON without a file and multipart with one, unless the server requires another
 * form. Field names from docs/protocols/openai-videos.md#create-request.
 */
export function encodeCreate(request: VideoRequest, form: RequestForm = {}): RequestBody {
	const { image } = request;
	const isMultipart = form.body ? form.body === 'multipart' : image?.kind === 'file';
	return isMultipart ? toMultipart(request) : toJson(request, form);
}

function toJson(request: VideoRequest, form: RequestForm): IDataObject {
	const { image } = request;
	return {
		...fieldsOf(request),
		...(form.secondsAsNumber && { seconds: request.seconds }),
		...(image && { input_reference: imageField(image, form) }),
	};
}

function imageField(image: InputImage, { imageAsText }: RequestForm): IDataObject | string {
	return imageAsText ? imageUrlOf(image) : { image_url: imageUrlOf(image) };
}

function toMultipart(request: VideoRequest): FormData {
	const body = new FormData();
	for (const [name, value] of Object.entries(fieldsOf(request))) body.append(name, textOf(value));
	const { image } = request;
	if (image?.kind === 'url') body.append('input_reference', textOf({ image_url: image.url }));
	if (image?.kind === 'file') {
		// Servers refuse a part without a file name or with a generic type.
		const file = new Blob([new Uint8Array(image.bytes)], { type: image.mimeType });
		body.append('input_reference', file, image.fileName);
	}
	return body;
}

function fieldsOf(request: VideoRequest): IDataObject {
	// The contract has only a full size in pixels.
	const size = requestedSize(request);
	return {
		model: request.model,
		prompt: request.prompt,
		// The contract requires a string; strict servers refuse a number.
		seconds: String(request.seconds),
		...(size && { size }),
		...(request.negativePrompt && { negative_prompt: request.negativePrompt }),
		...(request.seed !== undefined && { seed: request.seed }),
		...(request.audio !== undefined && { generate_audio: request.audio }),
		...(request.user && { user: request.user }),
		...lastFrameOf(request),
		...request.additionalParameters,
	};
}

function textOf(value: unknown): string {
	return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

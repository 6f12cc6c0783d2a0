import type { IDataObject } from 'n8n-workflow';
import type { ImageRole } from '../../../request/requested';
import type { InputImage, VideoRequest } from '../../../request/videoRequest';
import type { RequestBody, RequestForm } from '../dialect';
import { imageUrlOf, lastFrameOf } from '../imageFields';
import { OPENAI_FIELDS, type ImageFieldName, type ServerFields } from './serverFields';

/**
 * Builds the body of `POST /videos`: JSON without a file and multipart with one, unless the server requires another
 * form.
 * @param form another form of the request, after the server refused the first one
 */
export function encodeCreate(
	request: VideoRequest,
	form: RequestForm = {},
	names: ServerFields = OPENAI_FIELDS,
): RequestBody {
	const hasFile = imagesOf(request, names).some(({ image }) => image.kind === 'file');
	const body = form.body ?? names.body ?? (hasFile ? 'multipart' : 'json');
	return body === 'multipart' ? toMultipart(request, form, names) : toJson(request, form, names);
}

function toJson(request: VideoRequest, form: RequestForm, names: ServerFields): IDataObject {
	const body = fieldsOf(request, names);
	if (form.secondsAsNumber && 'seconds' in body) body.seconds = request.seconds;
	for (const { name, image } of imagesOf(request, names)) {
		const { field, inList } = name;
		const value = imageValue(image, name, form);
		const others = (body[field] ?? []) as IDataObject[];
		body[field] = (inList ? [...others, value] : value) as IDataObject;
	}
	return body;
}

function toMultipart(request: VideoRequest, form: RequestForm, names: ServerFields): FormData {
	const body = new FormData();
	for (const [name, value] of Object.entries(fieldsOf(request, names)))
		body.append(name, textOf(value));
	for (const { name, image } of imagesOf(request, names)) {
		const { field } = name;
		if (image.kind === 'url') {
			body.append(field, textOf(imageValue(image, name, form)));
		} else {
			// Servers refuse a part without a name or with a generic type.
			const file = new Blob([new Uint8Array(image.bytes)], { type: image.mimeType });
			body.append(field, file, image.fileName);
		}
	}
	return body;
}

function fieldsOf(request: VideoRequest, names: ServerFields): IDataObject {
	return {
		model: request.model,
		prompt: request.prompt,
		...names.duration(request.seconds),
		...names.shape(request),
		...(request.negativePrompt && { negative_prompt: request.negativePrompt }),
		...(request.seed !== undefined && { seed: request.seed }),
		...(request.audio !== undefined && { generate_audio: request.audio }),
		...(request.user && { user: request.user }),
		...(!names.images.last && lastFrameOf(request)),
		...request.additionalParameters,
	};
}

/** Returns the images that the server has a field for, each with the name of that field. */
function imagesOf(
	{ image, lastFrame, referenceImages = [] }: VideoRequest,
	{ images }: ServerFields,
): Array<{ name: ImageFieldName; image: InputImage }> {
	const given: Array<[ImageRole, InputImage | undefined]> = [
		['first', image],
		['last', lastFrame],
		...referenceImages.map((reference): [ImageRole, InputImage] => ['reference', reference]),
	];
	return given.flatMap(([role, one]) => {
		const name = images[role];
		return one && name ? [{ name, image: one }] : [];
	});
}

function imageValue(
	image: InputImage,
	{ write }: ImageFieldName,
	{ imageAsText }: RequestForm,
): IDataObject | string {
	const url = imageUrlOf(image);
	return write && !imageAsText ? write(url) : url;
}

function textOf(value: unknown): string {
	return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

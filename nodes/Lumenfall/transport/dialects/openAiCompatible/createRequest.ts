import type { IDataObject } from 'n8n-workflow';
import type { ImageRole } from '../../../request/requirements';
import type { InputImage, VideoRequest } from '../../../request/videoRequest';
import { imageUrlOf, lastFrameOf, settingFieldsOf } from '../commonFields';
import type { RequestBody, RequestForm } from '../dialect';
import { encodeChange, hasOwnRoute, sourceFieldsOf, sourcePartsOf } from './changeRequest';
import { appendField, appendFile, formOf } from './multipart';
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
	const { source } = request;
	if (source && hasOwnRoute(request)) return encodeChange(request, source, form);
	const body = bodyFor(request, names, form);
	return body === 'multipart' ? toMultipart(request, form, names) : toJson(request, form, names);
}

function bodyFor(request: VideoRequest, names: ServerFields, form: RequestForm) {
	// JSON cannot contain a video file. Without the file, the server would generate an unrelated video.
	if (sourcePartsOf(request).length > 0) return 'multipart';
	const hasFile = imagesOf(request, names).some(({ image }) => image.kind === 'file');
	const isForm = hasFile || request.source?.way === 'videoReference';
	return form.body ?? names.body ?? (isForm ? 'multipart' : 'json');
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
	const body = formOf(fieldsOf(request, names), sourcePartsOf(request));
	for (const { name, image } of imagesOf(request, names)) {
		const { field } = name;
		if (image.kind === 'url') {
			appendField(body, field, imageValue(image, name, form));
		} else {
			appendFile(body, { field, ...image });
		}
	}
	return body;
}

function fieldsOf(request: VideoRequest, names: ServerFields): IDataObject {
	// The length of Gemini's extension is fixed.
	const seconds = request.source?.way === 'extendVideoId' ? undefined : request.seconds;
	return {
		model: request.model,
		prompt: request.prompt,
		...(seconds !== undefined && names.duration(seconds)),
		...names.shape(request),
		...settingFieldsOf(request),
		...(!names.images.last && lastFrameOf(request)),
		...sourceFieldsOf(request),
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

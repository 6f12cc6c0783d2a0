import { hashOf } from '../job/identity';
import { inputErrors } from '../parameters/inputErrors';
import { isEmpty, numberOf } from '../parameters/values';
import { checkImageFit, followImage, SAME_AS_IMAGE } from './imageShape';
import {
	COUNT_FIELDS,
	IMAGE_FIELDS,
	KNOWN_FIELDS,
	PROTECTED_FIELDS,
	SOURCE_FIELDS,
} from '../request/additionalParameters';
import type { SourceVideo } from '../request/sourceVideo';
import {
	mainImage,
	hasImages,
	MAX_KEY_LENGTH,
	type RequestImages,
	type VideoRequest,
	type VideoSettings,
} from '../request/videoRequest';

/** No model generates an hour of video; a larger number is usually in milliseconds by mistake. */
const MAX_SECONDS = 600;

/**
 * Builds the request from the form. Nothing has been sent yet, so nothing is spent.
 * @throws FailureError naming the parameter that is invalid
 */
export function buildRequest(
	form: VideoSettings,
	images: RequestImages = {},
	source?: SourceVideo,
): VideoRequest {
	const { customSize, lastFrameParameter, ...values } = form;
	const request: VideoRequest = {
		...values,
		prompt: form.prompt.trim(),
		model: form.model.trim(),
		...(customSize !== undefined && { size: readSize(customSize) }),
		...(form.aspectRatio === SAME_AS_IMAGE && followImage(form.model, mainImage(images))),
		...images,
		...(source && { source }),
		// Ignored for items without a last frame, so that a constant can be set for all items.
		...(images.lastFrame && lastFrameParameter && { lastFrameParameter }),
	};
	checkBasics(request);
	checkImageFit(request);
	checkLastFrameParameter(request);
	checkAdditionalParameters(request);
	return request;
}

function checkBasics(request: VideoRequest): void {
	const { prompt, model, seconds, source, aspectRatio, resolution, idempotencyKey } = request;
	if (!prompt && !hasImages(request) && !source) throw inputErrors.emptyPrompt();
	if (!model) throw inputErrors.emptyModel();
	// Only an edit keeps the length of its source.
	const isKept = seconds === undefined && source?.change === 'edit';
	if (!isKept && !(Number(seconds) > 0 && Number(seconds) <= MAX_SECONDS))
		throw inputErrors.badDuration(seconds);
	if (aspectRatio && !/^[1-9]\d*:[1-9]\d*$/.test(aspectRatio)) {
		throw inputErrors.badOption('Aspect Ratio', aspectRatio, 'a ratio such as 16:9');
	}
	if (resolution && !/^\d{3,4}p$/.test(resolution)) {
		throw inputErrors.badOption('Resolution', resolution, 'a resolution such as 720p');
	}
	if ((idempotencyKey?.length ?? 0) > MAX_KEY_LENGTH) throw inputErrors.keyTooLong(MAX_KEY_LENGTH);
}

/** The parameter of the last frame must neither overwrite another field nor be overwritten by it. */
function checkLastFrameParameter({ lastFrameParameter: name }: VideoRequest): void {
	if (name !== undefined && (!/^[a-z]\w*$/i.test(name) || KNOWN_FIELDS.includes(name)))
		throw inputErrors.badLastFrameParameter(name);
}

function checkAdditionalParameters(request: VideoRequest): void {
	const { additionalParameters: parameters, lastFrameParameter, webhookUrl } = request;
	const own = [...PROTECTED_FIELDS];
	if (hasImages(request)) own.push(...IMAGE_FIELDS);
	if (request.referenceVideos || request.referenceAudio) own.push('input_references');
	if (request.source) own.push(...SOURCE_FIELDS);
	if (lastFrameParameter) own.push(lastFrameParameter);
	if (webhookUrl) own.push('webhook_url');
	const taken = Object.keys(parameters).filter((name) => own.includes(name));
	if (taken.length > 0) throw inputErrors.protectedParameter(taken);
	const multiplier = multiplierIn(parameters);
	if (multiplier !== undefined) throw inputErrors.severalVideos(multiplier);
}

/** Servers read `extra_body` and the like as if its fields were the request's own. */
const MAX_DEPTH = 3;

/** Returns the parameter that requests several videos. Only 1 as a number or text certainly requests one. */
function multiplierIn(parameters: object, depth = 0): string | undefined {
	for (const [name, value] of Object.entries(parameters) as Array<[string, unknown]>) {
		const isCount = COUNT_FIELDS.test(name.replace(/[\s_-]/g, ''));
		if (isCount && !isEmpty(value) && numberOf(value) !== 1) return name;
		const isObject = typeof value === 'object' && value !== null;
		const found = isObject && depth < MAX_DEPTH ? multiplierIn(value, depth + 1) : undefined;
		if (found !== undefined) return found;
	}
	return undefined;
}

function readSize(text: string): string {
	const size = text
		.trim()
		.toLowerCase()
		.replace(/[×*\s]+/g, 'x')
		.replace(/x+/g, 'x');
	if (!/^[1-9]\d{1,4}x[1-9]\d{1,4}$/.test(size)) throw inputErrors.badSize(text);
	return size;
}

/** Returns the same request with another model. */
export function withModel(request: VideoRequest, model: string): VideoRequest {
	return model === request.model ? request : withPartKey({ ...request, model }, model);
}

/**
 * The server returns the same video for the same key, so each of several requests of an item gets a key of its own.
 * @param part what is different in this request: its model, or the number of its scene
 */
export function withPartKey(request: VideoRequest, part: string): VideoRequest {
	const { idempotencyKey } = request;
	if (idempotencyKey === undefined) return request;
	const key = `${idempotencyKey}/${part}`;
	return { ...request, idempotencyKey: key.length > MAX_KEY_LENGTH ? hashOf(key) : key };
}

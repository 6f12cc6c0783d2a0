import { inputErrors } from '../parameters/inputErrors';
import { Cell } from '../parameters/cell';
import { parseJsonText } from '../parameters/jsonText';
import { numberOf } from '../parameters/numbers';
import {
	COUNT_FIELDS,
	IMAGE_FIELDS,
	KNOWN_FIELDS,
	MAYBE_COUNT_FIELDS,
	PROTECTED_FIELDS,
	SOURCE_FIELDS,
} from '../request/additionalParameters';
import { sizeOfVideo } from '../request/frameSize';
import { hasImages, MAX_KEY_LENGTH, type VideoRequest } from '../request/videoRequest';
import { imageErrors } from './imageErrors';
import { valueErrors } from './valueErrors';

/** What JavaScript writes for an object or a condition, and an expression that was not evaluated. */
const FAILED_EXPRESSION = /\[object Object\]|\{\{\s*\$|^(?:true|false)$/i;
/** A prompt of this kind comes from the wrong column. A key or a user may be a number. */
const NUMBER = /^[-+]?\d+(?:[.,]\d+)*$/;
/** No model generates an hour of video; a larger number is usually in milliseconds by mistake. */
const MAX_SECONDS = 600;
/** No model generates less than a second. A smaller number is a time of day from a spreadsheet: `0:16` is stored as 0.0111. */
const MIN_SECONDS = 1;

/**
 * Checks the values of a request that no server and no model supports. Nothing has been sent yet, so nothing is spent.
 * @throws FailureError naming the parameter that is invalid
 */
export function checkValues(request: VideoRequest): void {
	checkTexts(request);
	checkBasics(request);
	checkLastFrameParameter(request);
	checkAdditionalParameters(request);
	checkImageFit(request);
}

function checkTexts({ prompt, negativePrompt, idempotencyKey, user }: VideoRequest): void {
	if (NUMBER.test(prompt)) throw valueErrors.notAText('Prompt', prompt);
	for (const [parameter, text = ''] of [
		['Prompt', prompt],
		['Negative Prompt', negativePrompt],
		['Idempotency Key', idempotencyKey],
		['User', user],
	] as const)
		if (FAILED_EXPRESSION.test(text)) throw valueErrors.notAText(parameter, text);
}

function checkBasics(request: VideoRequest): void {
	const { prompt, model, seconds, source, aspectRatio, resolution, idempotencyKey } = request;
	if (!prompt && !hasImages(request) && !source) throw valueErrors.emptyPrompt();
	if (!model) throw inputErrors.emptyModel();
	// Only an edit keeps the length of its source.
	const isKept = seconds === undefined && source?.change === 'edit';
	if (!isKept && !(Number(seconds) >= MIN_SECONDS && Number(seconds) <= MAX_SECONDS))
		throw inputErrors.badDuration(seconds);
	if (aspectRatio && !/^[1-9]\d*:[1-9]\d*$/.test(aspectRatio)) {
		throw inputErrors.badOption('Aspect Ratio', aspectRatio, 'a ratio such as 16:9');
	}
	if (resolution && !/^\d{3,4}p$/.test(resolution)) {
		throw inputErrors.badOption('Resolution', resolution, 'a resolution such as 720p');
	}
	if ((idempotencyKey?.length ?? 0) > MAX_KEY_LENGTH) throw valueErrors.keyTooLong(MAX_KEY_LENGTH);
}

/** The parameter of the last frame must neither overwrite another field nor be overwritten by it. */
function checkLastFrameParameter({ lastFrameParameter: name }: VideoRequest): void {
	if (name !== undefined && (!/^[a-z]\w*$/i.test(name) || KNOWN_FIELDS.includes(name)))
		throw valueErrors.badLastFrameParameter(name);
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
	if (taken.length > 0) throw valueErrors.protectedParameter(taken);
	const multiplier = multiplierIn(parameters);
	if (multiplier !== undefined) throw valueErrors.severalVideos(multiplier);
}

/** Servers read `extra_body` and the like as if its fields were the request's own. */
const MAX_DEPTH = 3;

/** Returns the parameter that requests several videos. Only 1 as a number or text certainly requests one. */
function multiplierIn(parameters: object, depth = 0): string | undefined {
	for (const [name, value] of Object.entries(parameters) as Array<[string, unknown]>) {
		const plain = name.replace(/[\s_[\]-]/g, '');
		// A list or an object is not taken for the number inside: a server may not do so either.
		const count = Cell.exactly(value);
		const number = numberOf(count);
		const mayCount = depth === 0 && MAYBE_COUNT_FIELDS.test(plain) && isSmallCount(number);
		const isCount = COUNT_FIELDS.test(plain) || mayCount;
		if (isCount && !count.isEmpty && number !== 1) return name;
		// In a form, an object is JSON text.
		const inner = typeof value === 'string' && /^\s*\{/.test(value) ? parseJsonText(value) : value;
		const isObject = typeof inner === 'object' && inner !== null;
		const found = isObject && depth < MAX_DEPTH ? multiplierIn(inner, depth + 1) : undefined;
		if (found !== undefined) return found;
	}
	return undefined;
}

function isSmallCount(number = 0): boolean {
	return Number.isInteger(number) && number > 1 && number <= 50;
}

/**
 * Checks that 'Image Fit' is possible, without decoding the images.
 * @throws FailureError if a frame is a URL, if there is no frame, or if the size of the video is left to the model
 */
function checkImageFit(request: VideoRequest): void {
	const { imageFit, image, lastFrame } = request;
	const frames = [image, lastFrame].filter((frame) => frame !== undefined);
	if (!imageFit || !hasImages(request)) return;
	if (frames.length === 0) throw imageErrors.fitOfReferences();
	if (frames.some(({ kind }) => kind === 'url')) throw imageErrors.fitOfUrl();
	if (!sizeOfVideo(request)) throw imageErrors.fitWithoutSize();
}

import { isOwnRoute } from '../../../request/sourceVideo';
import type { FormRefusal, RequestForm, SentForm } from '../dialect';

/**
 * Words in the error messages of servers about a field of the wrong type: FastAPI and pydantic, Go's encoding/json,
 * zod, OpenAI.
 */
const REQUIRES_NUMBER = /\b(int(eger)?|int32|int64|number|numeric|float|float64)\b/i;
const REQUIRES_TEXT = /\b(string|str|text)\b/i;
const REQUIRES_FILE = /\b(upload(ed)?|upload_?file|file|files|binary)\b(?! (provided|found|type))/i;
const OF_SECONDS = /\b(seconds|duration)\b/i;
const OF_IMAGE = /input_reference|\breference\b|\bimage\b/i;
/** Go's message contains the field name only in some cases. */
const TEXT_INTO_NUMBER = /unmarshal string .*\b(int|float)\d*/i;
const OBJECT_INTO_TEXT = /unmarshal object .*\bstring\b/i;
/** Words of a parser that received the other content type. */
const OF_CONTENT_TYPE =
	/(invalid|malformed|parse|parsing|decode|decoding|expected|unsupported|must be).{0,40}\b(json|multipart|form|content.type)|\b(json|multipart|content.type)\b.{0,40}(invalid|malformed|parse|expected|required|unsupported|error)|unexpected token|invalid character '-'/i;

/**
 * Returns the form to try next, after a refusal which reports that the last form was not understood. The list is short
 * and fixed, and each change is tried once: `seconds` as a number instead of a text, an image as a text instead of an
 * object or a file, an image as a file instead of a URL, and the other content type. For an earlier video also the other
 * route, and `duration` instead of `seconds`. Sources: docs/protocols/compatible-servers.md,
 * docs/protocols/video-changes.md.
 */
export function nextForm(sent: SentForm, refusal: FormRefusal): RequestForm | undefined {
	if ([404, 405].includes(refusal.httpStatus)) return withOtherRoute(sent);
	if (![400, 415, 422].includes(refusal.httpStatus)) return undefined;
	return (
		withDuration(sent, refusal) ??
		withNumber(sent, refusal) ??
		withOtherImage(sent, refusal) ??
		withOtherBody(sent, refusal)
	);
}

/** Changes to the other way of an earlier video, if the server has no route for the first. */
function withOtherRoute({ form, source }: SentForm): RequestForm | undefined {
	return source?.otherWay && !form.otherWay ? { ...form, otherWay: true } : undefined;
}

/** Changes to xAI's name for the seconds to add to a video. */
function withDuration({ form, source }: SentForm, { words }: FormRefusal): RequestForm | undefined {
	const isRequired = source?.change === 'extend' && /\bduration\b/i.test(words);
	return isRequired && isOwnRoute(source.way) && !form.secondsAsDuration
		? { ...form, secondsAsDuration: true }
		: undefined;
}

function withNumber(
	{ form, isMultipart }: SentForm,
	{ words }: FormRefusal,
): RequestForm | undefined {
	const isWrong =
		(OF_SECONDS.test(words) && REQUIRES_NUMBER.test(words)) || TEXT_INTO_NUMBER.test(words);
	return isWrong && !isMultipart && !form.secondsAsNumber
		? { ...form, secondsAsNumber: true }
		: undefined;
}

function withOtherImage(
	{ form, isMultipart, image }: SentForm,
	{ words }: FormRefusal,
): RequestForm | undefined {
	if (!image) return undefined;
	const isAboutImage = OF_IMAGE.test(words);
	const requiresText = (isAboutImage && REQUIRES_TEXT.test(words)) || OBJECT_INTO_TEXT.test(words);
	if (requiresText && !form.imageAsText) {
		const needsJson = image === 'file' && isMultipart;
		return { ...form, ...(needsJson && { body: 'json' }), imageAsText: true };
	}
	const requiresFile = isAboutImage && REQUIRES_FILE.test(words);
	if (!requiresFile || image === 'file' || form.imageAsFile) return undefined;
	return { ...form, ...(form.body === 'json' && { body: 'multipart' }), imageAsFile: true };
}

function withOtherBody(
	{ form, isMultipart, source }: SentForm,
	{ httpStatus, words }: FormRefusal,
): RequestForm | undefined {
	// These have only one encoding, and JSON without the file would be a different request.
	if (source && (isOwnRoute(source.way) || source.video.kind === 'file')) return undefined;
	// vLLM-Omni refuses JSON with 422 before it reads it, and reports fields as missing that are present.
	const isWrong = httpStatus !== 400 || OF_CONTENT_TYPE.test(words);
	return isWrong && !form.body ? { ...form, body: isMultipart ? 'json' : 'multipart' } : undefined;
}

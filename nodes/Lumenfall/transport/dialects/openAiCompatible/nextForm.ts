import { meaningOfRefusal } from '../../../errors/refusalWords';
import { anyOf } from '../../../errors/textPatterns';
import { isOwnRoute } from '../../../request/sourceVideo';
import type { FormRefusal, RequestForm, SentForm } from '../dialect';

/**
 * Words in the error messages of servers about a field of the wrong type: FastAPI and pydantic, Go's encoding/json,
 * zod, OpenAI.
 */
const REQUIRES_NUMBER =
	/\b(int(eger)?|(TYPE_)?int32|int64|number|numeric|float|float64|[iu](32|64))\b|\b(got|received|found) (an? )?str(ing)?\b|整数|数字/i;
const REQUIRES_TEXT =
	/\b(string|str|TYPE_STRING)\b|\bas text\b|\b(must be|expected|should be|requires) (an? )?text\b|\b(must be|expected|should be) (an? )?(valid |public |https? )?(url|uri|data ur[il]|base64)\b/i;
const REQUIRES_FILE = /\b(upload(ed)?|upload_?file|file|files|binary)\b(?! (provided|found|type))/i;
/** Other than `The file is too large`. */
const MUST_BE_FILE = /\bupload(ed)?\b|\b(must|should) be an? .{0,30}\bfile\b/i;
const OF_SECONDS = /\b(seconds|duration)\b/i;
const OF_IMAGE = /input_reference|\breference\b|\bimage\b/i;
/** Messages that often contain no field name: of Go, zod, serde, JSON Schema and Jackson. */
const TEXT_INTO_NUMBER = anyOf(
	'unmarshal string .*\\b(int|float)\\d*|strconv\\.(Atoi|Parse)',
	'expected (an? )?(number|integer|int|float|[iu]\\d+),? .{0,12}(received|got|found) (an? )?str',
	'type: string.{0,20} expected (an? )?(number|integer|float|[iuf]\\d+)',
	'not of type .{0,2}(integer|number)|deserialize .*(Integer|int|Long|Double|Float|Number).{0,4} from String',
);
const OBJECT_INTO_TEXT = anyOf(
	'unmarshal object .*\\bstring\\b',
	'expected (an? )?string,? .{0,12}(received|got|found) (an? )?(object|map|dict)',
	"\\} is not of type 'string'",
	'type: (map|object).{0,5} expected (an? )?string|deserialize .*String.{0,4} from (Object|START_OBJECT)',
);
const TYPE =
	'\\b(json|multipart|form.?data|content.type|media.type|request body|form body|boundary|valid dictionary)\\b';
const TROUBLE =
	"(invalid|not (a )?valid|malformed|pars(e|ed|ing)|decod(e|ed|ing)|expect(ed|ing)|unsupported|must be|isn't|is not|missing|empty|\\bno\\b|requir|error|fail)";
/** Words of a parser that received the other content type. */
const OF_CONTENT_TYPE = anyOf(
	`${TROUBLE}.{0,40}${TYPE}|${TYPE}.{0,40}${TROUBLE}`,
	"unexpected token|invalid character '-'|expecting value: line 1",
	'\\bbody (could not|cannot|can.t) be (parsed|decoded)|failed to (parse|decode|bind) (the )?(request|body)',
	'boundary not found|\\bparsing the (request )?(body|form)|\\bbody (should|must) be (an? )?(valid )?object|请求体|参数解析',
);
/** A server that did not read the body misses fields that every request has. */
const MISSES_FIELD = anyOf(
	'\\b(prompt|model)\\b.{0,20}\\b(is |are )?(required|missing|not provided|must be provided)',
	'\\b(required|missing|must provide|provide|received undefined)\\b.{0,30}\\b(prompt|(?<!\\b(?:this|the|that|selected|chosen) )model)\\b',
	'(prompt|model|模型名称).{0,4}(不能为空|必填)',
);

/** Reports whether a refusal is only about the content type of the request. */
export function refusesContentType({ httpStatus, words }: FormRefusal): boolean {
	return httpStatus === 415 || OF_CONTENT_TYPE.test(words);
}

/**
 * Returns the form to try next, after a refusal which reports that the last form was not understood. The list is short
 * and fixed, and each change is tried once: `seconds` as a number instead of a text, an image as a text instead of an
 * object or a file, an image as a file instead of a URL, and the other content type. For an earlier video also the other
 * route, and `duration` instead of `seconds`. Sources: docs/protocols/compatible-servers.md,
 * docs/protocols/video-changes.md.
 */
export function nextForm(sent: SentForm, refusal: FormRefusal): RequestForm | undefined {
	if ([404, 405].includes(refusal.httpStatus)) return withOtherRoute(sent);
	if (![400, 415, 422].includes(refusal.httpStatus) || isFinal(refusal)) return undefined;
	return (
		withDuration(sent, refusal) ??
		withNumber(sent, refusal) ??
		withOtherImage(sent, refusal) ??
		withOtherBody(sent, refusal)
	);
}

/**
 * Whether another form changes nothing: a refusal of what was asked for, of the account or of a limit, even if its words mention
 * an image or a text. A server that did not read the body may say that it does not know the model, and one that requires a
 * file may name its largest size.
 */
function isFinal({ words, httpStatus }: FormRefusal): boolean {
	const meaning = meaningOfRefusal([words], httpStatus);
	if (meaning === 'requestTooLarge') return !MUST_BE_FILE.test(words);
	return meaning !== undefined && meaning !== 'modelUnavailable';
}

/** Returns the words without the type that the server received: `Expected UploadFile, received: <class 'str'>`. */
function expectedIn(words: string): string {
	return words.replace(/,?\s*(but )?\b(received|got|found):? [^.;"}]*/gi, ' ');
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
	const expected = expectedIn(words);
	const requiresText =
		(isAboutImage && REQUIRES_TEXT.test(expected)) || OBJECT_INTO_TEXT.test(words);
	if (requiresText && !form.imageAsText) {
		const needsJson = image === 'file' && isMultipart;
		return { ...form, ...(needsJson && { body: 'json' }), imageAsText: true };
	}
	// Go's text for a form without the file.
	const requiresFile =
		(isAboutImage && REQUIRES_FILE.test(expected)) || /\bhttp: no such file\b/.test(words);
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
	const isWrong = httpStatus !== 400 || OF_CONTENT_TYPE.test(words) || MISSES_FIELD.test(words);
	return isWrong && !form.body ? { ...form, body: isMultipart ? 'json' : 'multipart' } : undefined;
}

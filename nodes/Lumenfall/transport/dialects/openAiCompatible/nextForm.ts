import { meaningOfRefusal } from '../../../errors/refusalWords';
import { isOwnRoute } from '../../../request/sourceVideo';
import type { FormRefusal, RequestForm, SentForm } from '../dialect';
import {
	MISSES_FIELD,
	MUST_BE_FILE,
	NO_FILE_IN_FORM,
	OBJECT_INTO_TEXT,
	OF_CONTENT_TYPE,
	OF_IMAGE,
	OF_SECONDS,
	REQUIRES_FILE,
	REQUIRES_NUMBER,
	REQUIRES_TEXT,
	TEXT_INTO_NUMBER,
	WRONG_TYPE,
} from './formWords';

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
	{ form, isMultipart, seconds }: SentForm,
	{ words }: FormRefusal,
): RequestForm | undefined {
	const isNumber = REQUIRES_NUMBER.test(words) || WRONG_TYPE.test(words);
	const isWrong =
		(OF_SECONDS.test(words) && (isNumber || listsAsNumber(words, seconds))) ||
		TEXT_INTO_NUMBER.test(words);
	return isWrong && !isMultipart && !form.secondsAsNumber
		? { ...form, secondsAsNumber: true }
		: undefined;
}

/** Numbers that are not in quotation marks: `Input should be 4, 8 or 12`, `expected one of 4|8|12`. */
const NUMBERS = /\b\d+(?:(?:, ?| ?\| ?|,? (?:or|and) )\d+)+\b/g;

/** Reports whether a refusal has the refused value among the numbers that are right. Then only its type can be wrong. */
function listsAsNumber(words: string, seconds: number | undefined): boolean {
	const lists = words.match(NUMBERS) ?? [];
	return lists.some((list) => list.match(/\d+/g)?.includes(String(seconds)));
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
	const requiresFile =
		(isAboutImage && REQUIRES_FILE.test(expected)) || NO_FILE_IN_FORM.test(words);
	if (!requiresFile || image === 'file' || form.imageAsFile) return undefined;
	return { ...form, ...(form.body === 'json' && { body: 'multipart' }), imageAsFile: true };
}

function withOtherBody(
	{ form, isMultipart, image, source }: SentForm,
	{ httpStatus, words }: FormRefusal,
): RequestForm | undefined {
	// These have only one encoding, and JSON without the file would be a different request.
	if (source && (isOwnRoute(source.way) || source.video.kind === 'file')) return undefined;
	// vLLM-Omni refuses JSON with 422 before it reads it, and reports fields as missing that are present.
	const isWrong = httpStatus !== 400 || OF_CONTENT_TYPE.test(words) || MISSES_FIELD.test(words);
	if (!isWrong || form.body) return undefined;
	if (isMultipart) return { ...form, body: 'json' };
	// Many servers read only files of a form. They would ignore the URL as text, and charge a video without the image.
	return {
		...form,
		body: 'multipart',
		...(image === 'url' && { imageAsFile: 'ifPossible' }),
	};
}

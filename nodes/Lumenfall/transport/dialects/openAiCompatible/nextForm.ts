import type { FormRefusal, RequestForm, SentForm } from '../dialect';

/**
 * Words in the error messages of servers about a field of the wrong type: FastAPI and pydantic, Go's encoding/json,
 * zod, OpenAI.
 */
const REQUIRES_NUMBER = /\b(int(eger)?|int32|int64|number|numeric|float|float64)\b/i;
const REQUIRES_TEXT = /\b(string|str|text)\b/i;
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
 * and fixed: `seconds` as a number instead of a text, `input_reference` as a text instead of an object, and the other
 * content type, each once. Sources: docs/protocols/compatible-servers.md.
 */
export function nextForm(
	{ form, isMultipart }: SentForm,
	{ httpStatus, words }: FormRefusal,
): RequestForm | undefined {
	if (![400, 415, 422].includes(httpStatus)) return undefined;
	const isJson = !isMultipart;
	const wrongSeconds =
		(OF_SECONDS.test(words) && REQUIRES_NUMBER.test(words)) || TEXT_INTO_NUMBER.test(words);
	if (isJson && wrongSeconds && !form.secondsAsNumber) return { ...form, secondsAsNumber: true };

	const wrongImage =
		(OF_IMAGE.test(words) && REQUIRES_TEXT.test(words)) || OBJECT_INTO_TEXT.test(words);
	if (isJson && wrongImage && !form.imageAsText) return { ...form, imageAsText: true };

	// vLLM-Omni refuses JSON with 422 before it reads it, and reports fields as missing that are present.
	const wrongType = httpStatus !== 400 || OF_CONTENT_TYPE.test(words);
	if (!wrongType || form.body) return undefined;
	return { ...form, body: isMultipart ? 'json' : 'multipart' };
}

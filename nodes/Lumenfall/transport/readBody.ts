import type { IDataObject } from 'n8n-workflow';
import { serverErrors } from '../errors/serverErrors';
import { isRecord } from '../support/isRecord';
import { parseJson } from './decode/jsonInText';
import type { Redact } from './secrets';
import type { ByteStream } from './streams';

/** Larger than any API response. A server that sends more is broken or hostile. Counted after decompression. */
const MAX_RESPONSE_BYTES = 8 * 1024 * 1024;
/** No real response is nested deeper. Deeper nesting could exhaust the call stack. */
const MAX_DEPTH = 32;
/** More values than a list of 5,000 models has. Every reader visits each value, and all of n8n waits for it. */
const MAX_VALUES = 100_000;

interface ReadOptions {
	httpStatus?: number;
	maxBytes?: number;
	parts?: Buffer[];
}

/**
 * Reads a body to its end, up to a limit.
 * @param parts receives what has arrived, also if the body breaks off
 * @throws FailureError `unreadableAnswer` beyond the limit; any error of the stream
 */
export async function readText(
	body: ByteStream,
	{ httpStatus, parts, maxBytes = MAX_RESPONSE_BYTES }: ReadOptions,
): Promise<string> {
	const bytes = await readAtMost(body, maxBytes, parts);
	if (bytes) return decodeText(bytes);
	const serverMessage = `it is larger than ${Math.round(maxBytes / 1024 / 1024)} MB`;
	throw serverErrors.unreadableAnswer({ httpStatus, serverMessage });
}

/**
 * Decodes text. JSON is UTF-8, but servers on Windows also send UTF-16, or one byte for each character. In JSON, every
 * other byte of UTF-16 at the beginning is zero.
 */
export function decodeText(bytes: Buffer): string {
	const [first, second] = bytes;
	const isLittle = (first === 0xff && second === 0xfe) || (first > 0 && second === 0);
	if (isLittle) return bytes.toString('utf16le');
	const isBig = (first === 0xfe && second === 0xff) || (first === 0 && second > 0);
	if (isBig)
		return Buffer.from(bytes.subarray(0, bytes.length & ~1))
			.swap16()
			.toString('utf16le');
	const text = bytes.toString('utf8');
	// A replacement character that the server did not send shows that the text is not UTF-8.
	return text.includes('\ufffd') && !bytes.includes('\ufffd') ? bytes.toString('latin1') : text;
}

/** Reads a body to its end. Undefined if it is larger than the limit; the rest is not read then. */
export async function readAtMost(
	body: ByteStream | AsyncIterable<Buffer>,
	maxBytes: number,
	parts: Buffer[] = [],
): Promise<Buffer | undefined> {
	let bytes = 0;
	for await (const part of body as AsyncIterable<Buffer>) {
		bytes += part.length;
		if (bytes > maxBytes) return undefined;
		parts.push(Buffer.from(part));
	}
	return Buffer.concat(parts);
}

/**
 * Parses all text that a server sends. This is the only place: it limits the depth and the number of values, replaces broken
 * characters and hides secrets before any other code sees the text.
 * @returns the JSON value, or the text itself if it is not JSON
 */
export function parseResponse(text: string, redact: Redact): unknown {
	return clean(parse(text), { redact, values: 0 }, 0);
}

function parse(text: string): unknown {
	const value = parseJson(text.replace(/^\ufeff/, ''));
	if (value === undefined) return text;
	// A proxy may encode the JSON of the server behind it once more, and so may a gateway.
	if (isJsonText(value)) return parse(value);
	return isRecord(value) ? withParsedContent(value) : value;
}

/** Fields into which a gateway puts the response behind it: `{ "statusCode": 200, "body": "{…}" }`. */
const CONTENT = ['body', 'data', 'result', 'response'];

function withParsedContent(value: IDataObject): IDataObject {
	const texts = CONTENT.filter((name) => isJsonText(value[name]));
	if (texts.length === 0) return value;
	return {
		...value,
		...Object.fromEntries(
			texts.map((name) => [name, parse(value[name] as string) as IDataObject] as const),
		),
	};
}

function isJsonText(value: unknown): value is string {
	return typeof value === 'string' && /^\s*[{[]/.test(value);
}

/** Half of a character. A URL cannot contain it. */
const LONE_SURROGATE = /\p{Surrogate}/gu;

/** What is needed to clean each value of a response, and how many values have been kept. */
interface Cleaning {
	redact: Redact;
	values: number;
}

function clean(value: unknown, cleaning: Cleaning, depth: number): unknown {
	const { redact } = cleaning;
	if (typeof value === 'string') return redact(value.replace(LONE_SURROGATE, '\ufffd'));
	if (typeof value !== 'object' || value === null) return value;
	if (depth >= MAX_DEPTH) return undefined;
	if (Array.isArray(value))
		return firstOf(value, cleaning).map((one) => clean(one, cleaning, depth + 1));
	const fields = value as Record<string, unknown>;
	return Object.fromEntries(
		firstOf(Object.keys(value), cleaning).map((name) => [
			redact(name),
			clean(fields[name], cleaning, depth + 1),
		]),
	);
}

/** Returns as many of the values as may still be kept. */
function firstOf<Value>(values: Value[], cleaning: Cleaning): Value[] {
	const kept = values.slice(0, MAX_VALUES - cleaning.values);
	cleaning.values += kept.length;
	return kept;
}

import { downloadErrors } from './downloadErrors';
import type { FailureError } from '../errors/failure';
import {
	describeFile,
	imageTypeOf,
	SIGNATURE_BYTES,
	videoTypeOf,
	type ImageType,
	type VideoType,
} from '../media/fileType';
import { isSameOrigin } from '../support/urls';
import type { ServedFile } from '../transport/connection';
import { readError } from '../transport/decode/error';
import { fileUrlsIn } from '../transport/decode/fileUrls';
import { JsonBody } from '../transport/decode/jsonBody';
import { HttpResponse } from '../transport/httpResponse';
import { networkFailure } from '../transport/networkError';
import { collect, decodeText } from '../transport/streams';
import type { VideoApi } from '../transport/videoApi';
import { aboutFile, refusalOfFile, type RequestedFile } from './fileRefusal';

/** An open file whose first bytes show the requested kind. */
export interface Download {
	type: VideoType | ImageType;
	/** Content length. Undefined if the server did not report it, or if n8n decompresses the body. */
	announcedBytes?: number;
	/** All bytes, once. */
	pieces: AsyncGenerator<Buffer>;
	/** Converts pieces to what n8n stores. */
	toBinary: ServedFile['toBinary'];
	close(): void;
}

/** A response that contains URLs in JSON or text instead of the file. */
interface Referral {
	urls: string[];
}

/** JSON may contain the file itself. A page is only read for its error message. */
const MAX_JSON_BYTES = 8 * 1024 * 1024;
const MAX_PAGE_BYTES = 64 * 1024;

/**
 * Opens the file at one URL.
 * @throws FailureError `network`, `rateLimited`, `serverUnavailable`, `notReady`, `invalidApiKey`, `fileExpired`,
 * `noFile`, `noVariant`, `downloadFailed`
 */
export async function openSource(
	api: VideoApi,
	url: string,
	requested: RequestedFile,
): Promise<Download | Referral> {
	const file = isInline(url) ? openInline(url) : await api.openFile(url);
	try {
		const { start, pieces } = await peek(file.read(), SIGNATURE_BYTES);
		const { isSuccess, statusCode } = file.response;
		if (!isSuccess || statusCode === 202) {
			const response = file.response.with({
				body: file.parse(await textOf(pieces, MAX_PAGE_BYTES)),
			});
			throw refusalOfFile(response, isSameOrigin(file.url, api.baseUrl), requested);
		}
		const type = requested.variant === 'video' ? videoTypeOf(start) : imageTypeOf(start);
		if (type) {
			const { toBinary, close } = file;
			return { type, ...announcedBytes(file), pieces, toBinary, close };
		}

		const body = mayRefer(start) ? file.parse(await textOf(pieces, MAX_JSON_BYTES)) : undefined;
		const urls = urlsIn(body, file.url);
		if (urls.length === 0)
			throw refusalIn(body, file, api, requested) ?? wrongKind(start, requested);
		file.close();
		return { urls };
	} catch (error) {
		file.close();
		throw networkFailure(error);
	}
}

/** Reports whether a response begins like JSON, a URL, or an MP4 file in base64. */
function mayRefer(start: Buffer): boolean {
	return /^\ufeff?\s*([[{"]|https?:|data:|AAAA)/i.test(decodeText(start));
}

function urlsIn(content: unknown, base: string): string[] {
	return fileUrlsIn(typeof content === 'string' ? { url: content } : content, base);
}

/** Returns the error that a server sent with the status of a success. */
function refusalIn(
	body: unknown,
	{ response, url }: ServedFile,
	api: VideoApi,
	requested: RequestedFile,
): FailureError | undefined {
	const error = readError(JsonBody.open(body));
	if (!error) return undefined;
	const { httpStatus: statusCode = response.statusCode } = error;
	const refusal = response.with({ body, statusCode });
	return refusalOfFile(refusal, isSameOrigin(url, api.baseUrl), requested);
}

function wrongKind(start: Buffer, requested: RequestedFile): FailureError {
	const cause = `the server sent ${start.length > 0 ? describeFile(start) : 'an empty file'}`;
	return downloadErrors.failed({ ...aboutFile(requested), cause });
}

/** Returns the content length, unless the body is decompressed: its length then differs. */
function announcedBytes({ response, bytesBeforeDecoding }: ServedFile): {
	announcedBytes?: number;
} {
	const announced = Number(response.headers['content-length'] ?? Number.NaN);
	const isPlain = bytesBeforeDecoding() === undefined;
	return isPlain && announced >= 0 ? { announcedBytes: announced } : {};
}

function isInline(url: string): boolean {
	return /^data:/i.test(url);
}

/** Opens a file that is part of the response itself, as a data URI. */
function openInline(url: string): ServedFile {
	const comma = url.indexOf(',');
	const isBase64 = /;base64$/i.test(url.slice(0, comma));
	const text = url.slice(comma + 1);
	const bytes = isBase64 ? Buffer.from(text, 'base64') : Buffer.from(decodeBytes(text), 'latin1');
	return {
		url: 'data:',
		response: new HttpResponse({
			statusCode: 200,
			headers: { 'content-length': String(bytes.length) },
			body: undefined,
		}),
		bytesBeforeDecoding: () => undefined,
		parse: (page) => page,
		toBinary: collect,
		close: () => undefined,
		async *read() {
			yield bytes;
		},
	};
}

/** Decodes percent-encoded bytes, one character for each. JavaScript's own function only decodes UTF-8. */
function decodeBytes(text: string): string {
	return text.replace(/%([\da-f]{2})/gi, (_, hex: string) =>
		String.fromCharCode(parseInt(hex, 16)),
	);
}

/** Returns the first bytes, and all pieces including these. */
async function peek(
	source: AsyncGenerator<Buffer>,
	count: number,
): Promise<{ start: Buffer; pieces: AsyncGenerator<Buffer> }> {
	const taken: Buffer[] = [];
	let bytes = 0;
	while (bytes < count) {
		const next = await source.next();
		if (next.done) break;
		taken.push(next.value);
		bytes += next.value.length;
	}
	async function* pieces() {
		yield* taken;
		yield* source;
	}
	return { start: Buffer.concat(taken), pieces: pieces() };
}

async function textOf(pieces: AsyncGenerator<Buffer>, maxBytes: number): Promise<string> {
	const parts: Buffer[] = [];
	let bytes = 0;
	for await (const piece of pieces) {
		parts.push(piece);
		bytes += piece.length;
		if (bytes >= maxBytes) break;
	}
	return decodeText(Buffer.concat(parts));
}

import type { IDataObject, IHttpRequestOptions } from 'n8n-workflow';
import type { Credential } from './credential';
import { ExchangeWatch } from './exchangeWatch';
import { stopSignalOf, withSignal, type HttpHost } from './httpHost';
import { HttpResponse, type ReceivedResponse } from './httpResponse';
import { serverErrors } from '../errors/serverErrors';
import { networkFailure } from './networkError';
import { decodeText, readText, streamOf, type ByteStream } from './streams';
import { TIMEOUTS } from './timeouts';

export interface HttpRequest {
	method: 'GET' | 'POST' | 'DELETE';
	url: string;
	timeoutMs: number;
	body?: IDataObject | FormData;
	/** Time left for the request after a Stop, in milliseconds. By default, a Stop ends it at once. */
	afterStopMs?: number;
	/** If the body of a success breaks off, returns what has arrived instead of rejecting. */
	keepsPart?: boolean;
}

/**
 * Sends one request with the key and reads the text of the response. Returns every HTTP status as a response, and rejects only if
 * the server is unreachable or hangs.
 *
 * Does not follow redirects, because n8n would send the key to the other host. n8n does not turn statuses into errors
 * here, because on a 401 it would repeat the request, which may be a paid one.
 * @throws FailureError `network`, `unreadableAnswer`
 */
export async function request(
	host: HttpHost,
	credential: Credential,
	{ timeoutMs, afterStopMs, keepsPart = false, body, ...line }: HttpRequest,
): Promise<HttpResponse<string>> {
	const stop = stopSignalOf(host);
	if (stop?.aborted)
		throw serverErrors.network({ cause: 'the execution was stopped', neverSent: true });
	const watch = new ExchangeWatch(timeoutMs, { signal: stop, graceMs: afterStopMs });
	// n8n writes the key into the options object, so each call gets a new one.
	const options = {
		...line,
		...(body && { body }),
		json: !(body instanceof FormData),
		timeout: timeoutMs,
	};
	const parts: Buffer[] = [];
	let opened: HttpResponse<ByteStream> | undefined;
	try {
		opened = await open(host, options, watch, credential);
		const { statusCode: httpStatus, body: stream } = opened;
		return opened.with({ body: await watch.race(readText(stream, { httpStatus, parts })) });
	} catch (error) {
		watch.abandon();
		const brokenBy = networkFailure(error, line.url);
		if (!keepsPart || !opened?.isSuccess) throw brokenBy;
		return opened.with({ body: decodeText(Buffer.concat(parts)), brokenBy });
	} finally {
		watch.close();
	}
}

/**
 * Posts text without the key, to a URL that the user entered.
 * @throws FailureError `network`, `unreadableAnswer`
 */
export async function postWithoutKey(
	host: HttpHost,
	url: string,
	{ body, headers }: { body: string; headers: IDataObject },
): Promise<HttpResponse<string>> {
	const watch = new ExchangeWatch(TIMEOUTS.registration, { signal: stopSignalOf(host) });
	const options: IHttpRequestOptions = { method: 'POST', url, body, headers };
	try {
		const response = await open(host, { ...options, timeout: TIMEOUTS.registration }, watch);
		const text = await watch.race(readText(response.body, { httpStatus: response.statusCode }));
		return response.with({ body: text });
	} catch (error) {
		watch.abandon();
		throw networkFailure(error);
	} finally {
		watch.close();
	}
}

/** An open file: its headers have arrived, its content has not been read yet. */
export interface OpenFile {
	response: HttpResponse;
	/** Number of bytes received before n8n decompressed them. Undefined if n8n did not decompress them. */
	bytesBeforeDecoding(): number | undefined;
	/**
	 * Reads the content, once. Closes the connection at the end.
	 * @throws FailureError `network` if the connection breaks, after 30 s of silence, after an hour, or on Stop
	 */
	read(): AsyncGenerator<Buffer>;
	/** Converts the content to the form that n8n stores. */
	toBinary(pieces: AsyncGenerator<Buffer>): Promise<ByteStream | Buffer>;
	/** Closes the connection. Safe to call after everything has been read. */
	close(): void;
}

/**
 * Opens a file. With a credential, sends the key and does not follow redirects. Without one, sends no key.
 * @throws FailureError `network`
 */
export async function openFile(
	host: HttpHost,
	url: string,
	{ credential, insecure }: { credential?: Credential; insecure?: boolean } = {},
): Promise<OpenFile> {
	const watch = new ExchangeWatch(TIMEOUTS.fileOpen, { signal: stopSignalOf(host) });
	const options: IHttpRequestOptions = {
		method: 'GET',
		url,
		// The length of a compressed body could not be checked.
		headers: { 'Accept-Encoding': 'identity' },
		// For streams, n8n applies this timeout to silence, not to the whole time.
		timeout: TIMEOUTS.fileOpen,
		...(insecure && { skipSslCertificateValidation: true }),
	};
	try {
		const response = await open(host, options, watch, credential);
		const { body } = response;
		watch.setDeadline(TIMEOUTS.file);
		return {
			response,
			bytesBeforeDecoding: () => (body as { bytesWritten?: number }).bytesWritten,
			read: () => readFile(body, watch),
			toBinary: async (pieces) => streamOf(pieces, body),
			close: () => watch.abandon(),
		};
	} catch (error) {
		watch.abandon();
		throw networkFailure(error);
	}
}

async function* readFile(body: ByteStream, watch: ExchangeWatch): AsyncGenerator<Buffer> {
	try {
		yield* watch.piecesOf(body as AsyncIterable<Buffer>, TIMEOUTS.fileSilence);
	} catch (error) {
		throw networkFailure(error);
	} finally {
		watch.abandon();
	}
}

/** Sends one request and returns its response with an unread body. The watch continues while the body is read. */
async function open(
	host: HttpHost,
	options: IHttpRequestOptions,
	watch: ExchangeWatch,
	credential?: Credential,
): Promise<HttpResponse<ByteStream>> {
	const all: IHttpRequestOptions = {
		...options,
		encoding: 'stream',
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		abortSignal: watch.signal,
		...(credential?.ignoreSslIssues && { skipSslCertificateValidation: true }),
	};
	const pending = (
		credential
			? host.helpers.httpRequestWithAuthentication.call(
					withSignal(host, watch.signal),
					credential.decrypted.type,
					{ ...all, disableFollowRedirect: true },
					{ credentialsDecrypted: credential.decrypted },
				)
			: host.helpers.httpRequest(all)
	) as Promise<ReceivedResponse<ByteStream>>;
	// A response that arrives too late must not stay open, and a body that breaks later must not crash n8n.
	const watched = pending.then((response) => {
		response.body.on('error', () => undefined);
		if (watch.signal.aborted) response.body.destroy();
		else watch.signal.addEventListener('abort', () => response.body.destroy(), { once: true });
		return new HttpResponse(response);
	});
	watched.catch(() => undefined);
	return await watch.race(watched);
}

import type { IDataObject, IExecuteFunctions, IHttpRequestOptions } from 'n8n-workflow';
import type { Credential } from './credential';
import type { ByteStream, HttpHost, HttpResponse } from './httpTypes';
import { serverErrors } from '../errors/serverErrors';
import { networkFailure } from './networkError';
import { parseAnswer, readText } from './readBody';
import { ExchangeWatch } from './watch';

/** How long each exchange may take, headers and body together, in milliseconds. */
export const TIMEOUTS = {
	/** A create may carry images of several megabytes, and some gateways answer only after checking them. */
	create: 120_000,
	/** What a Stop leaves a create that is under way: its answer is the proof of purchase. */
	createAfterStop: 800,
	/** A status check that hangs must not cost more than one that is late. */
	status: 15_000,
	list: 30_000,
	models: 30_000,
	modelSchema: 30_000,
	dryRun: 30_000,
	balance: 30_000,
	cancel: 10_000,
	/** All requests together that follow a Stop. */
	afterStop: 5_000,
	/** A delivery waits for it, and its sender gives up after 30 s. */
	webhookSecret: 10_000,
	/** Until the headers of a file are there. */
	fileOpen: 60_000,
	/** A file that takes longer than an hour comes too slowly to be a video. */
	file: 3_600_000,
	/** A download that brings no bytes for so long is dead. */
	fileSilence: 30_000,
} as const;

/** A server that sends a byte now and then is silent too: so few bytes in a third of `fileSilence` count as none. */
const MIN_BYTES = 4_096;
const SILENCE_STEPS = 3;

export interface HttpRequest {
	method: 'GET' | 'POST' | 'DELETE';
	url: string;
	timeoutMs: number;
	body?: IDataObject | FormData;
	/** What a Stop leaves the request, in milliseconds; it ends at once unless said otherwise. */
	afterStopMs?: number;
}

/**
 * Sends one request with the key and reads its answer. Every HTTP status is an answer; only an unreachable or hanging
 * server rejects.
 *
 * Redirects are not followed: n8n would carry the key to the other host. And statuses are not turned into errors by
 * n8n: on a 401 it would send the request, which may be a paid one, a second time.
 * @throws FailureError `network`, `unreadableAnswer`
 */
export async function request(
	host: HttpHost,
	credential: Credential,
	{ timeoutMs, afterStopMs, body, ...line }: HttpRequest,
): Promise<HttpResponse> {
	const stop = stopSignalOf(host);
	if (stop?.aborted)
		throw serverErrors.network({ cause: 'the execution was stopped', neverSent: true });
	const watch = new ExchangeWatch(timeoutMs, { signal: stop, graceMs: afterStopMs });
	// n8n writes the key into the options it is given, so these are made anew for each call.
	const options = {
		...line,
		...(body && { body }),
		json: !(body instanceof FormData),
		timeout: timeoutMs,
	};
	try {
		const answer = await open(host, options, watch, credential);
		const text = await watch.race(readText(answer.body, { httpStatus: answer.statusCode }));
		return { ...answer, body: parseAnswer(text, credential.redact) };
	} catch (error) {
		throw networkFailure(error);
	} finally {
		watch.close();
	}
}

/** A file that is open: its headers are there, its bytes are still to be read. */
export interface OpenFile {
	statusCode: number;
	headers: IDataObject;
	/** How many bytes came over the wire, where n8n decompressed them on the way. */
	bytesBeforeDecoding(): number | undefined;
	/**
	 * The bytes, once. Ends with the file.
	 * @throws FailureError `network` on a break, on a silence of 30 s, after an hour, or on Stop
	 */
	read(): AsyncGenerator<Buffer>;
	/** Makes of pieces what n8n stores. */
	toBinary(pieces: AsyncGenerator<Buffer>): Promise<ByteStream | Buffer>;
	/** Lets go of the connection. Harmless when all has been read. */
	close(): void;
}

/**
 * Opens a file: with the key and without following redirects where a credential is given, else without the key.
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
		// A compressed body could not be checked against its length.
		headers: { 'Accept-Encoding': 'identity' },
		// On streams n8n counts the silence, not the whole time.
		timeout: TIMEOUTS.fileOpen,
		...(insecure && { skipSslCertificateValidation: true }),
	};
	try {
		const { statusCode, headers, body } = await open(host, options, watch, credential);
		watch.allow(TIMEOUTS.file);
		return {
			statusCode,
			headers,
			bytesBeforeDecoding: () => (body as { bytesWritten?: number }).bytesWritten,
			read: () => readFile(body, watch),
			toBinary: async (pieces) => streamLike(body, pieces),
			close: () => {
				watch.close();
				body.destroy();
			},
		};
	} catch (error) {
		watch.close();
		throw networkFailure(error);
	}
}

async function* readFile(body: ByteStream, watch: ExchangeWatch): AsyncGenerator<Buffer> {
	let isWaiting = false;
	let bytes = 0;
	const isSilent = () => {
		const few = isWaiting && bytes < MIN_BYTES;
		bytes = 0;
		return few;
	};
	watch.expectSound(isSilent, {
		stepMs: TIMEOUTS.fileSilence / SILENCE_STEPS,
		steps: SILENCE_STEPS,
	});
	const pieces = (body as AsyncIterable<Buffer>)[Symbol.asyncIterator]();
	try {
		for (;;) {
			isWaiting = true;
			const piece = await watch.race(pieces.next());
			isWaiting = false;
			if (piece.done) return;
			bytes += piece.value.length;
			yield piece.value;
		}
	} catch (error) {
		throw networkFailure(error);
	} finally {
		watch.close();
		body.destroy();
	}
}

/**
 * Makes a stream of pieces. Nodes may not import Node's stream module, but every stream that n8n hands out is a `Readable`,
 * whose class makes others.
 */
function streamLike(body: ByteStream, pieces: AsyncGenerator<Buffer>): ByteStream {
	const { from } = body.constructor as unknown as {
		from(source: AsyncIterable<Buffer>, options: { objectMode: boolean }): ByteStream;
	};
	return from(pieces, { objectMode: false });
}

const CREDENTIAL_NAME = 'lumenfallApi';

/** Opens the answer of one request; the watch goes on with its body. */
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
	const answering = (
		credential
			? host.helpers.httpRequestWithAuthentication.call(
					withSignal(host, watch.signal),
					CREDENTIAL_NAME,
					{ ...all, disableFollowRedirect: true },
					{ credentialsDecrypted: credential.decrypted },
				)
			: host.helpers.httpRequest(all)
	) as Promise<HttpResponse<ByteStream>>;
	// An answer that comes after the end must not stay open, and a body that breaks later must not crash n8n.
	const watched = answering.then((answer) => {
		answer.body.on('error', () => undefined);
		if (watch.signal.aborted) answer.body.destroy();
		else watch.signal.addEventListener('abort', () => answer.body.destroy(), { once: true });
		return answer;
	});
	watched.catch(() => undefined);
	return await watch.race(watched);
}

function stopSignalOf(host: HttpHost): AbortSignal | undefined {
	return 'getExecutionCancelSignal' in host ? host.getExecutionCancelSignal() : undefined;
}

/**
 * The same n8n context with a signal of our own. n8n forces the execution's cancel signal onto every authenticated
 * request of a context that has one (n8n-core, request-helpers), so a request could have no deadline over its body.
 */
function withSignal(host: HttpHost, signal: AbortSignal): IExecuteFunctions {
	return Object.create(host, {
		getExecutionCancelSignal: { value: () => signal },
	}) as IExecuteFunctions;
}

/**
 * The same n8n context for the requests that follow a Stop: asking how the video is, and cancelling it. The signal of the
 * execution, which would end them before they begin, is exchanged for one that leaves them a few seconds together.
 */
export function withoutStop<Host extends HttpHost>(host: Host): Host {
	const budget = AbortSignal.timeout(TIMEOUTS.afterStop);
	return Object.create(host, { getExecutionCancelSignal: { value: () => budget } }) as Host;
}

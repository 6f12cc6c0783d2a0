import type {
	IDataObject,
	IExecuteFunctions,
	IHttpRequestOptions,
	ILoadOptionsFunctions,
	IWebhookFunctions,
} from 'n8n-workflow';
import { fail } from '../errors/messages';
import { tidyServerText } from '../errors/serverText';

/** The n8n context that requests go through: n8n's proxy, SSRF guard and credential handling come with it. */
export type HttpHost = IExecuteFunctions | ILoadOptionsFunctions | IWebhookFunctions;

export interface HttpResponse<Body = unknown> {
	statusCode: number;
	/** Names in lower case. */
	headers: IDataObject;
	body: Body;
}

/** A file or page that arrives in pieces. */
export type ByteStream = Exclude<
	Parameters<IExecuteFunctions['helpers']['prepareBinaryData']>[0],
	Buffer
>;

const CREDENTIAL = 'lumenfallApi';

/**
 * Sends one request with the key. Every HTTP status is an answer; only an unreachable server rejects.
 *
 * Redirects are not followed: n8n would carry the key to the other host. And statuses are not turned into errors by
 * n8n: on a 401 it would send the request, which may be a paid one, a second time.
 * @throws FailureError `network`
 */
export async function requestWithKey<Body = unknown>(
	host: HttpHost,
	options: IHttpRequestOptions,
): Promise<HttpResponse<Body>> {
	return await host.helpers.httpRequestWithAuthentication
		.call(host, CREDENTIAL, { ...options, ...ANSWER_EVERYTHING, disableFollowRedirect: true })
		.catch(rejectAsNetwork);
}

/**
 * Opens a file behind the key.
 * @throws FailureError `network`
 */
export async function openWithKey(host: HttpHost, url: string): Promise<HttpResponse<ByteStream>> {
	return await requestWithKey<ByteStream>(host, fileRequest(url));
}

/**
 * Opens a file by its address, without the key. Redirects are followed: there is nothing to leak.
 * @throws FailureError `network`
 */
export async function openWithoutKey(
	host: IExecuteFunctions,
	url: string,
): Promise<HttpResponse<ByteStream>> {
	return await host.helpers
		.httpRequest({
			...fileRequest(url),
			...ANSWER_EVERYTHING,
			abortSignal: host.getExecutionCancelSignal(),
		})
		.catch(rejectAsNetwork);
}

/** Made anew for each call: n8n writes the key into the headers it is given. */
function fileRequest(url: string): IHttpRequestOptions {
	return {
		method: 'GET',
		url,
		encoding: 'stream',
		// A compressed body could not be checked against its length.
		headers: { 'Accept-Encoding': 'identity' },
		// On streams n8n counts the silence, not the whole time.
		timeout: 60_000,
	};
}

const ANSWER_EVERYTHING = { returnFullResponse: true, ignoreHttpStatusErrors: true } as const;

/** Faults before the first byte went out, so that the server cannot have acted. */
const NEVER_SENT = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'];

const REASONS: Record<string, string> = {
	ECONNREFUSED: 'nothing answers at that address',
	ENOTFOUND: 'the host name is unknown',
	EAI_AGAIN: 'the host name could not be looked up',
	ECONNRESET: 'the connection was cut',
	EPIPE: 'the connection was cut',
	ECONNABORTED: 'the server took too long to answer',
	ETIMEDOUT: 'the server took too long to answer',
	EHOSTUNREACH: 'there is no way to that address',
	ENETUNREACH: 'there is no way to that address',
};

function rejectAsNetwork(error: unknown): never {
	const code = codeOf(error) ?? '';
	const neverSent = NEVER_SENT.includes(code) || isUntrusted(code);
	throw fail('network', { cause: networkReason(error), ...(neverSent && { neverSent }) });
}

/** In plain words, why a request or a stream broke off. */
export function networkReason(error: unknown): string {
	const words = error instanceof Error ? tidyServerText(error.message) : 'no reason given';
	const code = codeOf(error) ?? '';
	return REASONS[code] ?? (isUntrusted(code) ? 'its certificate is not trusted' : words);
}

/** A certificate that is refused ends the connection before anything is sent. */
function isUntrusted(code: string): boolean {
	return /CERT|UNABLE_TO_/.test(code);
}

/**
 * The system code, wherever n8n has put it: on the error, on its cause, or (n8n 1.x, which drops the cause) where the
 * HTTP status belongs.
 */
function codeOf(error: unknown, depth = 0): string | undefined {
	if (typeof error !== 'object' || error === null || depth > 4) return undefined;
	const { code, httpCode, cause } = error as {
		code?: unknown;
		httpCode?: unknown;
		cause?: unknown;
	};
	const found = [code, httpCode].find(
		(value) => typeof value === 'string' && /^[A-Z_]{4,}$/.test(value),
	);
	return (found as string | undefined) ?? codeOf(cause, depth + 1);
}

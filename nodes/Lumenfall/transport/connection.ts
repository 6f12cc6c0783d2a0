import { serverErrors } from '../errors/serverErrors';
import { isSameOrigin } from '../support/urls';
import { readCredential, type Credential } from './credential';
import { parseResponse } from './decode/parseResponse';
import { openFile, request, type HttpRequest, type OpenFile } from './http';
import type { HttpHost } from './httpHost';
import type { HttpResponse } from './httpResponse';

/** An open file, with its URL after all redirects. */
export interface ServedFile extends OpenFile {
	url: string;
	/** Parses text that the server sent instead of a file, with secrets hidden; see `parseResponse`. */
	parse(text: string): unknown;
}

/** Limit that ends a redirect loop. */
const MAX_REDIRECTS = 3;

/**
 * A connection to the server of the credential. The credential is read again for each request, key and server together.
 * So a changed key takes effect at once, and a changed server ends the work with the old one.
 */
export class Connection {
	private constructor(
		readonly host: HttpHost,
		/** The credential as it was when the connection was made. */
		readonly credential: Credential,
	) {}

	/** @throws FailureError naming the credential field with an invalid value */
	static async open(host: HttpHost): Promise<Connection> {
		return new Connection(host, await readCredential(host));
	}

	/** The part of each URL before `/videos`, without a trailing slash. */
	get baseUrl(): string {
		return this.credential.baseUrl;
	}

	/**
	 * Sends a request with the key. Follows redirects on the same origin only, with the same method, body and key.
	 * Returns any other redirect as the response.
	 * @throws FailureError `network`, `unreadableAnswer`, `serverChanged`
	 */
	async send(first: HttpRequest): Promise<HttpResponse> {
		const credential = await this.currentCredential();
		let sent = first;
		for (let redirects = 0; ; redirects++) {
			const response = await request(this.host, credential, sent);
			const target = targetWithKey(response, sent);
			if (target === undefined || redirects >= MAX_REDIRECTS) return parsed(response, credential);
			sent = { ...sent, url: target };
		}
	}

	/** Reads a URL with the key. Follows redirects on the same origin only. */
	async get(url: string, timeoutMs: number): Promise<HttpResponse> {
		return await this.send({ method: 'GET', url, timeoutMs });
	}

	/**
	 * Opens a file and follows redirects. Sends the key to the server's own origin only: after a redirect to another
	 * origin, the request has no key.
	 * @throws FailureError `network`, `serverChanged`
	 */
	async open(first: string): Promise<ServedFile> {
		const credential = await this.currentCredential();
		const { host } = this;
		const parse = (text: string) => parseResponse(text, credential.redact);
		let url = first;
		for (let redirects = 0; isSameOrigin(url, this.baseUrl); redirects++) {
			const file = await openFile(host, url, { credential });
			const target = file.response.redirectFrom(url);
			if (!target || redirects >= MAX_REDIRECTS) return { ...file, url, parse };
			file.close();
			url = target;
		}
		// This request has no key that a redirect could leak, so n8n may follow redirects.
		const insecure = credential.ignoreSslIssues;
		return { ...(await openFile(host, url, { insecure })), url, parse };
	}

	private async currentCredential(): Promise<Credential> {
		const now = await readCredential(this.host, this.credential);
		const { baseUrl, server } = this.credential;
		if (now.baseUrl !== baseUrl || now.server !== server)
			throw serverErrors.serverChanged({
				cause: `from ${baseUrl} to ${now.baseUrl}`,
				neverSent: true,
			});
		return now;
	}
}

/**
 * Returns the target of a redirect that is followed with the key: on the same origin only, with the same method and body.
 * Undefined if the response is anything else.
 */
export function targetWithKey(
	response: HttpResponse<string>,
	{ method, url }: { method: string; url: string },
): string | undefined {
	const target = response.redirectFrom(url);
	if (target === undefined || !isSameOrigin(target, url)) return undefined;
	return keepsMethod(response, method, { from: url, to: target }) ? target : undefined;
}

/**
 * Reports whether a redirect leaves the method as it is. After any other redirect, a POST would have to become a GET,
 * and the server may already have acted on the POST. A 301 to the same path with a slash at its end, or without one, is of a
 * web server or a framework, before the API.
 */
function keepsMethod(
	{ statusCode }: Pick<HttpResponse, 'statusCode'>,
	method: string,
	{ from, to }: { from: string; to: string },
): boolean {
	if (method === 'GET' || statusCode === 307 || statusCode === 308) return true;
	return statusCode === 301 && withoutSlash(from) === withoutSlash(to);
}

function withoutSlash(url: string): string {
	const { origin, pathname, search } = new URL(url);
	return `${origin}${pathname.replace(/\/$/, '')}${search}`;
}

/** Parses the body, and hides secrets in it and in the URL to which the response leads, because an error shows both. */
function parsed(response: HttpResponse<string>, { redact }: Credential): HttpResponse {
	const body = parseResponse(response.body, redact);
	const { location } = response.headers;
	if (typeof location !== 'string') return response.with({ body });
	return response.with({ body, headers: { ...response.headers, location: redact(location) } });
}

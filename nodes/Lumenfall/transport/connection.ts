import { serverErrors } from '../errors/serverErrors';
import { readCredential, type Credential } from './credential';
import { openFile, request, type HttpRequest, type OpenFile } from './http';
import type { HttpHost, HttpResponse } from './httpTypes';
import { parseAnswer } from './readBody';

/** An open file, and where it was found in the end. */
export interface ServedFile extends OpenFile {
	url: string;
	/** Reads what came in the place of a file, free of secrets; see `parseAnswer`. */
	parse(text: string): unknown;
}

/** A server that sends a request round in circles is not followed for ever. */
const MAX_REDIRECTS = 3;

/**
 * The server that the credential named when the connection was made. For each request the credential is read anew, key
 * and server together: a key that was changed is used, and a server that was changed ends the work with the old one.
 */
export class Connection {
	private constructor(
		readonly host: HttpHost,
		/** As it was when the connection was made. */
		readonly credential: Credential,
	) {}

	/** @throws FailureError that names the field of the credential which cannot be used */
	static async open(host: HttpHost): Promise<Connection> {
		return new Connection(host, await readCredential(host));
	}

	/** Everything in front of `/videos`, without a slash at the end. */
	get baseUrl(): string {
		return this.credential.baseUrl;
	}

	/**
	 * Sends a request with the key. A redirect is followed on the same origin only, with method, body and key; any other
	 * is an answer.
	 * @throws FailureError `network`, `unreadableAnswer`, `serverChanged`
	 */
	async send(first: HttpRequest): Promise<HttpResponse> {
		const credential = await this.currentCredential();
		let { url } = first;
		for (let redirects = 0; ; redirects++) {
			const answer = await request(this.host, credential, { ...first, url });
			const target = redirectOf(answer, url);
			const mayFollow = target && isSameOrigin(target, url) && keepsMethod(answer, first.method);
			if (!mayFollow || redirects >= MAX_REDIRECTS) return answer;
			url = target;
		}
	}

	/**
	 * Opens a file: with the key on the server's own origin, and nowhere else. Redirects are followed; one to another
	 * origin loses the key.
	 * @throws FailureError `network`, `serverChanged`
	 */
	async open(first: string): Promise<ServedFile> {
		const credential = await this.currentCredential();
		const { host } = this;
		const parse = (text: string) => parseAnswer(text, credential.redact);
		let url = first;
		for (let redirects = 0; isSameOrigin(url, this.baseUrl); redirects++) {
			const file = await openFile(host, url, { credential });
			const target = redirectOf(file, url);
			if (!target || redirects >= MAX_REDIRECTS) return { ...file, url, parse };
			file.close();
			url = target;
		}
		// Without the key there is nothing that a redirect could leak, so n8n follows them.
		const insecure = credential.ignoreSslIssues;
		return { ...(await openFile(host, url, { insecure })), url, parse };
	}

	private async currentCredential(): Promise<Credential> {
		const now = await readCredential(this.host);
		const { baseUrl, server } = this.credential;
		if (now.baseUrl !== baseUrl || now.server !== server)
			throw serverErrors.serverChanged({ cause: `from ${baseUrl} to ${now.baseUrl}` });
		return now;
	}
}

/** Scheme, host and port. */
export function isSameOrigin(a: string, b: string): boolean {
	return URL.canParse(a) && URL.canParse(b) && new URL(a).origin === new URL(b).origin;
}

/** Where an answer redirects to; undefined where it does not. */
export function redirectOf(
	{ statusCode, headers }: Pick<HttpResponse, 'statusCode' | 'headers'>,
	from: string,
): string | undefined {
	const { location } = headers;
	const isRedirect = statusCode >= 300 && statusCode <= 399;
	if (!isRedirect || typeof location !== 'string' || !URL.canParse(location, from))
		return undefined;
	return new URL(location, from).href;
}

/** After any other redirect a POST would have to be a GET, and the server may have acted on the POST. */
function keepsMethod({ statusCode }: HttpResponse, method: string): boolean {
	return method === 'GET' || statusCode === 307 || statusCode === 308;
}

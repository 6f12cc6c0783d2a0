import type { HttpResponse } from './httpTypes';
import type { Redact } from './secrets';

/** Returns the target of a redirect, or undefined if the response is not a redirect. */
export function redirectOf(
	{ statusCode, headers }: Pick<HttpResponse, 'statusCode' | 'headers'>,
	from: string,
): string | undefined {
	const isRedirect = statusCode >= 300 && statusCode <= 399;
	return isRedirect ? targetOf({ headers }, from) : undefined;
}

/** Returns the URL in the `Location` header, which need not be a redirect. */
export function targetOf(
	{ headers: { location } }: Pick<HttpResponse, 'headers'>,
	from: string,
): string | undefined {
	if (typeof location !== 'string' || !URL.canParse(location, from)) return undefined;
	return new URL(location, from).href;
}

/** Hides secrets in the `Location` header of a response that is not followed. An error shows where it leads. */
export function withoutSecrets(response: HttpResponse, redact: Redact): HttpResponse {
	const { location } = response.headers;
	if (typeof location !== 'string') return response;
	return { ...response, headers: { ...response.headers, location: redact(location) } };
}

/**
 * Reports whether a redirect is followed with the same method. After any other redirect, a POST would have to become a GET,
 * and the server may already have acted on the POST. A 301 to the same path with a slash at its end, or without one, is of a
 * web server or a framework, before the API.
 */
export function keepsMethod(
	{ statusCode }: HttpResponse,
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

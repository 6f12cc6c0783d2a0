import { isSameOrigin } from '../support/urls';
import type { HttpResponse } from './httpTypes';

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

/**
 * Returns the target of a redirect that is followed with the key: on the same origin only, with the same method and body.
 * Undefined if the response is anything else.
 */
export function targetWithKey(
	response: HttpResponse<string>,
	{ method, url }: { method: string; url: string },
): string | undefined {
	const target = redirectOf(response, url);
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

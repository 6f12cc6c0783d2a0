import type { HttpResponse } from './httpTypes';

/** Compares scheme, host and port. */
export function isSameOrigin(a: string, b: string): boolean {
	return URL.canParse(a) && URL.canParse(b) && new URL(a).origin === new URL(b).origin;
}

/** Returns the target of a redirect, or undefined if the response is not a redirect. */
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

/** After any other redirect, a POST would have to become a GET, and the server may already have acted on the POST. */
export function keepsMethod({ statusCode }: HttpResponse, method: string): boolean {
	return method === 'GET' || statusCode === 307 || statusCode === 308;
}

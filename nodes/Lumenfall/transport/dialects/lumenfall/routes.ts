/** Lumenfall's routes outside the OpenAI contract: docs/protocols/lumenfall.md#base-urls-and-authentication. */

/** Returns the URL of the account balance. The request is free. */
export function balanceUrl(baseUrl: string): string {
	return `${nativeBase(baseUrl)}/balance`;
}

/** Returns the URL of a model with its parameter schema. */
export function modelUrl(baseUrl: string, slug: string): string {
	return `${nativeBase(baseUrl)}/models/${encodeURIComponent(slug)}?schema=true`;
}

/**
 * Returns the URL of one page of the request history, newest first. Lumenfall has no list of videos, so this history is used:
 * docs/protocols/lumenfall.md#request-history.
 */
export function requestsUrl(
	baseUrl: string,
	{ limit, after }: { limit: number; after?: string },
): string {
	const from = after ? `&starting_after=${encodeURIComponent(after)}` : '';
	return `${nativeBase(baseUrl)}/requests?limit=${limit}${from}`;
}

/** Returns the URL of the secret that the server signs its webhooks with. */
export function webhookSecretUrl(baseUrl: string): string {
	return `${nativeBase(baseUrl)}/webhooks/secret`;
}

function nativeBase(baseUrl: string): string {
	return baseUrl.replace(/\/openai\/v1$/, '/v1');
}

/**
 * Base URL of Lumenfall's routes outside the OpenAI contract: docs/protocols/lumenfall.md#base-urls-and-authentication.
 */
export function nativeBase(baseUrl: string): string {
	return baseUrl.replace(/\/openai\/v1$/, '/v1');
}

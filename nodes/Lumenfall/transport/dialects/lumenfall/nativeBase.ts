/** The base of what Lumenfall has beside the contract: docs/protocols/lumenfall.md#base-urls-and-authentication. */
export function nativeBase(baseUrl: string): string {
	return baseUrl.replace(/\/openai\/v1$/, '/v1');
}

import type { ServerChoice } from '../credential';
import type { Dialect } from './dialect';
import { lumenfall } from './lumenfall';
import { compatibleDialect } from './openAiCompatible';
import { openRouter } from './openRouter';
import { OPENROUTER_URL } from './knownHosts';

/** Returns the dialect of the credential's server. */
export function dialectOf({ server, requestFields = 'auto', baseUrl }: ServerChoice): Dialect {
	if (server !== 'openAiCompatible') return lumenfall;
	const url = baseUrl.trim();
	const isThere = requestFields === 'auto' && OPENROUTER_URL.test(url);
	return isThere || requestFields === 'openRouter'
		? openRouter
		: compatibleDialect(requestFields, url);
}

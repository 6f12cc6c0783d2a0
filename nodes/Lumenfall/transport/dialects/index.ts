import type { ServerChoice } from '../credential';
import type { Dialect } from './dialect';
import { lumenfall } from './lumenfall';
import { openAiCompatible } from './openAiCompatible';
import { openRouter } from './openRouter';
import { OPENROUTER_URL } from './openRouter/names';

/** Returns the dialect of the credential's server. */
export function dialectOf({ server, requestFields, baseUrl }: ServerChoice): Dialect {
	if (server !== 'openAiCompatible') return lumenfall;
	const isOpenRouterUrl = OPENROUTER_URL.test(baseUrl.trim()) && requestFields !== 'openAi';
	return isOpenRouterUrl || requestFields === 'openRouter' ? openRouter : openAiCompatible;
}

import type { Dialect } from './dialect';
import { lumenfall } from './lumenfall';
import { openAiCompatible } from './openAiCompatible';
import { openRouter } from './openRouter';
import { OPENROUTER_URL } from './openRouter/url';

/** What the credential says of its server. */
export interface ServerChoice {
	server: 'lumenfall' | 'openAiCompatible';
	/** Absent in credentials that are older than the field. */
	requestFields?: 'auto' | 'openAi' | 'openRouter';
	baseUrl: string;
}

/** How the server of a credential is spoken to. */
export function dialectOf({ server, requestFields, baseUrl }: ServerChoice): Dialect {
	if (server !== 'openAiCompatible') return lumenfall;
	const isThere = OPENROUTER_URL.test(baseUrl.trim()) && requestFields !== 'openAi';
	return isThere || requestFields === 'openRouter' ? openRouter : openAiCompatible;
}

import type { N8nApi } from '../types.mts';
import type { N8nVersion } from '../versions.mts';
import { credentialsOf } from './credentials.mts';
import { executionsOf } from './executions.mts';
import { openHttp } from './http.mts';
import { workflowsOf } from './workflows.mts';

/**
 * Opens the API of an n8n with a login.
 * @param cookie of an earlier login, because n8n limits the logins per minute
 */
export function createApi(version: N8nVersion, url: string, cookie: string): N8nApi {
	const http = openHttp(url, cookie);
	return {
		http: http.client,
		cookie,
		...credentialsOf(http),
		...workflowsOf(http, version),
		...executionsOf(http, version),
	};
}

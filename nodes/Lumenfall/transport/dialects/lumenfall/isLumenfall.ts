import type { Connection } from '../../connection';
import { isSuccess } from '../../readResponse';
import { TIMEOUTS } from '../../timeouts';
import { LUMENFALL_URL } from '../knownHosts';
import { decodeBalance } from './balance';
import { nativeBase } from './nativeBase';

/** More servers than one n8n instance uses. */
const MAX_KNOWN = 100;

/** Results of this process, by base URL. */
const known = new Map<string, boolean>();

/**
 * Reports whether the server is Lumenfall: by its host name, or because its balance route responds like Lumenfall's.
 * That request is free. Idempotency keys are trusted and dry runs are sent only if it is: any other server, entered as
 * Lumenfall by mistake, would create a video for each.
 */
export async function isLumenfall(server: Connection): Promise<boolean> {
	const { baseUrl } = server;
	if (LUMENFALL_URL.test(baseUrl)) return true;
	const before = known.get(baseUrl);
	if (before !== undefined) return before;

	const url = `${nativeBase(baseUrl)}/balance`;
	const response = await server.send({ method: 'GET', url, timeoutMs: TIMEOUTS.balance });
	const isOne = isSuccess(response) && decodeBalance(response.body) !== undefined;
	// A server error proves neither.
	const isSure = isOne || [404, 405, 410, 501].includes(response.statusCode);
	if (isSure) remember(baseUrl, isOne);
	return isOne;
}

function remember(baseUrl: string, isOne: boolean): void {
	if (known.size >= MAX_KNOWN) known.clear();
	known.set(baseUrl, isOne);
}

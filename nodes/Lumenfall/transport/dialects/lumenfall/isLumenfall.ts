import { BoundedMap } from '../../../support/boundedMap';
import type { Connection } from '../../connection';
import { TIMEOUTS } from '../../timeouts';
import { LUMENFALL_URL } from '../knownHosts';
import { requestBalance } from './balance';

/** Results of this process, by base URL. */
const known = new BoundedMap<string, boolean>();

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

	const { response, balance } = await requestBalance(server, TIMEOUTS.balance);
	const isOne = balance !== undefined;
	// A server error proves neither.
	const isSure = isOne || [404, 405, 410, 501].includes(response.statusCode);
	if (isSure) known.set(baseUrl, isOne);
	return isOne;
}

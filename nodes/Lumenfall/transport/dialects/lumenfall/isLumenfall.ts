import type { Connection } from '../../connection';
import { TIMEOUTS } from '../../http';
import { isSuccess } from '../../readResponse';
import { decodeBalance } from './balance';
import { nativeBase } from './nativeBase';

const OWN_HOST = /(^|\.)lumenfall\.ai$/i;
/** More servers than one n8n ever talks to. */
const MAX_KNOWN = 100;

/** By base URL, what was found out in this process. */
const known = new Map<string, boolean>();

/**
 * Whether the server behind the base URL is Lumenfall: by its name, or because it answers the balance route as Lumenfall
 * does. The route costs nothing. Only there idempotency keys are trusted and dry runs sent: another server, given as
 * Lumenfall by mistake, would make a video for each.
 */
export async function isLumenfall(server: Connection): Promise<boolean> {
	const { baseUrl } = server;
	if (OWN_HOST.test(new URL(baseUrl).hostname)) return true;
	const before = known.get(baseUrl);
	if (before !== undefined) return before;

	const url = `${nativeBase(baseUrl)}/balance`;
	const answer = await server.send({ method: 'GET', url, timeoutMs: TIMEOUTS.balance });
	const isOne = isSuccess(answer) && decodeBalance(answer.body) !== undefined;
	// A server in trouble shows nothing either way.
	const isSure = isOne || [404, 405, 410, 501].includes(answer.statusCode);
	if (isSure) remember(baseUrl, isOne);
	return isOne;
}

function remember(baseUrl: string, isOne: boolean): void {
	if (known.size >= MAX_KNOWN) known.clear();
	known.set(baseUrl, isOne);
}

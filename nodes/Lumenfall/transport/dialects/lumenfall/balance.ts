import { z } from 'zod';
import { BoundedMap } from '../../../support/boundedMap';
import type { Connection } from '../../connection';
import { currency, signedAmount } from '../../decode/money';
import { withoutUndefined } from '../../../support/withoutUndefined';
import { text } from '../../decode/values';
import { failureOfResponse } from '../../failureOfResponse';
import type { HttpResponse } from '../../httpResponse';
import { TIMEOUTS } from '../../timeouts';
import type { Balance } from '../dialect';
import { LUMENFALL_URL } from '../knownHosts';
import { balanceUrl } from './routes';

/** @throws FailureError `balanceUnsupported` if the server does not report a balance */
export async function getBalance(server: Connection, timeoutMs: number): Promise<Balance> {
	const { response, balance } = await requestBalance(server, timeoutMs);
	if (!balance) throw failureOfResponse(response, 'balance');
	return balance;
}

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

/** Requests the balance, and returns the whole response with it. `balance` is absent if the response has none. */
async function requestBalance(
	server: Connection,
	timeoutMs: number,
): Promise<{ response: HttpResponse; balance?: Balance }> {
	const response = await server.get(balanceUrl(server.baseUrl), timeoutMs);
	return { response, balance: response.isSuccess ? decodeBalance(response.body) : undefined };
}

const balanceBody = z.object({
	object: z.literal('balance').optional(),
	billing_type: text,
	available: z.object({ amount: signedAmount, currency }).nullish().catch(undefined),
});

/** Returns the balance of a response, or undefined if it has none: docs/protocols/lumenfall.md#balance. */
export function decodeBalance(response: unknown): Balance | undefined {
	const parsed = balanceBody.safeParse(response);
	if (!parsed.success) return undefined;
	const { billing_type: billingType, available } = parsed.data;
	if (billingType === undefined && !available) return undefined;
	return withoutUndefined<Balance>({ billingType, ...available });
}

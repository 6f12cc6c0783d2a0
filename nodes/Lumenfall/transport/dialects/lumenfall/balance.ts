import { z } from 'zod';
import type { Connection } from '../../connection';
import { currency, signedAmount } from '../../decode/money';
import { withoutUndefined } from '../../../support/withoutUndefined';
import { text } from '../../decode/values';
import { failureOfResponse } from '../../failureOfResponse';
import type { HttpResponse } from '../../httpResponse';
import type { Balance } from '../dialect';
import { balanceUrl } from './routes';

/** @throws FailureError `balanceUnsupported` if the server does not report a balance */
export async function getBalance(server: Connection, timeoutMs: number): Promise<Balance> {
	const { response, balance } = await requestBalance(server, timeoutMs);
	if (!balance) throw failureOfResponse(response, 'balance');
	return balance;
}

/** Requests the balance, and returns the whole response with it. `balance` is absent if the response has none. */
export async function requestBalance(
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

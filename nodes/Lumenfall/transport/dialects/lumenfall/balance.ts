import { z } from 'zod';
import type { Connection } from '../../connection';
import { currency, signedAmount } from '../../decode/money';
import { withoutUndefined } from '../../../support/withoutUndefined';
import { text } from '../../decode/values';
import { refusalOf } from '../../failureOfResponse';
import { isSuccess, type HttpResponse } from '../../httpTypes';
import { balanceUrl } from './routes';

/** The account balance. Values that the server does not report are absent. */
export interface Balance {
	/** `prepaid` or `postpaid`. */
	billingType?: string;
	/** The remaining amount in `currency`; negative if the account is overdrawn. */
	amount?: number;
	/** In upper case. */
	currency?: string;
}

/** @throws FailureError `balanceUnsupported` if the server does not report a balance */
export async function getBalance(server: Connection, timeoutMs: number): Promise<Balance> {
	const { response, balance } = await requestBalance(server, timeoutMs);
	if (!balance) throw refusalOf(response, 'balance');
	return balance;
}

/** Requests the balance, and returns the whole response with it. `balance` is absent if the response has none. */
export async function requestBalance(
	server: Connection,
	timeoutMs: number,
): Promise<{ response: HttpResponse; balance?: Balance }> {
	const response = await server.get(balanceUrl(server.baseUrl), timeoutMs);
	return { response, balance: isSuccess(response) ? decodeBalance(response.body) : undefined };
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

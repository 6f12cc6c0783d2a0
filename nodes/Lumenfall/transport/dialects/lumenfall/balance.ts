import { z } from 'zod';
import type { Connection } from '../../connection';
import { currency, signedAmount } from '../../decode/money';
import { text, withoutUndefined } from '../../decode/values';
import { isSuccess, refusalOf } from '../../readResponse';
import { nativeBase } from './nativeBase';

/** The account's money. What the server keeps to itself is absent. */
export interface Balance {
	/** `prepaid` or `postpaid`. */
	billingType?: string;
	/** What is left, in `currency`; below zero where the account is overdrawn. */
	amount?: number;
	/** Upper case. */
	currency?: string;
}

/** @throws FailureError `balanceUnsupported` where the server has none */
export async function getBalance(server: Connection, timeoutMs: number): Promise<Balance> {
	const url = `${nativeBase(server.baseUrl)}/balance`;
	const answer = await server.send({ method: 'GET', url, timeoutMs });
	const balance = isSuccess(answer) ? decodeBalance(answer.body) : undefined;
	if (!balance) throw refusalOf(answer, 'balance');
	return balance;
}

const balanceBody = z.object({
	object: z.literal('balance').optional(),
	billing_type: text,
	available: z.object({ amount: signedAmount, currency }).nullish().catch(undefined),
});

/** The balance of an answer, or undefined where it is none: docs/protocols/lumenfall.md#balance. */
export function decodeBalance(answer: unknown): Balance | undefined {
	const parsed = balanceBody.safeParse(answer);
	if (!parsed.success) return undefined;
	const { billing_type: billingType, available } = parsed.data;
	if (billingType === undefined && !available) return undefined;
	return withoutUndefined<Balance>({ billingType, ...available });
}

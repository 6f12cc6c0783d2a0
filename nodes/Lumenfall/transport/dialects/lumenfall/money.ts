import { z } from 'zod';
import { decodeJob, number, text, withoutUndefined } from '../../decode/video';
import { roundUsd } from '../../../support/usd';

/** The account's money. What the server keeps to itself is absent. */
export interface Balance {
	/** `prepaid` or `postpaid`. */
	billingType?: string;
	amount?: number;
	/** Upper case. */
	currency?: string;
}

/** What a video would cost. */
export interface Estimate {
	usd: number;
	/** The provider the server would take now. */
	provider?: string;
}

const balanceBody = z.object({
	object: z.literal('balance').optional(),
	billing_type: text,
	available: z.object({ amount: number, currency: text }).nullish().catch(undefined),
});

/** The balance of an answer, or undefined where it is none. docs/protocols/lumenfall.md#balance. */
export function decodeBalance(answer: unknown): Balance | undefined {
	const parsed = balanceBody.safeParse(answer);
	if (!parsed.success) return undefined;
	const { billing_type: billingType, available } = parsed.data;
	if (billingType === undefined && !available) return undefined;
	const currency = available?.currency?.toUpperCase();
	return withoutUndefined<Balance>({ billingType, amount: available?.amount, currency });
}

const estimateBody = z.object({
	estimated: z.literal(true),
	total_cost_micros: z.number().finite().nonnegative(),
	currency: text,
	provider: text,
});

/** The estimate of a dry run, in millionths of a dollar on the wire: docs/protocols/lumenfall.md#dry-run. */
export function decodeEstimate(answer: unknown): Estimate | undefined {
	const parsed = estimateBody.safeParse(answer);
	if (!parsed.success || (parsed.data.currency ?? 'USD').toUpperCase() !== 'USD') return undefined;
	const { total_cost_micros: micros, provider } = parsed.data;
	return withoutUndefined<Estimate>({ usd: roundUsd(micros / 1e6), provider });
}

/**
 * Whether an answer to a dry run is a job: then the server may have made a video. An estimate has neither id, status nor
 * output, and is never a 202.
 * @returns the id, `''` where the job has none, undefined where it is no job
 */
export function jobInDryRun(statusCode: number, answer: unknown): string | undefined {
	const id = decodeJob(answer)?.id;
	const fields = typeof answer === 'object' && answer !== null ? Object.keys(answer) : [];
	const isJob = ['id', 'status', 'output'].some((name) => fields.includes(name));
	return id ?? (isJob || statusCode === 202 ? '' : undefined);
}

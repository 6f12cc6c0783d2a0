import type { ItemContext, KnownBalance } from '../context';
import { costErrors } from './costErrors';
import type { CreateRules } from '../parameters/videoInput';
import { ROUNDING, type Quote } from './quote';

/** A server that is slow to report its balance must not delay the create. */
const BALANCE_TIMEOUT_MS = 10_000;

/**
 * Requires that the money is there: within 'Max Cost of Run', and on the account.
 *
 * The caller must save the decision synchronously, with no await in between, or two items could spend the same money.
 * @throws FailureError if it is not
 */
export function requireBudget(
	context: ItemContext,
	quote: Pick<Quote, 'range' | 'least'>,
	rules: Pick<CreateRules, 'maxRunCost'>,
	balance?: KnownBalance,
): void {
	requireBelowMaxRunCost(context, quote.range?.upTo, rules);
	requireBalance(context, quote.least, balance);
}

/**
 * @param usd what the videos can cost at most
 * @param subject what costs it, for the message
 */
export function requireBelowMaxRunCost(
	{ jobs }: Pick<ItemContext, 'jobs'>,
	usd: number | undefined,
	{ maxRunCost }: Pick<CreateRules, 'maxRunCost'>,
	subject?: string,
): void {
	const spent = jobs.spending().usd;
	if (usd !== undefined && maxRunCost !== undefined && spent + usd > maxRunCost + ROUNDING)
		throw costErrors.runTooExpensive(usd, spent, maxRunCost, subject);
}

/** @param usd what the videos cost at least */
export function requireBalance(
	{ jobs }: Pick<ItemContext, 'jobs'>,
	usd: number | undefined,
	balance: KnownBalance | undefined,
): void {
	if (usd === undefined || !balance) return;
	const left = balance.usd - (jobs.spending().usd - balance.spentBefore);
	if (usd <= left + ROUNDING) return;
	throw costErrors.balanceTooLow(usd, left);
}

/**
 * The balance of a prepaid account, asked for once per run, and only for a price. Undefined if it is not known.
 * @param least what the video costs at least, in USD
 */
export async function balanceFor(
	{ api, cache, jobs }: Pick<ItemContext, 'api' | 'cache' | 'jobs'>,
	least: number | undefined,
): Promise<KnownBalance | undefined> {
	if (!least) return undefined;
	cache.balance ??= api
		.getBalance(BALANCE_TIMEOUT_MS)
		.then(({ amount, currency }) =>
			amount === undefined || currency !== 'USD'
				? undefined
				: { usd: amount, spentBefore: jobs.spending().usd },
		)
		.catch(() => undefined);
	return await cache.balance;
}

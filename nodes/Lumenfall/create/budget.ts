import type { ItemContext, KnownBalance } from '../context';
import { costErrors } from './costErrors';
import { nameOf, type ModelInfo } from '../models/modelInfo';
import type { Quote } from './quote';
import type { CreateRules } from '../request/rules';

/** Cents have no exact binary form, so sums differ by rounding. */
const ROUNDING = 1e-9;

/** A server that is slow to report its balance must not delay the create. */
const BALANCE_TIMEOUT_MS = 10_000;

/**
 * Requires that one video is within 'Max Cost', and that its price is known if there is any limit.
 * @throws FailureError if the limit is exceeded or cannot be enforced
 */
export function requireBelowMaxCost(
	model: ModelInfo,
	{ range, exact }: Pick<Quote, 'range' | 'exact'>,
	{ maxCost, maxRunCost }: Pick<CreateRules, 'maxCost' | 'maxRunCost'>,
): void {
	if (maxCost === undefined && maxRunCost === undefined) return;
	if (!range) {
		const limit = maxCost === undefined ? 'Max Cost of Run' : 'Max Cost';
		throw costErrors.priceUnknown(nameOf(model), limit);
	}
	if (maxCost !== undefined && range.upTo > maxCost + ROUNDING)
		throw costErrors.tooExpensive(nameOf(model), range.upTo, maxCost, exact !== undefined);
}

/**
 * Requires that the video is within 'Max Cost of Run' and the account balance.
 *
 * The caller must save the decision synchronously, with no `await` in between. Otherwise two items could spend the same
 * money.
 * @throws FailureError if the limit or the balance is exceeded
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
 * @param usd maximum cost of the videos
 * @param subject name of the videos, for the message
 */
export function requireBelowMaxRunCost(
	{ jobs }: Pick<ItemContext, 'jobs'>,
	usd: number | undefined,
	{ maxRunCost }: Pick<CreateRules, 'maxRunCost'>,
	subject?: string,
): void {
	const spent = jobs.usdOfAllRounds();
	if (usd !== undefined && maxRunCost !== undefined && spent + usd > maxRunCost + ROUNDING)
		throw costErrors.runTooExpensive(usd, spent, maxRunCost, subject);
}

/** @param usd minimum cost of the videos */
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
 * Returns the balance of a prepaid account, read once per run, and only if the price is known. Undefined if it is
 * unknown.
 * @param least minimum cost of the video in USD
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

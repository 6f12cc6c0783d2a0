import { fail } from '../errors/messages';
import { failureOf, type FailureKind } from '../errors/failure';
import { costErrors } from '../errors/costErrors';
import { spentInRun } from '../job/plan';
import { PRICED_FIELDS } from '../request/fields';
import { requestedOf } from '../request/requested';
import { nameOf, type ModelInfo } from '../models/modelInfo';
import { exactPrice, leastPrice, priceOf, type PriceRange } from '../models/price';
import { withRetry } from '../transport/retry';
import type { ItemContext } from '../context';
import { runtimeOf } from '../support/runtime';
import { resizeImages } from './resizeImages';
import type { CreateRules } from '../parameters/createRules';
import type { KnownBalance } from '../runCache';
import { withAlternatives, hashOfRequest, runIndexOf } from './submit';
import type { VideoRequest } from '../request/videoRequest';
import { formatUsd } from '../support/usd';

/** What is known of a video's price before it is ordered. */
export interface Quote {
	range?: PriceRange;
	/** The least it can cost, which may be known where the most is not. */
	least?: number;
	/** The price where it is one number. */
	exact?: number;
	source?: 'dryRun' | 'catalogue';
	/** The provider the server would take now. */
	provider?: string;
}

/** A sum of cents in binary is never exact. */
const ROUNDING = 1e-9;

/** What the table and the server's list say of a video's price. */
function cataloguePrice(request: VideoRequest, facts: ModelInfo): Quote {
	const isOpen = PRICED_FIELDS.some((name) => name in request.additionalParameters);
	const range = isOpen ? undefined : priceOf(facts, requestedOf(request));
	if (range) return { range, least: range.from, exact: exactPrice(range), source: 'catalogue' };
	const least = isOpen ? undefined : leastPrice(facts, request.seconds);
	return least === undefined ? {} : { least, source: 'catalogue' };
}

/**
 * The server's own price where it tells one without making the video, and the catalogue's otherwise.
 * @throws FailureError where the server refuses the request itself: it would refuse the order as well
 */
export async function requestQuote(
	context: ItemContext,
	request: VideoRequest,
	facts: ModelInfo,
): Promise<Quote> {
	const sent = await resizeImages(context, request);
	const ask = async () => await dryRun(context, sent);
	const price = await withRetry(ask, runtimeOf(context.stop)).catch(async (error: unknown) => {
		context.stop.throwIfStopped();
		const { kind } = failureOf(error) ?? {};
		if (!kind || ABOUT_THE_REQUEST.includes(kind))
			throw await withAlternatives(context, request, error);
		return undefined;
	});
	return price ?? cataloguePrice(request, facts);
}

async function dryRun({ api }: ItemContext, request: VideoRequest): Promise<Quote | undefined> {
	const key = `n8n-dry-run-${hashOfRequest(request)}`;
	const estimate = await api.estimateCost(request, key);
	if (!estimate) return undefined;
	const { usd, provider } = estimate;
	return { range: { from: usd, upTo: usd }, least: usd, exact: usd, source: 'dryRun', provider };
}

/** Anything else, such as an unknown path, says only that this server has no dry run. */
const ABOUT_THE_REQUEST: FailureKind[] = [
	'dryRunCreatedVideo',
	'invalidApiKey',
	'accessDenied',
	'insufficientBalance',
	'contentPolicy',
	'invalidInput',
	'invalidParameter',
	'modelUnavailable',
];

/** The price for an order: the server is asked only where the user has set a maximum. */
export async function quoteForCreate(
	context: ItemContext,
	request: VideoRequest,
	facts: ModelInfo,
	{ maxCost, maxRunCost }: CreateRules,
): Promise<Quote> {
	if (maxCost === undefined && maxRunCost === undefined) return cataloguePrice(request, facts);

	const price = await requestQuote(context, request, facts);
	if (!price.range) throw costErrors.priceUnknown(nameOf(facts));

	const { upTo } = price.range;
	if (maxCost !== undefined && upTo > maxCost + ROUNDING)
		throw costErrors.tooDear(nameOf(facts), upTo, maxCost, price.exact !== undefined);
	return price;
}

/**
 * Looks whether the money is there: below 'Max Cost of Run', and on the account. The caller notes the plan in the same
 * breath: with a wait between the two, items side by side would take the same money.
 */
export function requireBudget(
	context: ItemContext,
	price: Quote,
	rules: CreateRules,
	balance?: KnownBalance,
): void {
	requireBelowMaxCost(context, price.range?.upTo, rules);
	requireBalance(context, price.least, balance);
}

/**
 * @param usd what is to be ordered may cost
 * @param subject what that is, for the message
 */
export function requireBelowMaxCost(
	context: ItemContext,
	usd: number | undefined,
	{ maxRunCost }: CreateRules,
	subject?: string,
): void {
	const spent = spentSoFar(context);
	if (usd !== undefined && maxRunCost !== undefined && spent + usd > maxRunCost + ROUNDING)
		throw costErrors.runTooDear(usd, spent, maxRunCost, subject);
}

/** @param usd what is to be ordered costs at least */
export function requireBalance(
	context: ItemContext,
	usd: number | undefined,
	balance: KnownBalance | undefined,
): void {
	if (usd === undefined || !balance) return;
	const left = balance.usd - (spentSoFar(context) - balance.spentBefore);
	if (usd <= left + ROUNDING) return;
	const words = `${formatUsd(usd)} needed, ${formatUsd(Math.max(left, 0))} available`;
	throw fail('insufficientBalance', { serverMessage: words });
}

function spentSoFar({ execution, itemIndex }: ItemContext): number {
	return spentInRun(execution.getContext('node'), runIndexOf(execution, itemIndex)).usd;
}

const BALANCE_MS = 10_000;

/** What a prepaid account has left, asked once per run, and only for a price; undefined where it is not known. */
export async function balanceFor(
	context: ItemContext,
	least: number | undefined,
): Promise<KnownBalance | undefined> {
	const { api, cache } = context;
	if (!least) return undefined;
	cache.balance ??= api
		.getBalance(BALANCE_MS)
		.then(({ amount, currency }) =>
			amount === undefined || currency !== 'USD'
				? undefined
				: { usd: amount, spentBefore: spentSoFar(context) },
		)
		.catch(() => undefined);
	return await cache.balance;
}

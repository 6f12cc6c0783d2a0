import { fail } from '../errors/catalogue';
import { failureOf, type FailureKind } from '../errors/failure';
import { dollars, moneyFailures } from '../errors/moneyFailures';
import { spentInRun } from '../job/plan';
import type { VideoRequest } from '../job/request';
import { PRICED_FIELDS } from '../job/requestFields';
import { askedOf } from '../models/asked';
import { nameOf, type ModelFacts } from '../models/facts';
import { exactPrice, priceOf, type PriceRange } from '../models/price';
import { withRetry } from '../transport/retry';
import type { ActionContext } from './action';
import { doorsOf } from './doors';
import { fitPictures } from './fitPictures';
import type { OrderRules } from './orderRules';
import type { KnownBalance } from './runMemory';
import { explain, hashOfRequest, runIndexOf } from './submit';

/** What is known of a video's price before it is ordered. */
export interface KnownPrice {
	range?: PriceRange;
	/** The price where it is one number. */
	exact?: number;
	source?: 'dryRun' | 'catalogue';
	/** The provider the server would take now. */
	provider?: string;
}

/** A sum of cents in binary is never exact. */
const ROUNDING = 1e-9;

/** What the table and the server's list say of a video's price. */
function cataloguePrice(request: VideoRequest, facts: ModelFacts): KnownPrice {
	const isOpen = PRICED_FIELDS.some((name) => name in request.additionalParameters);
	const range = isOpen ? undefined : priceOf(facts, askedOf(request));
	return range ? { range, exact: exactPrice(range), source: 'catalogue' } : {};
}

/**
 * The server's own price where it tells one without making the video, and the catalogue's otherwise.
 * @throws FailureError where the server refuses the request itself: it would refuse the order as well
 */
export async function askPrice(
	context: ActionContext,
	request: VideoRequest,
	facts: ModelFacts,
): Promise<KnownPrice> {
	const sent = await fitPictures(context, request);
	const ask = async () => await dryRun(context, sent);
	const price = await withRetry(ask, doorsOf(context.stop)).catch(async (error: unknown) => {
		context.stop.throwIfStopped();
		const { kind } = failureOf(error) ?? {};
		if (!kind || ABOUT_THE_REQUEST.includes(kind)) throw await explain(context, request, error);
		return undefined;
	});
	return price ?? cataloguePrice(request, facts);
}

async function dryRun(
	{ api }: ActionContext,
	request: VideoRequest,
	timeoutMs?: number,
): Promise<KnownPrice | undefined> {
	const key = `n8n-dry-run-${hashOfRequest(request)}`;
	const estimate = await api.estimateCost(request, key, timeoutMs);
	if (!estimate) return undefined;
	const { usd, provider } = estimate;
	return { range: { from: usd, upTo: usd }, exact: usd, source: 'dryRun', provider };
}

/** Anything else, such as an unknown path, says only that this server has no dry run. */
const ABOUT_THE_REQUEST: FailureKind[] = [
	'dryRunOrdered',
	'wrongKey',
	'accessDenied',
	'noBalance',
	'contentPolicy',
	'invalidInput',
	'invalidParameter',
	'modelUnavailable',
];

/** What is only to be shown must not hold up the order. */
const QUIET_MS = 10_000;

/**
 * The price for an order. Where the user has set a maximum the server is asked; otherwise only where the catalogue leaves
 * the price open, and then trouble with the question is no trouble with the order, unless it was taken for one.
 */
export async function priceForOrder(
	context: ActionContext,
	request: VideoRequest,
	facts: ModelFacts,
	{ maxCost, maxRunCost }: OrderRules,
): Promise<KnownPrice> {
	if (maxCost === undefined && maxRunCost === undefined)
		return await priceToShow(context, request, facts);

	const price = await askPrice(context, request, facts);
	if (!price.range) throw moneyFailures.priceUnknown(nameOf(facts));

	const { upTo } = price.range;
	if (maxCost !== undefined && upTo > maxCost + ROUNDING)
		throw moneyFailures.tooDear(nameOf(facts), upTo, maxCost, price.exact !== undefined);
	return price;
}

async function priceToShow(
	context: ActionContext,
	request: VideoRequest,
	facts: ModelFacts,
): Promise<KnownPrice> {
	const known = cataloguePrice(request, facts);
	if (known.exact !== undefined) return known;
	const sent = await fitPictures(context, request);
	const asked = await dryRun(context, sent, QUIET_MS).catch((error: unknown) => {
		if (failureOf(error)?.kind === 'dryRunOrdered') throw error;
		return undefined;
	});
	return asked ?? known;
}

/**
 * Looks whether the money is there: below 'Max Cost of Run', and on the account. The caller notes the plan in the same
 * breath: with a wait between the two, items side by side would take the same money.
 */
export function requireFunds(
	context: ActionContext,
	{ range }: KnownPrice,
	{ maxRunCost }: OrderRules,
	balance?: KnownBalance,
	subject?: string,
): void {
	if (!range) return;
	const spent = spentSoFar(context);
	if (maxRunCost !== undefined && spent + range.upTo > maxRunCost + ROUNDING)
		throw moneyFailures.runTooDear(range.upTo, spent, maxRunCost, subject);

	const left = balance && balance.usd - (spent - balance.spentBefore);
	if (left !== undefined && range.from > left + ROUNDING) {
		const words = `${dollars(range.from)} needed, ${dollars(Math.max(left, 0))} available`;
		throw fail('noBalance', { serverMessage: words });
	}
}

function spentSoFar({ execution, itemIndex }: ActionContext): number {
	return spentInRun(execution.getContext('node'), runIndexOf(execution, itemIndex)).usd;
}

const BALANCE_MS = 10_000;

/** What a prepaid account has left, asked once per run, and only for a price; undefined where it is not known. */
export async function balanceFor(
	context: ActionContext,
	{ range }: KnownPrice,
): Promise<KnownBalance | undefined> {
	const { api, memory } = context;
	if (!range || range.from === 0) return undefined;
	memory.balance ??= api
		.getBalance(BALANCE_MS)
		.then(({ amount, currency }) =>
			amount === undefined || currency !== 'USD'
				? undefined
				: { usd: amount, spentBefore: spentSoFar(context) },
		)
		.catch(() => undefined);
	return await memory.balance;
}

import type { ItemContext } from '../context';
import { failureOf, type FailureKind } from '../errors/failure';
import { hashOf } from '../support/hash';
import { withAlternatives } from '../models/lookUp';
import type { ModelInfo } from '../models/modelInfo';
import { exactPrice, leastPrice, priceOf, type PriceRange } from '../models/price';
import type { CreateRules } from '../request/rules';
import { mayChangePrice } from '../request/additionalParameters';
import { requirementsOf } from '../request/requirements';
import type { VideoRequest } from '../request/videoRequest';
import { withRetry } from '../transport/retry';
import { resizeImages } from './resizeImages';

/** The known price of a video before it is created. USD. */
export interface Quote {
	range?: PriceRange;
	/** The minimum price, which may be known even if the maximum is not. */
	least?: number;
	/** The price if it is one number. */
	exact?: number;
	source?: 'dryRun' | 'catalogue';
	/** The provider that the server would currently use. */
	provider?: string;
}

/** Returns the quote for a create. The server is only asked if the user has set a cost limit. */
export async function quoteForCreate(
	context: ItemContext,
	request: VideoRequest,
	model: ModelInfo,
	{ maxCost, maxRunCost }: CreateRules,
): Promise<Quote> {
	if (maxCost === undefined && maxRunCost === undefined) return listPrice(request, model);
	return await requestQuote(context, request, model);
}

/** Any other failure, such as an unknown route, only means that this server has no dry run. */
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

/**
 * Returns the price that the server reports in a dry run, otherwise the list price.
 * @throws FailureError if the server refuses the request itself, because it would refuse the create too
 */
export async function requestQuote(
	context: ItemContext,
	request: VideoRequest,
	model: ModelInfo,
): Promise<Quote> {
	const sent = await resizeImages(context, request);
	const ask = async () => await dryRun(context, sent);
	const quote = await withRetry(ask, context.runtime).catch(async (error: unknown) => {
		context.stop.throwIfStopped();
		const { kind } = failureOf(error) ?? {};
		if (!kind || ABOUT_THE_REQUEST.includes(kind))
			throw await withAlternatives(context, request.model, error);
		return undefined;
	});
	return quote ?? listPrice(request, model);
}

async function dryRun({ api }: ItemContext, request: VideoRequest): Promise<Quote | undefined> {
	// Not the key of the create. If the server creates a video anyway, a retry with this key finds it.
	const key = `n8n-dry-run-${hashOf([request.model, request.prompt, request.seconds])}`;
	const estimate = await api.estimateCost(request, key);
	if (!estimate) return undefined;
	const { usd, provider } = estimate;
	return { range: { from: usd, upTo: usd }, least: usd, exact: usd, source: 'dryRun', provider };
}

/**
 * Returns the price from the server's list or the built-in profiles. An unknown additional parameter may change the
 * price, so there is none then.
 */
function listPrice(request: VideoRequest, model: ModelInfo): Quote {
	if (mayChangePrice(request.additionalParameters)) return {};
	const required = requirementsOf(request);
	// No price list includes these.
	const { hasReferenceVideos, hasReferenceAudio, upscaleFactor } = required;
	if (hasReferenceVideos || hasReferenceAudio || upscaleFactor !== undefined) return {};
	const range = priceOf(model, required);
	if (range) return { range, least: range.from, exact: exactPrice(range), source: 'catalogue' };
	const least = leastPrice(model, required.seconds ?? required.sourceSeconds);
	return least === undefined ? {} : { least, source: 'catalogue' };
}

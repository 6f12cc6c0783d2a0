import type { ItemContext } from '../context';
import type { JobEntry } from '../job/jobEntry';
import type { Decision, Fallback } from '../job/record';
import type { CreateRules } from '../request/rules';
import type { VideoRequest } from '../request/videoRequest';
import { balanceFor, requireBelowMaxCost, requireBudget } from './budget';
import { quoteForCreate, type Quote } from './quote';
import { validateRequest } from './validateRequest';

/** One request as the user wrote it, and the record that limits it to one job. */
export interface CreateInput {
	request: VideoRequest;
	entry: JobEntry;
	rules: CreateRules;
	/** The option 'Timeout (Seconds)', in milliseconds. See `submit`. */
	timeoutMs: number;
}

/** Decides what to create and the maximum cost. Saves the decision as soon as the budget allows it. */
export async function decide(
	context: ItemContext,
	rules: CreateRules,
	wanted: VideoRequest,
	entry: JobEntry,
	fallback?: Fallback,
): Promise<VideoRequest> {
	const { request, decision, quote, isUnlisted } = await prepare(context, rules, wanted, fallback);
	// An unlisted model may not exist. Then its own error says more than a low balance, so the balance is not checked.
	const balance = isUnlisted ? undefined : await balanceFor(context, quote.least);
	requireBudget(context, quote, rules, balance);
	entry.decide(decision, request.idempotencyKey);
	return request;
}

/** A request that can be created as soon as the budget allows it. */
export interface Prepared {
	/** The validated request. */
	request: VideoRequest;
	decision: Decision;
	quote: Quote;
	/** The model is not in the server's list. */
	isUnlisted: boolean;
}

/** Validates a request against the model info, and quotes it. */
export async function prepare(
	context: ItemContext,
	rules: CreateRules,
	wanted: VideoRequest,
	fallback?: Fallback,
): Promise<Prepared> {
	const { request, adjusted, model } = await validateRequest(context, wanted, rules);
	const quote = await quoteForCreate(context, request, model, rules);
	requireBelowMaxCost(model, quote, rules);
	const { exact, least, range } = quote;
	const decision: Decision = {
		model: wanted.model,
		...(adjusted && { adjusted }),
		...(fallback && { fallback }),
		...(range && { reservedUsd: range.upTo }),
		...(exact !== undefined && { estimatedCost: exact }),
		...(exact === undefined &&
			least !== undefined && {
				estimatedRange: { from: least, ...(range && { upTo: range.upTo }) },
			}),
	};
	return { request, decision, quote, isUnlisted: model.listed === false };
}

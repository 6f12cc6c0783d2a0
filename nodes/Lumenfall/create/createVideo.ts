import { failureFrom } from '../errors/messages';
import type { Failure } from '../errors/failure';
import type { Job } from '../job/job';
import { openDecisionEntry, type Fallback, type Decision, type DecisionEntry } from '../job/plan';
import { totalOf } from '../models/price';
import type { ItemContext } from '../context';
import { validateRequest } from './validateRequest';
import type { Known } from '../output/videoItem';
import { withModel } from './fallback';
import { hintDecision } from '../output/hints';
import {
	balanceFor,
	quoteForCreate,
	requireBelowMaxCost,
	requireBudget,
	requireBalance,
	type Quote,
} from './quote';
import type { CreateRules } from '../parameters/createRules';
import { hashOfRequest, isWebhookRegistered, mayHaveJob, runIndexOf, submitOnce } from './submit';
import { withAdjusted, type VideoRequest } from '../request/videoRequest';

export interface CreatedVideo {
	job: Job;
	known: Known;
	/** The model that makes it. */
	model: string;
	/** Where what it cost is noted in the end, and where it is taken back if no video comes of it. */
	book: DecisionEntry;
	/** Of the request as the user wrote it. */
	askedHash: string;
	/** Whether the server will call the address of the request when the video has ended. */
	calls: boolean;
}

export interface Candidate {
	/** The model that is ordered from; the one of the request unless said otherwise. */
	model?: string;
	/** Why it is not the one of the request. */
	fallback?: Fallback;
}

/**
 * Orders one video from one model, once: checks the request against all that is known of the model, its price and the
 * money, and notes what is decided. A re-run of the node takes up the job of what was decided before, unchecked.
 * @param asked the request as the user wrote it
 * @param patienceMs how long the server's limits (rate, running jobs) are waited out
 */
export async function createVideo(
	context: ItemContext,
	asked: VideoRequest,
	rules: CreateRules,
	patienceMs: number,
	candidate: Candidate = {},
): Promise<CreatedVideo> {
	const { model = asked.model } = candidate;
	const book = openDecision(context, asked);
	const known = book.known?.model === model ? book.known : undefined;
	const { request, plan } = known
		? { request: withAdjusted(withModel(asked, model), known.adjusted), plan: known }
		: await decide(context, rules, withModel(asked, model), book, candidate.fallback);

	const job = await submitOnce(context, request, patienceMs).catch((error: unknown) => {
		if (!mayHaveJob(context, request)) book.forget();
		throw error;
	});
	hintDecision(context, plan);
	const { prompt, seconds } = request;
	const { adjusted, fallback, estimatedCost, estimatedRange } = plan;
	return {
		job,
		known: { prompt, model, seconds, adjusted, fallback, estimatedCost, estimatedRange },
		model,
		book,
		askedHash: hashOfRequest(asked),
		calls: isWebhookRegistered(context, request),
	};
}

/** The plan of a request, as far as an earlier try has made one. */
export function openDecision(context: ItemContext, asked: VideoRequest): DecisionEntry {
	const { execution, itemIndex } = context;
	const slot = { runIndex: runIndexOf(execution, itemIndex), itemIndex };
	return openDecisionEntry(execution.getContext('node'), slot, hashOfRequest(asked));
}

/** What is ordered, and for how much. Noted the moment the money is found to be there. */
async function decide(
	context: ItemContext,
	rules: CreateRules,
	asked: VideoRequest,
	book: DecisionEntry,
	fallback?: Fallback,
): Promise<{ request: VideoRequest; plan: Decision }> {
	const { request, plan, price, mayBeGone } = await prepare(context, rules, asked, fallback);
	// Whether there is such a model the server has to say first.
	const balance = mayBeGone ? undefined : await balanceFor(context, price.least);
	requireBudget(context, price, rules, balance);
	book.note(plan);
	return { request, plan };
}

/**
 * Decides on several orders that belong together. Those that cannot be made are given back with the reason, in the order
 * of the requests; the money has to be there for all others. What an earlier try has decided stands. `orderChecked` takes
 * up each decision.
 * @throws FailureError where the money is not there for all of them, or a price that was asked for became an order
 */
export async function reserveTogether(
	context: ItemContext,
	requests: VideoRequest[],
	rules: CreateRules,
): Promise<Array<Failure | undefined>> {
	const look = async (request: VideoRequest): Promise<Look> => {
		const book = openDecision(context, request);
		if (book.known) return { book };
		return await prepare(context, rules, request).then(
			(prepared) => ({ book, prepared }),
			(error: unknown) => ({ book, objection: asObjection(error) }),
		);
	};
	// The first alone: a server that takes a question for the price for an order is not asked several at once.
	const [first, ...others] = requests;
	const looks = [await look(first), ...(await Promise.all(others.map(look)))];

	const decided = looks.flatMap(({ prepared }) => prepared ?? []);
	const ranges = decided.flatMap(({ price }) => price.range ?? []);
	const sure = decided.flatMap(({ price, mayBeGone }) => (mayBeGone ? [] : (price.least ?? [])));
	const least = sure.reduce((total, usd) => total + usd, 0);
	const balance = await balanceFor(context, least);
	const most = ranges.length > 0 ? totalOf(ranges).upTo : undefined;
	requireBelowMaxCost(context, most, rules, 'The videos together');
	requireBalance(context, least, balance);
	for (const { book, prepared } of looks) if (prepared) book.note(prepared.plan);
	return looks.map(({ objection }) => objection);
}

/** What came of looking at one of several orders; neither where an earlier try has decided. */
interface Look {
	book: DecisionEntry;
	prepared?: Prepared;
	objection?: Failure;
}

/** What speaks against one of several orders. A question for a price that was taken for an order ends them all. */
function asObjection(error: unknown): Failure {
	const failure = failureFrom(error);
	if (failure.kind === 'dryRunCreatedVideo') throw error;
	return failure;
}

interface Prepared {
	/** As it can be ordered. */
	request: VideoRequest;
	plan: Decision;
	price: Quote;
	/** The server's list does not have the model. */
	mayBeGone: boolean;
}

/** Checks a request against all that is known of the model and the price of it. */
async function prepare(
	context: ItemContext,
	rules: CreateRules,
	asked: VideoRequest,
	fallback?: Fallback,
): Promise<Prepared> {
	const { request, adjusted, facts } = await validateRequest(context, asked, rules);
	const price = await quoteForCreate(context, request, facts, rules);
	const plan: Decision = {
		model: asked.model,
		...(adjusted && { adjusted }),
		...(fallback && { fallback }),
		...(price.range && { usd: price.range.upTo }),
		...(price.exact !== undefined && { estimatedCost: price.exact }),
		...(price.exact === undefined &&
			price.least !== undefined && {
				estimatedRange: { from: price.least, ...(price.range && { upTo: price.range.upTo }) },
			}),
	};
	return { request, plan, price, mayBeGone: facts.listed === false };
}

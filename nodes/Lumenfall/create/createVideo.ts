import type { ItemContext } from '../context';
import { failureFrom } from '../errors/nodeError';
import { FailureError, type Failure } from '../errors/failure';
import type { Job } from '../job/job';
import type { JobEntry } from '../job/jobStore';
import type { Decision, Fallback } from '../job/record';
import { totalOf } from '../models/price';
import { hintDecision } from '../output/hints';
import type { KnownFacts } from '../output/videoItem';
import type { CreateRules } from '../parameters/videoInput';
import { withAdjusted, type VideoRequest } from '../request/videoRequest';
import { resultOf } from '../support/result';
import { balanceFor, requireBalance, requireBelowMaxRunCost, requireBudget } from './budget';
import { allModelsUnavailable, mayFallBack, withModel } from './fallback';
import { quoteForCreate, type Quote } from './quote';
import { resizeImages } from './resizeImages';
import { submit } from './submit';
import { validateRequest } from './validateRequest';

/** One request as the user wrote it, and the record that keeps it to one job. */
export interface CreateInput {
	request: VideoRequest;
	entry: JobEntry;
	rules: CreateRules;
	/** How long the server's limits (rate, running jobs) are waited out, in milliseconds. */
	retryBudgetMs: number;
}

export interface CreatedVideo {
	job: Job;
	entry: JobEntry;
	/** The model that makes it. */
	model: string;
	known: KnownFacts;
}

/**
 * Creates a video with the first of several models that is available.
 * @param models in the order in which they are tried
 * @param failures why other models did not make the video before
 * @throws FailureError of the first model, naming what became of the others
 */
export async function createWithFallback(
	context: ItemContext,
	input: CreateInput,
	models: string[],
	failures: Failure[],
): Promise<CreatedVideo> {
	const reasons = [...failures];
	for (const model of models) {
		const [first] = reasons;
		const fallback = first && { from: input.request.model, reason: first.message };
		const result = await resultOf(createVideo(context, input, { model, fallback }));
		if (result.ok) return result.value;
		const failure = failureFrom(result.error);
		if (!mayFallBack(failure, model !== input.request.model)) throw result.error;
		reasons.push(failure);
	}
	throw new FailureError(allModelsUnavailable(reasons));
}

/**
 * Creates a video with one model, once: validates, quotes, checks the budget, saves the decision, submits. A request that was
 * decided before is submitted as decided.
 * @param candidate the model to create with, the one of the request by default, and why it is another
 */
export async function createVideo(
	context: ItemContext,
	{ request: asWritten, entry, rules, retryBudgetMs }: CreateInput,
	candidate: { model?: string; fallback?: Fallback } = {},
): Promise<CreatedVideo> {
	const { model = asWritten.model, fallback } = candidate;
	const wanted = withModel(asWritten, model);
	const saved = entry.record.decision;
	const request =
		saved?.model === model
			? withAdjusted(wanted, saved.adjusted)
			: await decide(context, rules, wanted, entry, fallback);

	const { execution } = context;
	const log = (line: string) => execution.logger.info(line);
	const send = async () => {
		const sent = await resizeImages(context, request);
		return await submit({ ...context, log }, sent, entry, retryBudgetMs);
	};
	const result = await resultOf(send());
	if (!result.ok) {
		if (!entry.mayHaveJob) entry.release();
		throw result.error;
	}
	const job = result.value;
	log(`Video ${job.id} is created`);
	return createdVideo(context, entry, job, request.prompt);
}

/**
 * The job that an earlier try of this request created. Undefined if there is none, or if it failed for good, so that another
 * one may be created.
 * @param job the job with the ID of the record, as the server reports it now
 */
export function resumeVideo(
	context: ItemContext,
	entry: JobEntry,
	job: Job,
	prompt: string,
): CreatedVideo | undefined {
	if (mayCreateAgain(job)) {
		entry.startOver();
		return undefined;
	}
	context.execution.logger.info(`Resuming existing video ${job.id}`);
	return createdVideo(context, entry, job, prompt);
}

/** A video that somebody cancelled, or that expired after it was made, is not created again by itself. */
export function mayCreateAgain({ phase, status }: Job): boolean {
	return phase === 'failed' && status !== 'expired';
}

/** A created video, with what its record says of it. */
export function createdVideo(
	context: ItemContext,
	entry: JobEntry,
	job: Job,
	prompt: string,
): CreatedVideo {
	const { decision, sent } = entry.record;
	const model = decision?.model ?? sent?.model ?? '';
	if (decision) hintDecision(context, decision);
	return {
		job,
		entry,
		model,
		known: {
			...(entry.hasSentPrompt(prompt) && { prompt }),
			...(sent && { model: sent.model, seconds: sent.seconds }),
			adjusted: decision?.adjusted,
			fallback: decision?.fallback,
			estimatedCost: decision?.estimatedCost,
			estimatedRange: decision?.estimatedRange,
		},
	};
}

/** Decides what is created, and for how much. The decision is saved the moment the money is found to be there. */
async function decide(
	context: ItemContext,
	rules: CreateRules,
	wanted: VideoRequest,
	entry: JobEntry,
	fallback?: Fallback,
): Promise<VideoRequest> {
	const { request, decision, quote, isUnlisted } = await prepare(context, rules, wanted, fallback);
	// Whether there is such a model the server has to say first.
	const balance = isUnlisted ? undefined : await balanceFor(context, quote.least);
	requireBudget(context, quote, rules, balance);
	entry.decide(decision, request.idempotencyKey);
	return request;
}

/**
 * Decides on several requests that belong together, each before any is submitted. Those that cannot be made are returned
 * with the reason, in the order of the inputs; the money must be there for all others. `createVideo` uses each decision.
 * @throws FailureError if the money is not there for all of them, or if a dry run created a video
 */
export async function reserveTogether(
	context: ItemContext,
	inputs: CreateInput[],
): Promise<Array<Failure | undefined>> {
	const [{ rules }] = inputs;
	const check = async ({ request, entry }: CreateInput): Promise<Reservation> => {
		if (entry.record.decision) return { entry };
		return await prepare(context, rules, request).then(
			(prepared) => ({ entry, prepared }),
			(error: unknown) => ({ entry, rejection: asRejection(error) }),
		);
	};
	const checks = await Promise.all(inputs.map(check));

	const prepared = checks.flatMap((one) => one.prepared ?? []);
	const ranges = prepared.flatMap(({ quote }) => quote.range ?? []);
	const minimums = prepared.flatMap(({ quote, isUnlisted }) =>
		isUnlisted ? [] : (quote.least ?? []),
	);
	const least = minimums.reduce((total, usd) => total + usd, 0);
	const balance = await balanceFor(context, least);
	const most = ranges.length > 0 ? totalOf(ranges).upTo : undefined;
	requireBelowMaxRunCost(context, most, rules, 'The videos together');
	requireBalance(context, least, balance);
	for (const { entry, prepared: one } of checks)
		if (one) entry.decide(one.decision, one.request.idempotencyKey);
	return checks.map(({ rejection }) => rejection);
}

/** The check of one of several requests. Neither field is set if an earlier try has decided. */
interface Reservation {
	entry: JobEntry;
	prepared?: Prepared;
	rejection?: Failure;
}

/** Why one of several requests is rejected. A dry run that created a video ends them all. */
function asRejection(error: unknown): Failure {
	const failure = failureFrom(error);
	if (failure.kind === 'dryRunCreatedVideo') throw error;
	return failure;
}

interface Prepared {
	/** As it can be created. */
	request: VideoRequest;
	decision: Decision;
	quote: Quote;
	/** The server's list does not have the model. */
	isUnlisted: boolean;
}

/** Validates a request against all that is known of the model, and quotes it. */
async function prepare(
	context: ItemContext,
	rules: CreateRules,
	wanted: VideoRequest,
	fallback?: Fallback,
): Promise<Prepared> {
	const { request, adjusted, model } = await validateRequest(context, wanted, rules);
	const quote = await quoteForCreate(context, request, model, rules);
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

import type { ItemContext } from '../context';
import { failureFrom } from '../errors/nodeError';
import { FailureError, type Failure } from '../errors/failure';
import type { Job } from '../job/job';
import type { JobEntry } from '../job/jobStore';
import type { Decision, Fallback } from '../job/record';
import { totalOf } from '../models/price';
import { hintDecision } from '../output/hints';
import type { KnownDetails } from '../output/videoItem';
import type { CreateRules } from '../parameters/videoInput';
import { withAdjusted, type VideoRequest } from '../request/videoRequest';
import { resultOf } from '../support/result';
import { balanceFor, requireBalance, requireBelowMaxRunCost, requireBudget } from './budget';
import { allModelsUnavailable, mayFallBack, withModel } from './fallback';
import { quoteForCreate, type Quote } from './quote';
import { resizeImages } from './resizeImages';
import { submit } from './submit';
import { validateRequest } from './validateRequest';

/** One request as the user wrote it, and the record that limits it to one job. */
export interface CreateInput {
	request: VideoRequest;
	entry: JobEntry;
	rules: CreateRules;
	/** How long to retry if the server limits the rate or the number of running jobs, in milliseconds. */
	retryBudgetMs: number;
}

export interface CreatedVideo {
	job: Job;
	entry: JobEntry;
	/** The model that generates the video. */
	model: string;
	known: KnownDetails;
}

/**
 * Creates a video with the first available model.
 * @param models tried from first to last
 * @param failures why earlier models have failed
 * @throws FailureError of the first model, listing the failures of the others
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
 * Creates a video with one model, once: validates, quotes, checks the budget, saves the decision, submits. If an
 * earlier try saved a decision for this model, it is submitted unchanged.
 * @param candidate the model, by default that of the request, and why it replaces the model of the request
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
 * The job that an earlier try of this request created. Undefined if there is none, or if it failed for good, so that
 * another one may be created.
 * @param job the job of the recorded ID, as the server reports it now
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

/** A cancelled or expired video is not created again automatically. */
export function mayCreateAgain({ phase, status }: Job): boolean {
	return phase === 'failed' && status !== 'expired';
}

/** A created video, with the details of its record. */
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

/** Decides what to create and the maximum cost. Saves the decision as soon as the budget allows it. */
async function decide(
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

/**
 * Decides on several requests that belong together, before any is submitted. Invalid requests are returned with their
 * error, by index. The budget must cover all others. `createVideo` then uses each decision.
 * @throws FailureError if the budget does not cover all of them, or if a dry run created a video
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

/** The result of one of several requests. Both fields are absent if an earlier try has decided. */
interface Reservation {
	entry: JobEntry;
	prepared?: Prepared;
	rejection?: Failure;
}

/** Why one of several requests is rejected. A dry run that created a video ends the whole comparison. */
function asRejection(error: unknown): Failure {
	const failure = failureFrom(error);
	if (failure.kind === 'dryRunCreatedVideo') throw error;
	return failure;
}

interface Prepared {
	/** The validated request. */
	request: VideoRequest;
	decision: Decision;
	quote: Quote;
	/** The model is not in the server's list. */
	isUnlisted: boolean;
}

/** Validates a request against the model info, and quotes it. */
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

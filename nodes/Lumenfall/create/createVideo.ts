import type { ItemContext } from '../context';
import { failureOf } from '../errors/failure';
import { usdCostOf, type Job } from '../job/job';
import type { JobEntry } from '../job/jobEntry';
import type { Fallback } from '../job/record';
import { hintDecision, hintKey } from '../output/hintTexts';
import type { KnownDetails } from '../output/videoItem';
import { withAdjusted } from '../request/videoRequest';
import { resultOf } from '../support/result';
import { withModel } from './buildRequest';
import { decide, type CreateInput } from './decide';
import { resizeImages } from './resizeImages';
import { submit } from './submit';

export interface CreatedVideo {
	job: Job;
	entry: JobEntry;
	/** The model that generates the video. */
	model: string;
	known: KnownDetails;
}

/**
 * Creates a video with one model, once: validates, quotes, checks the budget, saves the decision, submits. If an
 * earlier try saved a decision for this model, it is submitted unchanged.
 * @param candidate the model, by default that of the request, and why it replaces the model of the request
 */
export async function createVideo(
	context: ItemContext,
	{ request: asWritten, entry, rules, timeoutMs }: CreateInput,
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
		return await submit(context, sent, entry, timeoutMs);
	};
	const result = await resultOf(send());
	if (!result.ok) {
		if (!entry.mayHaveJob) entry.release();
		const failure = failureOf(result.error);
		// n8n shows no error of a stopped execution.
		if (failure?.kind === 'createOutcomeUnknown') log(failure.message);
		throw result.error;
	}
	const job = result.value;
	log(`Video ${job.id} is created`);
	if (entry.record.isUserKey) await hintOwnKey(context, entry, job);
	return createdVideo(context, entry, job, request.prompt);
}

async function hintOwnKey(context: ItemContext, { record }: JobEntry, job: Job): Promise<void> {
	const isSupported = await context.api.supportsIdempotencyKey();
	hintKey(context, job, { sentAt: Date.parse(record.createdAt ?? ''), isSupported });
}

/**
 * Returns the job that an earlier try of this request created. Undefined if it failed for good, so that another one may
 * be created.
 * @param job the recorded job, as the server reports it now
 */
export function resumeVideo(
	context: ItemContext,
	entry: JobEntry,
	job: Job,
	prompt: string,
): CreatedVideo | undefined {
	const { isCompleted, createdAt } = entry.record;
	if (!isCompleted && mayCreateAgain(job, context.runtime.wallTime(), createdAt)) {
		entry.startOver(usdCostOf(job));
		return undefined;
	}
	context.execution.logger.info(`Resuming existing video ${job.id}`);
	return createdVideo(context, entry, job, prompt);
}

/**
 * Servers keep a file for about an hour or longer after the video is finished
 * (docs/protocols/openai-videos.md#list-content-and-delete, docs/protocols/lumenfall.md#files-and-retention). So a video that
 * expires within an hour of its creation was not finished. Milliseconds.
 */
const FILE_LIFE_MS = 60 * 60_000;

/**
 * Whether a retry creates the video again. A cancelled video is not created again automatically, nor is an expired one
 * that may have been finished, and paid for, before it expired.
 * @param wallTime now, in milliseconds since 1970
 * @param createdAt ISO time; undefined if it is not known
 */
export function mayCreateAgain(
	{ phase, status, completedAt, url, cost = 0 }: Job,
	wallTime: number,
	createdAt?: string,
): boolean {
	if (phase !== 'failed') return false;
	if (status !== 'expired') return true;
	const wasFinished = completedAt !== undefined || url !== undefined || cost > 0;
	// A time in the future was written by a wrong clock.
	const ageMs = Math.abs(wallTime - Date.parse(createdAt ?? ''));
	return !wasFinished && ageMs < FILE_LIFE_MS;
}

/** Returns a created video with the details of its record. */
export function createdVideo(
	context: ItemContext,
	entry: JobEntry,
	job: Job,
	prompt: string,
): CreatedVideo {
	const { decision, sent, createdAt } = entry.record;
	const model = decision?.model ?? sent?.model ?? '';
	if (decision) hintDecision(context, decision);
	return {
		job,
		entry,
		model,
		known: {
			...(entry.hasSentPrompt(prompt) && { prompt }),
			...(sent && { model: sent.model }),
			...(createdAt && { createdAt }),
			// Only a part of an extension was requested.
			...(sent && sent.change !== 'extend' && { seconds: sent.seconds ?? sent.sourceSeconds }),
			adjusted: decision?.adjusted,
			fallback: decision?.fallback,
			estimatedCost: decision?.estimatedCost,
			estimatedRange: decision?.estimatedRange,
		},
	};
}

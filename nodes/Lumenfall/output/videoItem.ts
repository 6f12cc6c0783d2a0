import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { isPending, type Job } from '../job/job';
import type { Fallback } from '../job/record';
import type { Adjusted } from '../request/videoRequest';
import { roundUsd } from '../support/usd';

/** How the wait went. */
export interface Timing {
	polls: number;
	/** Absent if the queue was over before the first status check. */
	queuedSeconds?: number;
	/** Includes the time in the queue if that is not known by itself. */
	generatingSeconds?: number;
}

/** What is known besides what the server reports. */
export interface KnownDetails {
	prompt?: string;
	model?: string;
	seconds?: number;
	timing?: Timing;
	/** USD, as known before the order. */
	estimatedCost?: number;
	/** The same where the request leaves it open. */
	estimatedRange?: { from: number; upTo?: number };
	/** Values that were replaced. */
	adjusted?: Adjusted;
	/** Why another model than the chosen one made the video. */
	fallback?: Fallback;
}

/** The item of a job without its file; the fields are listed in the README under 'Output'. */
export function toVideoItem(
	itemIndex: number,
	job: Job,
	known: KnownDetails = {},
	measured: IDataObject = {},
): INodeExecutionData {
	return { json: toVideoJson(job, known, measured), pairedItem: { item: itemIndex } };
}

/**
 * Everything worth knowing about a job, the same for every server. What is not known is left out.
 * @param measured facts that are known better than from the job, such as those measured from the file
 */
export function toVideoJson(
	job: Job,
	known: KnownDetails,
	measured: IDataObject = {},
): IDataObject {
	const hasEnded = !isPending(job);
	const estimatedCost = known.estimatedCost ?? job.estimatedCost;
	const openPrice = estimatedCost === undefined ? known.estimatedRange : undefined;
	const json: IDataObject = {
		id: job.id,
		status: job.status,
		model: job.model ?? known.model,
		provider: job.provider,
		prompt: job.prompt ?? known.prompt,
		seconds: job.seconds ?? known.seconds,
		...sidesOf(job.size),
		progress: job.phase === 'completed' ? undefined : job.progress,
		createdAt: isoTime(job.createdAt),
		completedAt: isoTime(job.completedAt),
		expiresAt: isoTime(job.expiresAt),
		url: job.url,
		cost: job.cost,
		estimatedCost,
		estimatedCostFrom: openPrice?.from,
		estimatedCostUpTo: openPrice?.upTo,
		costDifference: differenceOf(job.cost, estimatedCost),
		currency: job.currency,
		// Not called 'error': n8n would take the item for a failed one and run the node again.
		failure: hasEnded && job.phase !== 'completed' ? job.error : undefined,
		adjusted: known.adjusted,
		fallback: known.fallback && { ...known.fallback },
		...measured,
		timing: known.timing && { ...known.timing },
	};
	return withoutUndefined(json);
}

/** A fact that is not known is left out. */
export function withoutUndefined(json: IDataObject): IDataObject {
	return Object.fromEntries(Object.entries(json).filter(([, value]) => value !== undefined));
}

/** What a video has cost more than was estimated, less where it is negative. */
function differenceOf(cost: number | undefined, estimate: number | undefined): number | undefined {
	return cost === undefined || estimate === undefined ? undefined : roundUsd(cost - estimate);
}

/** Lumenfall's size may be a ratio; that says nothing about pixels. */
function sidesOf(size: string | undefined): IDataObject {
	const sides = /^(\d+)x(\d+)$/.exec(size ?? '');
	return sides ? { width: Number(sides[1]), height: Number(sides[2]) } : {};
}

function isoTime(milliseconds: number | undefined): string | undefined {
	return milliseconds === undefined ? undefined : new Date(milliseconds).toISOString();
}

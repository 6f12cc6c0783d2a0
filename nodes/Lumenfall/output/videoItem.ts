import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { isPending, type Job } from '../job/job';
import type { Fallback } from '../job/record';
import { sidesOf } from '../request/frameSize';
import type { Adjusted } from '../request/videoRequest';
import { roundUsd } from '../support/usd';
import { withoutUndefined } from '../support/withoutUndefined';

/** How long the video took, and how many status checks were made. */
export interface Timing {
	polls: number;
	/** Absent if the video had left the queue before the first status check. */
	queuedSeconds?: number;
	/** Includes the queue time if that is not known separately. */
	generatingSeconds?: number;
}

/** Details that are known from other sources than the server's response. */
export interface KnownDetails {
	prompt?: string;
	model?: string;
	seconds?: number;
	/** When the server accepted the create, as ISO time. */
	createdAt?: string;
	timing?: Timing;
	/** USD, as estimated before the create. */
	estimatedCost?: number;
	/** USD, if the request does not determine one price. */
	estimatedRange?: { from: number; upTo?: number };
	/** Values that were replaced. */
	adjusted?: Adjusted;
	/** Why another model than the selected one created the video. */
	fallback?: Fallback;
}

/** Returns the item of a job without its file. docs/output.md lists its fields. */
export function toVideoItem(
	itemIndex: number,
	job: Job,
	known: KnownDetails = {},
	measured: IDataObject = {},
): INodeExecutionData {
	return { json: toVideoJson(job, known, measured), pairedItem: { item: itemIndex } };
}

/**
 * Returns the JSON of a job, with the same fields for every server. Unknown fields are left out.
 * @param measured fields with a better source than the job, such as those measured from the file
 */
export function toVideoJson(
	job: Job,
	known: KnownDetails,
	measured: IDataObject = {},
): IDataObject {
	const hasEnded = !isPending(job);
	// Next to an amount in another currency, the prices in USD would read as that currency.
	const usd: KnownDetails = (job.currency ?? 'USD') === 'USD' ? known : {};
	const estimatedCost = usd.estimatedCost ?? job.estimatedCost;
	const openPrice = estimatedCost === undefined ? usd.estimatedRange : undefined;
	const json: IDataObject = {
		id: job.id,
		status: job.status,
		model: job.model ?? known.model,
		provider: job.provider,
		prompt: job.prompt ?? known.prompt,
		seconds: job.seconds ?? known.seconds,
		...pixelsOf(job.size),
		progress: job.phase === 'completed' ? undefined : job.progress,
		createdAt: isoTime(job.createdAt) ?? known.createdAt,
		completedAt: isoTime(job.completedAt),
		expiresAt: isoTime(job.expiresAt),
		url: job.url,
		cost: job.cost,
		estimatedCost,
		estimatedCostFrom: openPrice?.from,
		estimatedCostUpTo: openPrice?.upTo,
		costDifference: differenceOf(job.cost, estimatedCost),
		currency: job.currency,
		// Not named 'error': n8n would treat the item as failed and run the node again.
		failure: hasEnded && job.phase !== 'completed' ? job.error : undefined,
		adjusted: known.adjusted,
		fallback: known.fallback && { ...known.fallback },
		...measured,
		timing: known.timing && { ...known.timing },
	};
	return withoutUndefined(json);
}

/** Returns how much more than estimated the video cost. Negative if it cost less. */
function differenceOf(cost: number | undefined, estimate: number | undefined): number | undefined {
	return cost === undefined || estimate === undefined ? undefined : roundUsd(cost - estimate);
}

/** On Lumenfall, `size` may be an aspect ratio, which does not include pixels. */
function pixelsOf(size = ''): IDataObject {
	const [width, height] = sidesOf(size) ?? [];
	return width && height ? { width, height } : {};
}

function isoTime(milliseconds: number | undefined): string | undefined {
	return milliseconds === undefined ? undefined : new Date(milliseconds).toISOString();
}

import type { INodeExecutionData } from 'n8n-workflow';
import { isPending, type Job } from '../job/job';
import type { Fallback } from '../job/record';
import { sidesOf } from '../request/frameSize';
import type { Adjusted } from '../request/videoRequest';
import { roundUsd } from '../support/usd';
import { withoutUndefined } from '../support/withoutUndefined';
import type { FailureJson } from './failedItem';

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

/** The output of a video. Unknown values are absent. docs/output.md describes the keys. */
export type VideoJson = {
	id: string;
	status: string;
	model?: string;
	provider?: string;
	prompt?: string;
	/** Measured if the file was downloaded, as are the sides. Otherwise reported or requested. */
	seconds?: number;
	/** Pixels. */
	width?: number;
	height?: number;
	hasAudio?: boolean;
	/** Percent. */
	progress?: number;
	/** ISO time, as are the other times. */
	createdAt?: string;
	completedAt?: string;
	expiresAt?: string;
	url?: string;
	file?: { name?: string; mimeType: string; bytes: number };
	publicUrl?: string;
	/** In `currency`, as are the other amounts. */
	cost?: number;
	estimatedCost?: number;
	estimatedCostFrom?: number;
	estimatedCostUpTo?: number;
	costDifference?: number;
	currency?: string;
	/** Not named `error`: n8n would treat the item as failed and run the node again. */
	failure?: Partial<FailureJson>;
	adjusted?: Adjusted;
	fallback?: Fallback;
	timing?: Timing;
};

/** Returns the item of a job without its file. */
export function toVideoItem(
	itemIndex: number,
	job: Job,
	known: KnownDetails = {},
): INodeExecutionData {
	return { json: toVideoJson(job, known), pairedItem: { item: itemIndex } };
}

/**
 * Returns the output of a job, with the same keys for every server.
 * @param measured fields with a better source than the job, such as those measured from the file
 */
export function toVideoJson(
	job: Job,
	known: KnownDetails,
	measured: Partial<VideoJson> = {},
): VideoJson {
	const hasEnded = !isPending(job);
	// Next to an amount in another currency, the prices in USD would read as that currency.
	const usd: KnownDetails = (job.currency ?? 'USD') === 'USD' ? known : {};
	const estimatedCost = usd.estimatedCost ?? job.estimatedCost;
	const openPrice = estimatedCost === undefined ? usd.estimatedRange : undefined;
	return withoutUndefined<VideoJson>({
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
		failure: hasEnded && job.phase !== 'completed' ? job.error : undefined,
		adjusted: known.adjusted,
		fallback: known.fallback,
		...measured,
		timing: known.timing,
	});
}

/** Returns how much more than estimated the video cost. Negative if it cost less. */
function differenceOf(cost: number | undefined, estimate: number | undefined): number | undefined {
	return cost === undefined || estimate === undefined ? undefined : roundUsd(cost - estimate);
}

/** On Lumenfall, `size` may be an aspect ratio, which does not include pixels. */
function pixelsOf(size = ''): Pick<VideoJson, 'width' | 'height'> {
	const [width, height] = sidesOf(size) ?? [];
	return width && height ? { width, height } : {};
}

function isoTime(milliseconds: number | undefined): string | undefined {
	return milliseconds === undefined ? undefined : new Date(milliseconds).toISOString();
}

import type { Job } from './job';
import type { VideoRequest } from './request';

/** Clocks of two machines are compared here, and servers cut times to whole seconds. */
const TOLERANCE_MS = 2_000;

export interface Doubt {
	request: VideoRequest;
	/** When the create of unknown outcome was sent, by the server's clock, in milliseconds. */
	sentAt: number;
	/** Videos known to belong to other requests. */
	claimed: string[];
}

/**
 * Finds the job of a create whose answer was lost, in the server's own list. Only beyond doubt: the one unclaimed job
 * since that moment with this prompt, model and length. Two candidates are none.
 */
export function findAgain(jobs: Job[], { request, sentAt, claimed }: Doubt): Job | undefined {
	const candidates = jobs.filter(
		(job) =>
			!claimed.includes(job.id) &&
			job.createdAt !== undefined &&
			job.createdAt >= sentAt - TOLERANCE_MS &&
			job.prompt === request.prompt &&
			(job.model === undefined || job.model === request.model) &&
			(job.seconds === undefined || job.seconds === request.seconds),
	);
	return candidates.length === 1 ? candidates[0] : undefined;
}

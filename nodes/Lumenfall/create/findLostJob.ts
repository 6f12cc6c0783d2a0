import type { Job } from '../job/job';
import type { VideoRequest } from '../request/videoRequest';

/** Clocks of two machines are compared here, and servers cut times to whole seconds. */
const TOLERANCE_MS = 2_000;

export interface LostCreate {
	request: VideoRequest;
	/** When the create of unknown outcome was sent at the earliest, by the server's clock, in milliseconds. */
	sentAt: number;
	/** When its answer was lost at the latest, likewise. */
	lostAt: number;
	/** Videos known to belong to other requests. */
	claimed: string[];
}

/**
 * Finds the job of a create whose answer was lost, in the server's own list. Only beyond doubt: the one unclaimed job
 * of that moment with this prompt, model and length. Two candidates are none.
 */
export function findLostJob(jobs: Job[], doubt: LostCreate): Job | undefined {
	const { request, sentAt, lostAt, claimed } = doubt;
	const isOfThatMoment = ({ createdAt }: Job) =>
		createdAt !== undefined &&
		createdAt >= sentAt - TOLERANCE_MS &&
		createdAt <= lostAt + TOLERANCE_MS;

	const candidates = jobs.filter(
		(job) =>
			isOfThatMoment(job) &&
			!claimed.includes(job.id) &&
			job.prompt === request.prompt &&
			(job.model === undefined || job.model === request.model) &&
			(job.seconds === undefined || job.seconds === request.seconds),
	);
	return candidates.length === 1 ? candidates[0] : undefined;
}

import { shortHash } from '../support/hash';
import type { Job } from '../job/job';
import type { SentRequest } from '../job/record';

/** Tolerance in milliseconds: clocks of two machines are compared, and servers truncate times to whole seconds. */
const TOLERANCE_MS = 2_000;

/** A create whose response was lost. Times by the server's clock, in milliseconds since 1970. */
export interface LostCreate {
	sent: SentRequest;
	/** The earliest time it can have been sent. */
	sentAt: number;
	/** The latest time its response can have been lost. */
	lostAt: number;
}

/**
 * Returns the jobs of a server's list that may belong to a lost create: created at that time, with the same prompt,
 * model and duration. Another execution can have created such a job too, so a match is only shown to the user, never
 * used.
 * @param isKnown whether a video belongs to another request
 */
export function findLostJobs(
	jobs: Job[],
	{ sent, sentAt, lostAt }: LostCreate,
	isKnown: (videoId: string) => boolean,
): Job[] {
	return jobs.filter(
		({ id, createdAt, prompt, model, seconds }) =>
			createdAt !== undefined &&
			createdAt >= sentAt - TOLERANCE_MS &&
			createdAt <= lostAt + TOLERANCE_MS &&
			!isKnown(id) &&
			prompt !== undefined &&
			shortHash(prompt) === sent.prompt &&
			(model === undefined || model === sent.model) &&
			// For an extension, some servers report the added part and others the whole length.
			(seconds === undefined || sent.change !== undefined || seconds === sent.seconds),
	);
}

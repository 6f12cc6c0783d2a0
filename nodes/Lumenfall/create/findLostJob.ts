import { shortHash } from '../job/identity';
import type { Job } from '../job/job';
import type { SentRequest } from '../job/record';

/** Clocks of two machines are compared, and servers cut times to whole seconds. Milliseconds. */
const TOLERANCE_MS = 2_000;

/** A create whose response was lost. Times by the server's clock, in milliseconds since 1970. */
export interface LostCreate {
	sent: SentRequest;
	/** When it was sent at the earliest. */
	sentAt: number;
	/** When its response was lost at the latest. */
	lostAt: number;
}

/**
 * The jobs of a server's list that may be the one of a lost create: of that moment, and with its prompt, model and length.
 * Another execution can have created such a job too, so a match is shown to the user, and never taken.
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
			(seconds === undefined || seconds === sent.seconds),
	);
}

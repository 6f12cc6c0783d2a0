import type { Job } from '../job/job';

/** Servers keep a finished file for longer than this: docs/output.md. Milliseconds. */
const SHORTEST_FILE_LIFE_MS = 60 * 60_000;

/**
 * Whether a retry creates the video again. A cancelled video is not created again automatically, nor is an expired one
 * that may have been finished, and paid for, before it expired.
 * @param createdAt ISO time; undefined if it is not known
 */
export function mayCreateAgain(
	{ phase, status, completedAt, url, cost = 0 }: Job,
	createdAt?: string,
): boolean {
	if (phase !== 'failed') return false;
	if (status !== 'expired') return true;
	const wasFinished = completedAt !== undefined || url !== undefined || cost > 0;
	// A time in the future was written by a wrong clock.
	const ageMs = Math.abs(Date.now() - Date.parse(createdAt ?? ''));
	return !wasFinished && ageMs < SHORTEST_FILE_LIFE_MS;
}

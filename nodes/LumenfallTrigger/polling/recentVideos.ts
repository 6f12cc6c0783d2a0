import type { Job } from '../../Lumenfall/job/job';
import type { Runtime } from '../../Lumenfall/support/runtime';
import type { VideoApi } from '../../Lumenfall/transport/videoApi';
import { videoPages } from '../../Lumenfall/transport/videoPages';

/** Maximum time from the creation of a video to the poll that finds its end. */
export const MAX_AGE_MS = 24 * 60 * 60_000;

/**
 * Reads the part of the server's list that may contain a video whose end is not known yet: back to a day before the newest
 * video, and before the newest one of the last poll. The first poll of a list reads as far as the second one: otherwise
 * that one would find older videos, and take them for new ones. The result may also contain older videos.
 * @param newestBefore when the newest video of the last poll was created, in milliseconds since 1970
 */
export async function readRecentVideos(
	api: Pick<VideoApi, 'listVideos'>,
	runtime: Runtime,
	newestBefore = Number.POSITIVE_INFINITY,
): Promise<Job[]> {
	const found: Job[] = [];
	const now = Date.now();
	const since = () => Math.min(newestBefore, newestOf(found, now)) - MAX_AGE_MS;
	for await (const page of videoPages(api, runtime, since)) found.push(...page);
	return found;
}

/** Returns when the newest video was created, in milliseconds since 1970. A time in the future is wrong. */
export function newestOf(jobs: Job[], now: number): number {
	return jobs.reduce((newest, { createdAt = 0 }) => {
		return createdAt <= now ? Math.max(newest, createdAt) : newest;
	}, 0);
}

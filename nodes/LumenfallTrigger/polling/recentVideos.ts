import type { Job } from '../../Lumenfall/job/job';
import type { Runtime } from '../../Lumenfall/support/runtime';
import type { VideoApi } from '../../Lumenfall/transport/videoApi';
import { videoPages } from '../../Lumenfall/transport/videoPages';

/** In a list in random order, this many videos in descending order are practically impossible. */
const MIN_DESCENTS = 20;

/**
 * Reads the videos of the server's list that were created after a given time, and those without a creation time. Stops
 * early only if the list is certainly sorted with the newest first.
 * @param since milliseconds since 1970
 */
export async function readRecentVideos(
	api: Pick<VideoApi, 'listVideos'>,
	runtime: Runtime,
	since: number,
): Promise<Job[]> {
	const found: Job[] = [];
	const isRecent = ({ createdAt = Number.POSITIVE_INFINITY }: Job) => createdAt >= since;
	for await (const page of videoPages(api, runtime)) {
		found.push(...page);
		const oldest = found.at(-1);
		if (oldest && !isRecent(oldest) && isNewestFirst(found)) break;
	}
	return found.filter(isRecent);
}

function isNewestFirst(jobs: Job[]): boolean {
	const times = jobs.flatMap(({ createdAt }) => createdAt ?? []);
	const steps = times.slice(1).map((time, index) => Math.sign(time - times[index]));
	return !steps.includes(1) && steps.filter((step) => step === -1).length >= MIN_DESCENTS;
}

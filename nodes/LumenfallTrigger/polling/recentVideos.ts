import type { Job } from '../../Lumenfall/job/job';
import type { Runtime } from '../../Lumenfall/support/runtime';
import type { VideoApi } from '../../Lumenfall/transport/videoApi';
import { videoPages } from '../../Lumenfall/transport/videoPages';

/**
 * Reads the videos of the server's list that were created since a time, and those without a creation time. The result may
 * also contain older ones.
 * @param since returns this time for the videos read so far, in milliseconds since 1970
 */
export async function readRecentVideos(
	api: Pick<VideoApi, 'listVideos'>,
	runtime: Runtime,
	since: (found: Job[]) => number,
): Promise<Job[]> {
	const found: Job[] = [];
	const pages = videoPages(api, runtime, () => since(found));
	for await (const page of pages) found.push(...page);
	return found;
}

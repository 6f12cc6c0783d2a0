import type { Job } from '../job/job';
import type { Runtime } from '../support/runtime';
import { withRetry } from './retry';
import type { VideoApi } from './videoApi';

/** The largest page size that every server supports. */
const PAGE_SIZE = 100;
/** 10,000 videos. */
const MAX_PAGES = 100;

/**
 * Reads the server's list of videos page by page, until the caller has enough. Ends at a cursor that occurs twice.
 * @throws FailureError `noList` if the server has no list, or its failure
 */
export async function* videoPages(
	api: Pick<VideoApi, 'listVideos'>,
	runtime: Runtime,
): AsyncGenerator<Job[]> {
	const cursors = new Set<string | undefined>();
	let after: string | undefined;
	while (!cursors.has(after) && cursors.size < MAX_PAGES) {
		cursors.add(after);
		const page = { limit: PAGE_SIZE, after };
		const { jobs, next } = await withRetry(async () => await api.listVideos(page), runtime);
		yield jobs;
		if (next === undefined) return;
		after = next;
	}
}

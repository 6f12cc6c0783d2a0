import type { Job } from '../job/job';
import type { Runtime } from '../support/runtime';
import { withRetry } from './retry';
import type { VideoApi } from './videoApi';

/** The largest page size that every server supports. */
const PAGE_SIZE = 100;
/** 10,000 videos. */
const MAX_PAGES = 100;
/** In a list in random order, this many videos in descending order are practically impossible. */
const MIN_DESCENTS = 20;

/**
 * Reads the server's list of videos page by page, until the caller has enough. Ends at a cursor that occurs twice and at a
 * page that only repeats videos, because a server may ignore the cursor. Returns each video once.
 * @param createdAfter older videos are not needed, in milliseconds since 1970. Called after each page. The pages may contain
 * older ones: reading stops early only if the list is certainly sorted with the newest first
 * @throws FailureError `noList` if the server has no list, or its failure
 */
export async function* videoPages(
	api: Pick<VideoApi, 'listVideos'>,
	runtime: Runtime,
	createdAfter: () => number = () => Number.NEGATIVE_INFINITY,
): AsyncGenerator<Job[]> {
	const cursors = new Set<string | undefined>();
	const known = new Set<string>();
	const times: number[] = [];
	let after: string | undefined;
	while (!cursors.has(after) && cursors.size < MAX_PAGES) {
		cursors.add(after);
		const page = { limit: PAGE_SIZE, after };
		const { jobs, next } = await withRetry(async () => await api.listVideos(page), runtime);
		const fresh = jobs.filter(({ id }) => !known.has(id));
		if (jobs.length > 0 && fresh.length === 0) return;
		yield fresh;
		for (const { id } of fresh) known.add(id);
		times.push(...jobs.flatMap(({ createdAt }) => createdAt ?? []));
		const isPast = times.length > 0 && times[times.length - 1] < createdAfter();
		if (next === undefined || (isPast && isDescending(times))) return;
		after = next;
	}
}

function isDescending(times: number[]): boolean {
	const steps = times.slice(1).map((time, index) => Math.sign(time - times[index]));
	return !steps.includes(1) && steps.filter((step) => step === -1).length >= MIN_DESCENTS;
}

import { z } from 'zod';
import type { Job } from '../../job/job';
import { text } from './values';
import { decodeJob } from './video';

const listBody = z.object({
	data: z.array(z.unknown()),
	has_more: z.boolean().optional().catch(undefined),
	last_id: text,
	next_page_url: text,
});

/** One page of a list of videos. `next` is the cursor of the next page. */
export interface JobPage {
	jobs: Job[];
	next?: string;
}

/**
 * Returns the videos of a list, or undefined if the response is not a list. Lumenfall's history contains other media
 * too.
 */
export function decodeJobs(response: unknown): JobPage | undefined {
	const parsed = listBody.safeParse(response);
	if (!parsed.success) return undefined;

	const { data, has_more: hasMore, last_id: lastId, next_page_url: nextPage } = parsed.data;
	const isVideo = (entry: unknown) =>
		((entry as { modality?: string } | null)?.modality ?? 'video') === 'video';
	const jobs = data.filter(isVideo).flatMap((entry) => decodeJob(entry) ?? []);
	const last = lastId ?? decodeJob(data.at(-1))?.id;
	return { jobs, ...((hasMore || nextPage) && last !== undefined && { next: last }) };
}

import { z } from 'zod';
import type { Job } from '../../job/job';
import { pickIn } from './fields';
import { JsonBody } from './jsonBody';
import { LIST_FIELDS, pageRecords } from './page';
import { text } from './values';
import { decodeJob } from './video';

/** One page of a list of videos. `next` is the cursor of the next page. */
export interface JobPage {
	jobs: Job[];
	next?: string;
}

/** More videos than are requested at once. A list of all that fit into one response would hold n8n for seconds. */
const MAX_ENTRIES = 10_000;
/** Fields that are only filled if there is another page. */
const NEXT_FIELDS = ['nextpageurl', 'nextcursor', 'nextpagetoken', 'next'];
const isTrue = z
	.union([z.boolean(), z.string().transform((value) => /^true$/i.test(value))])
	.optional()
	.catch(undefined);

/**
 * Returns the videos of a list, or undefined if the response is not a list. Lumenfall's history contains other media
 * too.
 */
export function decodeJobs(response: unknown): JobPage | undefined {
	const body = JsonBody.open(response);
	const entries = body.listEntries(LIST_FIELDS)?.slice(0, MAX_ENTRIES);
	if (!entries) return undefined;

	const jobOf = (entry: unknown) => decodeJob(JsonBody.open(entry));
	const isVideo = (entry: unknown) =>
		((entry as { modality?: string } | null)?.modality ?? 'video') === 'video';
	const jobs = entries.filter(isVideo).flatMap((entry) => jobOf(entry) ?? []);
	const places = pageRecords(body);
	const last = pickIn(places, ['lastid'], text) ?? jobOf(entries.at(-1))?.id;
	const hasMore =
		pickIn(places, ['hasmore'], isTrue) ?? pickIn(places, NEXT_FIELDS, text) !== undefined;
	return { jobs, ...(hasMore && last !== undefined && { next: last }) };
}

import { z } from 'zod';
import type { Job } from '../../job/job';
import { fieldsOf, pick, type Fields } from './jsonFields';
import { text } from './values';
import { decodeJob } from './video';

/** One page of a list of videos. `next` is the cursor of the next page. */
export interface JobPage {
	jobs: Job[];
	next?: string;
}

const LIST_FIELDS = ['data', 'videos', 'items', 'results', 'tasks', 'jobs'];
const CONTAINERS = ['data', 'result', 'response'];
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
	const fields = fieldsOf(response);
	const entries = entriesOf(response, fields);
	if (!entries) return undefined;

	const isVideo = (entry: unknown) =>
		((entry as { modality?: string } | null)?.modality ?? 'video') === 'video';
	const jobs = entries.filter(isVideo).flatMap((entry) => decodeJob(entry) ?? []);
	const last = pick(fields, ['lastid'], text) ?? decodeJob(entries.at(-1))?.id;
	const hasMore =
		pick(fields, ['hasmore'], isTrue) ?? pick(fields, NEXT_FIELDS, text) !== undefined;
	return { jobs, ...(hasMore && last !== undefined && { next: last }) };
}

function entriesOf(response: unknown, fields: Fields | undefined): unknown[] | undefined {
	if (Array.isArray(response)) return response;
	const lists = LIST_FIELDS.map((name) => fields?.get(name));
	const inside = CONTAINERS.map((name) => fieldsOf(fields?.get(name)));
	const nested = inside.flatMap((one) => LIST_FIELDS.map((name) => one?.get(name)));
	return [...lists, ...nested].find((list) => Array.isArray(list)) as unknown[] | undefined;
}

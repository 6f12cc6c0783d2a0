import type { Job } from '../job/job';
import { withRetry } from '../transport/retry';
import type { Action, ActionContext } from './action';
import { toItem } from './describe';
import { doorsOf } from './doors';
import { readListForm, type ListForm } from './listForm';

/** The largest page every server gives. */
const PAGE_SIZE = 100;
/** 10,000 videos; also ends a server that pages in circles. */
const MAX_PAGES = 100;

/** Lists the account's videos, newest first: the server's list, or Lumenfall's request history. */
export const getAll: Action = async (context) => {
	const form = readListForm(context.execution, context.itemIndex);
	const jobs = await collect(context, form);
	return jobs.map((job) => toItem(context, job));
};

async function collect(
	{ api, stop }: ActionContext,
	{ limit, status, model }: ListForm,
): Promise<Job[]> {
	const found: Job[] = [];
	let after: string | undefined;
	for (let page = 0; page < MAX_PAGES && found.length < limit; page++) {
		const cursor = { limit: PAGE_SIZE, after };
		const { jobs, next } = await withRetry(async () => await api.listVideos(cursor), doorsOf(stop));
		found.push(...jobs.filter((job) => matches(job, status) && (!model || job.model === model)));
		if (next === undefined || next === after) break;
		after = next;
	}
	return found.slice(0, limit);
}

function matches({ phase, status: word }: Job, status: ListForm['status']): boolean {
	switch (status) {
		case 'any':
			return true;
		case 'running':
			return phase === 'queued' || phase === 'running';
		case 'cancelled':
			return word === 'cancelled';
		case 'failed':
			return (phase === 'failed' || phase === 'unclear') && word !== 'cancelled';
		case 'completed':
			return phase === 'completed';
	}
}

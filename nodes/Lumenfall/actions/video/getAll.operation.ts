import type { INodeProperties } from 'n8n-workflow';
import { isPending, type Job } from '../../job/job';
import { videoPages } from '../../transport/videoPages';
import type { Operation, ItemContext } from '../../context';
import { forOperation, returnAllOrLimit } from '../../descriptions/common';
import { toVideoItem } from '../../output/videoItem';
import { readVideoFilters, type VideoFilters } from '../../parameters/filters';

export const description: INodeProperties[] = forOperation('video', 'getAll', [
	...returnAllOrLimit,
	{
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add filter',
		default: {},
		options: [
			{
				displayName: 'Model ID',
				name: 'model',
				type: 'string',
				default: '',
				placeholder: 'e.g. sora-2',
				description: 'Return only videos of this model',
			},
			{
				displayName: 'Status',
				name: 'status',
				type: 'options',
				options: [
					{ name: 'Any', value: 'any' },
					{ name: 'Cancelled', value: 'cancelled' },
					{ name: 'Completed', value: 'completed' },
					{ name: 'Failed', value: 'failed' },
					{ name: 'Queued or Running', value: 'running' },
				],
				default: 'any',
				description: 'Return only videos with this status',
			},
		],
	},
]);

/** Lists the account's videos, newest first: the server's list, or Lumenfall's request history. */
export const execute: Operation = async (context) => {
	const form = readVideoFilters(context.execution, context.itemIndex);
	const jobs = await collect(context, form);
	return jobs.map((job) => toVideoItem(context.itemIndex, job));
};

async function collect(
	{ api, runtime }: ItemContext,
	{ limit, status, model }: VideoFilters,
): Promise<Job[]> {
	const found: Job[] = [];
	for await (const jobs of videoPages(api, runtime)) {
		found.push(...jobs.filter((job) => matches(job, status) && (!model || job.model === model)));
		if (found.length >= limit) break;
	}
	return found.slice(0, limit);
}

function matches(job: Job, status: VideoFilters['status']): boolean {
	if (status === 'any') return true;
	return status === 'running' ? isPending(job) : job.phase === status;
}

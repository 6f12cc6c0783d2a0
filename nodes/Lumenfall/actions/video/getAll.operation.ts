import type { INodeProperties } from 'n8n-workflow';
import { withoutDelivered } from '../../deliver/deliveredVideos';
import type { Job } from '../../job/job';
import { videoPages } from '../../transport/videoPages';
import type { Operation, ItemContext } from '../../context';
import { filtersCollection, forOperation, returnAllOrLimit } from '../../descriptions/common';
import { toVideoItem } from '../../output/videoItem';
import { formOf } from '../../parameters/form';
import { matches, readVideoFilters, type VideoFilters } from '../../parameters/filters';

export const description: INodeProperties[] = forOperation('video', 'getAll', [
	...returnAllOrLimit,
	filtersCollection([
		{
			displayName: 'Created After',
			name: 'createdAfter',
			type: 'dateTime',
			default: '',
			description:
				'Return only videos created at or after this time, and those whose time is unknown',
		},
		{
			displayName: 'Created Before',
			name: 'createdBefore',
			type: 'dateTime',
			default: '',
			description: 'Return only videos created before this time, and those whose time is unknown',
		},
		{
			displayName: 'Model ID',
			name: 'model',
			type: 'string',
			default: '',
			placeholder: 'e.g. sora-2',
			description: 'Return only videos of this model',
		},
		{
			displayName: 'Only Undelivered',
			name: 'onlyUndelivered',
			type: 'boolean',
			default: false,
			description:
				"Whether to leave out videos that this workflow has delivered with the option 'Mark as Delivered'",
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
	]),
]);

/** Lists the account's videos, newest first: the server's list, or Lumenfall's request history. */
export const execute: Operation = async (context) => {
	const filters = readVideoFilters(formOf(context), context.execution.getTimezone());
	const jobs = await collect(context, filters);
	return jobs.map((job) => toVideoItem(context.itemIndex, job));
};

async function collect(
	{ execution, api, runtime }: ItemContext,
	filters: VideoFilters,
): Promise<Job[]> {
	const { createdAfter = Number.NEGATIVE_INFINITY } = filters;
	const found: Job[] = [];
	for await (const jobs of videoPages(api, runtime, () => createdAfter)) {
		const matching = jobs.filter((job) => matches(job, filters));
		found.push(
			...(filters.onlyUndelivered ? await withoutDelivered(execution, matching) : matching),
		);
		if (found.length >= filters.limit) break;
	}
	return found.slice(0, filters.limit);
}

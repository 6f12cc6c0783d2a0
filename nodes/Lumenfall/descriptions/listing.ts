import type { INodeProperties } from 'n8n-workflow';
import { forOperations } from './common';

export const returnAll: INodeProperties = {
	displayName: 'Return All',
	name: 'returnAll',
	type: 'boolean',
	default: false,
	description: 'Whether to return all results or only up to a given limit',
};

export const limit: INodeProperties = {
	displayName: 'Limit',
	name: 'limit',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: 50,
	description: 'Max number of results to return',
	displayOptions: { show: { returnAll: [false] } },
};

/** The form of Get Many. */
export const listing: INodeProperties[] = forOperations(
	['getAll'],
	[
		returnAll,
		limit,
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
					description: 'Only videos of this model',
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
					description: 'Only videos in this state',
				},
			],
		},
	],
);

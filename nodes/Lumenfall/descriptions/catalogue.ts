import type { INodeProperties } from 'n8n-workflow';
import { subject } from './videoFields';
import { limit, returnAll } from './listing';
import { forOperations } from './common';

const [model] = subject;

const filters: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add filter',
	default: {},
	options: [
		{
			displayName: 'Mode',
			name: 'mode',
			type: 'options',
			options: [
				{ name: 'Any', value: 'any' },
				{ name: 'Image to Video', value: 'image-to-video' },
				{ name: 'Text to Video', value: 'text-to-video' },
				{ name: 'Video to Video', value: 'video-to-video' },
			],
			default: 'any',
			description: 'Only models known to do this',
		},
	],
};

/** The forms of the operations on models. */
export const catalogue: INodeProperties[] = [
	...forOperations(
		['get'],
		[{ ...model, description: 'The model whose limits and price you want' }],
		'model',
	),
	...forOperations(['getAll'], [returnAll, limit, filters], 'model'),
];

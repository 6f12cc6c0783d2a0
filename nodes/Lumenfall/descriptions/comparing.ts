import type { INodeProperties } from 'n8n-workflow';
import { imageIfAny } from './estimating';
import { shape, subject } from './videoFields';
import { generatingOptions } from './options';
import { forOperations, output, outputBinaryField } from './common';

const [model, prompt] = subject;

/** A comparison is between the models that were named, so no other stands in for one of them. */
const options: INodeProperties = {
	...generatingOptions,
	options: (generatingOptions.options ?? []).filter(({ name }) => !name.startsWith('fallback')),
};

const models: INodeProperties[] = [
	{
		displayName: 'Models From',
		name: 'modelsFrom',
		type: 'options',
		options: [
			{ name: 'List', value: 'list', description: 'Choose two to eight models' },
			{
				name: 'Text',
				value: 'text',
				description: 'IDs from an expression, an AI tool, or typed with commas between them',
			},
		],
		default: 'list',
		description: 'How the models are named',
	},
	{
		displayName: 'Models',
		name: 'models',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true, sortable: true },
		placeholder: 'Add Model',
		default: {
			model: [
				{ model: { __rl: true, mode: 'list', value: 'sora-2', cachedResultName: 'Sora 2' } },
				{
					model: {
						__rl: true,
						mode: 'list',
						value: 'veo-3.1-fast',
						cachedResultName: 'Veo 3.1 Fast',
					},
				},
			],
		},
		description: 'Two to eight models. Each makes one video, all at once, and you pay for each.',
		displayOptions: { show: { modelsFrom: ['list'] } },
		options: [{ displayName: 'Model', name: 'model', values: [model] }],
	},
	{
		displayName: 'Models',
		name: 'modelIds',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. sora-2, veo-3.1-fast, kling-v3',
		description:
			'IDs of two to eight models. Each makes one video, all at once, and you pay for each.',
		displayOptions: { show: { modelsFrom: ['text'] } },
	},
];

const page: INodeProperties[] = [
	{
		displayName: 'Comparison Page',
		name: 'comparisonPage',
		type: 'boolean',
		default: true,
		description:
			'Whether the first item also gets a web page that shows all videos side by side with their facts, as one HTML file',
	},
	{
		displayName: 'Page Binary Field',
		name: 'pageBinaryField',
		type: 'string',
		default: 'page',
		required: true,
		hint: 'The name of the output field the page goes to, in the first item',
		displayOptions: { show: { comparisonPage: [true] } },
	},
];

/** The form of Compare. */
export const comparing: INodeProperties[] = forOperations(
	['compare'],
	[
		...models,
		prompt,
		...imageIfAny,
		...shape,
		output,
		{ ...outputBinaryField, displayOptions: { show: { output: ['file'] } } },
		...page,
		options,
	],
);

import type { INodeProperties } from 'n8n-workflow';

/** Options that limit a request to what the model supports and to a maximum cost, or that name other models to try. */

export const unsupportedValues: INodeProperties = {
	displayName: 'Unsupported Values',
	name: 'unsupportedValues',
	type: 'options',
	options: [
		{ name: 'Fail', value: 'refuse', description: 'Stop and list the supported values' },
		{
			name: 'Send Anyway',
			value: 'send',
			description: 'Let the server decide; the built-in limits may be outdated',
		},
		{
			name: 'Use Nearest',
			value: 'nearest',
			description: 'Use the closest supported duration, ratio, resolution or size',
		},
	],
	default: 'refuse',
	description: 'What to do if the model does not support a value',
};

export const costLimits: INodeProperties[] = [
	{
		displayName: 'Max Cost',
		name: 'maxCost',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 1,
		description:
			'Highest price of one video, in USD. If the price is higher or unknown, the item fails and nothing is created.',
	},
	{
		displayName: 'Max Cost of Run',
		name: 'maxRunCost',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 10,
		description:
			'Highest total price of the videos of all items, and of all rounds of a loop, in USD. An item that would exceed it fails and creates nothing.',
	},
];

export const fallbackOptions: INodeProperties[] = [
	{
		displayName: 'Fallback Models',
		name: 'fallbackModels',
		type: 'string',
		typeOptions: { rows: 2 },
		default: '',
		placeholder: 'e.g. kling-v3, veo-3.1-fast',
		description:
			'IDs of models to try, in order, if the chosen model is unknown, retired, disabled or has no provider. Separate them with commas or line breaks.',
	},
	{
		displayName: 'Fall Back When the Video Fails',
		name: 'fallbackOnFailure',
		type: 'boolean',
		default: false,
		description:
			'Whether to try the next fallback model if the provider fails to generate the video. The failed video may be charged too.',
		displayOptions: { hide: { '/waitMode': ['none'] } },
	},
];

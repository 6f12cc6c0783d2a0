import type { INodeProperties } from 'n8n-workflow';

/** Options that keep a request within what the model takes and what may be spent, and say what else to try. */

export const fallbackModels: INodeProperties = {
	displayName: 'Fallback Models',
	name: 'fallbackModels',
	type: 'string',
	typeOptions: { rows: 2 },
	default: '',
	placeholder: 'e.g. kling-v3, veo-3.1-fast',
	description:
		'IDs of models that stand in, in this order, when the chosen model is unknown, retired, disabled or has no provider left. Separate them with commas or line breaks.',
};

export const fallbackOnFailure: INodeProperties = {
	displayName: 'Fall Back When the Video Fails',
	name: 'fallbackOnFailure',
	type: 'boolean',
	default: false,
	description:
		'Whether a video that fails at the provider is ordered again from the next fallback model. The failed one may cost money too.',
};

export const maxCost: INodeProperties = {
	displayName: 'Max Cost',
	name: 'maxCost',
	type: 'number',
	typeOptions: { minValue: 0, numberPrecision: 4 },
	default: 1,
	description:
		'The most one video may cost, in USD. Where the price is higher, or cannot be known, no video is made.',
};

export const maxRunCost: INodeProperties = {
	displayName: 'Max Cost of Run',
	name: 'maxRunCost',
	type: 'number',
	typeOptions: { minValue: 0, numberPrecision: 4 },
	default: 10,
	description:
		'The most the videos of all items together may cost, in USD. Videos that would go above it are not made.',
};

export const unsupportedValues: INodeProperties = {
	displayName: 'Unsupported Values',
	name: 'unsupportedValues',
	type: 'options',
	options: [
		{
			name: 'Refuse',
			value: 'refuse',
			description: 'Make no video, and say what the model takes',
		},
		{
			name: 'Send Anyway',
			value: 'send',
			description: 'Let the server decide; what is known of models may be out of date',
		},
		{
			name: 'Use Nearest',
			value: 'nearest',
			description: 'Take the nearest duration, ratio, resolution or size that the model takes',
		},
	],
	default: 'refuse',
	description: 'What to do where the model does not take a value of this form',
};

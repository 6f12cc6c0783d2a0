import type { INodeProperties } from 'n8n-workflow';
import { fileName } from './shared';

/** What most users never need. */
export const generatingOptions: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options: [
		{
			displayName: 'Additional Parameters',
			name: 'additionalParameters',
			type: 'json',
			default: '{}',
			description:
				'Parameters of one model that this form does not have, as JSON. They are sent as they are and win over the form; prompt, model, duration and idempotency key cannot be set here.',
		},
		{
			displayName: 'Audio',
			name: 'audio',
			type: 'boolean',
			default: true,
			description: 'Whether the model should make sound, for models that let you choose',
		},
		fileName,
		{
			displayName: 'First Status Check (Seconds)',
			name: 'firstPoll',
			type: 'number',
			typeOptions: { minValue: 0, numberPrecision: 2 },
			default: 10,
			description:
				'How long to wait before the first look at a new video. Later pauses grow with the time waited.',
		},
		{
			displayName: 'Idempotency Key',
			name: 'idempotencyKey',
			type: 'string',
			default: '',
			description:
				'A key of your own: on Lumenfall the same key gives the same video, however often it is sent. Made for each item when empty.',
		},
		{
			displayName: 'Items at Once',
			name: 'itemsAtOnce',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: 100 },
			default: 5,
			description: 'How many videos are made side by side',
		},
		{
			displayName: 'Longest Pause Between Checks (Seconds)',
			name: 'maxPollInterval',
			type: 'number',
			typeOptions: { minValue: 0, numberPrecision: 2 },
			default: 15,
		},
		{
			displayName: 'Negative Prompt',
			name: 'negativePrompt',
			type: 'string',
			default: '',
			description: 'What should not be in the video, for models that take it',
		},
		{
			displayName: 'Seed',
			name: 'seed',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: 0,
			description: 'The same seed makes similar videos, for models that take it',
		},
		{
			displayName: 'Timeout (Seconds)',
			name: 'timeout',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 1800,
			description:
				'How long to wait for the video. After it the item ends with the ID, and the video can still be fetched.',
		},
		{
			displayName: 'User',
			name: 'user',
			type: 'string',
			default: '',
			description: 'A name for your end user, shown in the history of the server',
		},
	],
};

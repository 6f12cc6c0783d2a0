import type { INodeProperties } from 'n8n-workflow';
import {
	fallbackModels,
	fallbackOnFailure,
	maxCost,
	maxRunCost,
	unsupportedValues,
} from './costOptions';
import {
	imageFit,
	imageRole,
	lastFrame,
	lastFrameParameter,
	referenceImages,
} from './imageOptions';
import { fileName } from './common';
import { ifCannotPark, parkMinutes, webhookUrl } from './webhookOptions';

const cancelOnStop: INodeProperties = {
	displayName: 'Cancel Video on Stop',
	name: 'cancelOnStop',
	type: 'boolean',
	default: true,
	description: 'Whether stopping the execution also asks the server to stop making the video',
};

const firstPoll: INodeProperties = {
	displayName: 'First Status Check (Seconds)',
	name: 'firstPoll',
	type: 'number',
	typeOptions: { minValue: 0, numberPrecision: 2 },
	default: 10,
	description:
		'How long to wait before the first look at a new video. Later pauses grow with the time waited.',
};

/** For every operation that may take long for an item. */
export const itemsAtOnce: INodeProperties = {
	displayName: 'Items at Once',
	name: 'itemsAtOnce',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: 100 },
	default: 5,
	description: 'How many items are worked on side by side',
};

const maxPollInterval: INodeProperties = {
	displayName: 'Longest Pause Between Checks (Seconds)',
	name: 'maxPollInterval',
	type: 'number',
	typeOptions: { minValue: 0, numberPrecision: 2 },
	default: 15,
};

const queueCounts: INodeProperties = {
	displayName: 'Queue Counts Towards Timeout',
	name: 'queueCounts',
	type: 'boolean',
	default: true,
	description: 'Whether the time a video spends in the queue of the server is part of the timeout',
};

const timeout: INodeProperties = {
	displayName: 'Timeout (Seconds)',
	name: 'timeout',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: 1800,
	description:
		'How long to wait for the video. After it the item ends with the ID, and the video can still be fetched.',
};

/** How to wait, for every operation that waits. */
export const WAIT_OPTIONS: INodeProperties[] = [
	cancelOnStop,
	fileName,
	firstPoll,
	itemsAtOnce,
	maxPollInterval,
	queueCounts,
	timeout,
];

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
				'Parameters of one model that this form does not have, as JSON. They are sent as they are and win over the form; prompt, model, seconds and idempotency key cannot be set here.',
		},
		{
			displayName: 'Audio',
			name: 'audio',
			type: 'boolean',
			default: true,
			description: 'Whether the model should make sound, for models that let you choose',
		},
		cancelOnStop,
		fallbackOnFailure,
		fallbackModels,
		fileName,
		firstPoll,
		{
			displayName: 'Idempotency Key',
			name: 'idempotencyKey',
			type: 'string',
			default: '',
			description:
				'A key of your own: on Lumenfall the same key gives the same video, however often it is sent. Made for each item when empty.',
		},
		ifCannotPark,
		imageFit,
		imageRole,
		itemsAtOnce,
		lastFrame,
		lastFrameParameter,
		maxPollInterval,
		maxCost,
		maxRunCost,
		{
			displayName: 'Negative Prompt',
			name: 'negativePrompt',
			type: 'string',
			default: '',
			description: 'What should not be in the video, for models that take it',
		},
		parkMinutes,
		queueCounts,
		referenceImages,
		{
			displayName: 'Seed',
			name: 'seed',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: 0,
			description: 'The same seed makes similar videos, for models that take it',
		},
		timeout,
		unsupportedValues,
		{
			displayName: 'User',
			name: 'user',
			type: 'string',
			default: '',
			description: 'A name for your end user, shown in the history of the server',
		},
		webhookUrl,
	],
};

import type { INodeProperties } from 'n8n-workflow';
import { fileName, itemsAtOnce, publicLink } from './common';
import { costLimits, unsupportedValues } from './costOptions';

/** Groups of options. Each operation uses those it needs. */

/** Options that can change the price, or whether the model supports the request. */
export const modelOptions: INodeProperties[] = [
	{
		displayName: 'Additional Parameters',
		name: 'additionalParameters',
		type: 'json',
		default: '{}',
		description:
			"More parameters of the model, as JSON. They are sent unchanged and replace the values of other fields. 'Prompt', 'Model', 'Duration (Seconds)' and 'Idempotency Key' cannot be set here.",
	},
	{
		displayName: 'Audio',
		name: 'audio',
		type: 'boolean',
		default: true,
		description: 'Whether to generate audio, for models where it is optional',
	},
	{
		displayName: 'Negative Prompt',
		name: 'negativePrompt',
		type: 'string',
		default: '',
		description: 'What to avoid in the video, for models that support it',
	},
	{
		displayName: 'Seed',
		name: 'seed',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 0,
		description: 'Whole number. The same seed gives similar videos, for models that support it.',
	},
	unsupportedValues,
	itemsAtOnce,
];

/** References other than images, for every operation that generates a new video. */
export const referenceOptions: INodeProperties[] = [
	{
		displayName: 'Reference Audio',
		name: 'referenceAudio',
		type: 'string',
		default: '',
		placeholder: 'e.g. https://example.com/voice.mp3',
		description:
			'Public URLs of sounds for the video, separated by commas. Must be supported by the server and the model.',
	},
	{
		displayName: 'Reference Videos',
		name: 'referenceVideos',
		type: 'string',
		default: '',
		placeholder: 'e.g. https://example.com/dance.mp4',
		description:
			'Public URLs of videos that show what should appear or how it moves, separated by commas. Must be supported by the server and the model.',
	},
];

/** How to wait, for every operation that waits. */
export const waitOptions: INodeProperties[] = [
	{
		displayName: 'Cancel Video on Stop',
		name: 'cancelOnStop',
		type: 'boolean',
		default: true,
		description: 'Whether to cancel the video on the server when the execution is stopped',
	},
	{
		displayName: 'Initial Polling Delay (Seconds)',
		name: 'firstPoll',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 600 },
		default: 9,
		description:
			'Seconds before the first status check. The interval then grows with the time waited.',
		displayOptions: { hide: { '/waitMode': ['none'] } },
	},
	{
		displayName: 'Mark as Delivered',
		name: 'markDelivered',
		type: 'boolean',
		default: false,
		description:
			"Whether n8n remembers that this workflow has delivered the video. Get Many with 'Only Undelivered' then leaves it out.",
		displayOptions: { hide: { '/waitMode': ['none'] } },
	},
	{
		displayName: 'Max Polling Interval (Seconds)',
		name: 'maxPollInterval',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 600 },
		default: 30,
		description:
			'Longest time between two status checks, in seconds. If the server suggests a time, the node uses that, up to two minutes.',
		displayOptions: { hide: { '/waitMode': ['none'] } },
	},
	{
		displayName: 'Queue Counts Towards Timeout',
		name: 'queueCounts',
		type: 'boolean',
		default: true,
		description: "Whether the time in the server's queue counts towards the timeout",
		displayOptions: { hide: { '/waitMode': ['none'] } },
	},
	{
		displayName: 'Timeout (Seconds)',
		name: 'timeout',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 86_400 },
		default: 1800,
		description:
			'Seconds to wait for the video. Then the item fails with the video ID in the error, and the video can still be downloaded.',
	},
];

/** For operations that create a video: cost limits, waiting, and the identity of the request. */
export const createOptions: INodeProperties[] = [
	...modelOptions,
	...costLimits,
	...waitOptions,
	fileName,
	publicLink,
	{
		displayName: 'Idempotency Key',
		name: 'idempotencyKey',
		type: 'string',
		default: '',
		description:
			'Requests with the same key return the same video (Lumenfall only). Leave empty to generate one key per item.',
	},
	{
		displayName: 'User',
		name: 'user',
		type: 'string',
		default: '',
		description: 'End-user identifier passed to the server',
	},
];

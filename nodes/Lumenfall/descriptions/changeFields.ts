import type { INodeProperties } from 'n8n-workflow';
import { videoId } from './common';
import { createOptions } from './options';
import { model } from './videoFields';
import { webhookOptions } from './webhookOptions';

/** The fields of the operations that extend or edit an earlier video. */

export const sourceFields: INodeProperties[] = [
	{
		displayName: 'Video From',
		name: 'videoSource',
		type: 'options',
		options: [
			{ name: 'Binary File', value: 'binary', description: 'Use a video file of the input item' },
			{ name: 'URL', value: 'url', description: 'Use a public URL, which the server downloads' },
			{ name: 'Video ID', value: 'id', description: 'Use a video that this server generated' },
		],
		default: 'id',
		description: 'Source of the video. Which sources are possible depends on the server.',
	},
	{ ...videoId, required: false, displayOptions: { show: { videoSource: ['id'] } } },
	{
		displayName: 'Video URL',
		name: 'videoUrl',
		type: 'string',
		default: '={{ $json.url }}',
		placeholder: 'e.g. https://example.com/video.mp4',
		description: 'Public URL of an MP4 video',
		displayOptions: { show: { videoSource: ['url'] } },
	},
	{
		displayName: 'Input Binary Field',
		name: 'binaryPropertyName',
		type: 'string',
		default: 'data',
		typeOptions: { binaryDataProperty: true },
		hint: 'The name of the input binary field containing the video',
		displayOptions: { show: { videoSource: ['binary'] } },
	},
];

/** On most servers, the video ID determines the model. */
export const optionalModel: INodeProperties = {
	...model,
	default: { mode: 'list', value: '' },
	required: false,
	description:
		'Model that generates the video. Leave empty to use the model that made the video with this Video ID.',
};

export const changeOptions: INodeProperties[] = [
	...createOptions,
	...webhookOptions,
	{
		displayName: 'Input Link (Hours)',
		name: 'inputLinkHours',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 168, numberPrecision: 2 },
		default: 1,
		description:
			'Allow the server to download the input video from this n8n by a public link, if it supports only URLs. Anyone who has the link can download the file for so many hours. Requires a public URL of n8n (WEBHOOK_URL).',
	},
	{
		displayName: 'Send Video As',
		name: 'sendVideoAs',
		type: 'options',
		options: [
			{
				name: 'Automatic',
				value: 'automatic',
				description: 'Choose what the server is known to support',
			},
			{
				name: 'Edits or Extensions Route',
				value: 'changeRoute',
				description: 'Send to /videos/edits or /videos/extensions',
			},
			{
				name: 'Parameter extend_video_id',
				value: 'extendVideoId',
				description: 'Send the video ID, as Gemini requires it',
			},
			{
				name: 'Parameter input_reference',
				value: 'inputReference',
				description: 'Send the file, as vLLM-Omni and SGLang require it',
			},
			{
				name: 'Parameter input_references',
				value: 'inputReferences',
				description: 'Send the URL, as OpenRouter requires it',
			},
			{
				name: 'Parameter input_video',
				value: 'inputVideo',
				description: 'Send the URL, for some models of Lumenfall and some relays',
			},
			{
				name: 'Parameter media.source_video',
				value: 'sourceVideo',
				description: 'Send the URL, as Together requires it',
			},
			{
				name: 'Parameter previous_job_id',
				value: 'previousJobId',
				description: 'Send the video ID, as OpenRouter requires it',
			},
			{
				name: 'Parameter video_reference',
				value: 'videoReference',
				description: 'Send the URL, as vLLM-Omni requires it',
			},
			{
				name: 'Parameter video_uri',
				value: 'videoUri',
				description: 'Send the URL, as Bifrost requires it',
			},
			{
				name: 'Parameter video_url',
				value: 'videoUrl',
				description: 'Send the URL, for some models of Lumenfall and SGLang',
			},
			{
				name: 'Remix Route',
				value: 'remix',
				description: 'Send to /videos/{ID}/remix, for relays and proxies',
			},
		],
		default: 'automatic',
		description:
			'How the server is told of the input video. Choose a parameter only if the documentation of the server names it: a server that ignores it generates and charges for an ordinary video.',
	},
];

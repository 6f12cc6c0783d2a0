import type { INodeProperties } from 'n8n-workflow';
import { videoId } from './common';
import { createOptions } from './options';
import { optionalModel } from './videoFields';
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
export const modelOfChange = optionalModel(
	'Same as the video',
	'Model that generates the video. Leave empty to use the model that made the video with this Video ID.',
);

export const changeOptions: INodeProperties[] = [
	...createOptions,
	...webhookOptions,
	{
		displayName: 'Input Link (Hours)',
		name: 'inputLinkHours',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 168 },
		default: 1,
		description:
			'Allow the server to download the input video from this n8n by a public link, if it supports only URLs. Anyone who has the link can download the file for this number of hours. Requires a public URL of n8n (WEBHOOK_URL).',
	},
	{
		displayName: 'Send Video As',
		name: 'sendVideoAs',
		type: 'options',
		options: [
			{
				name: 'Automatic',
				value: 'automatic',
				description: 'Use what the server is known to support',
			},
			{
				name: 'Edits or Extensions Route',
				value: 'changeRoute',
				description: 'Send to /videos/edits or /videos/extensions',
			},
			{
				name: 'Extend Video ID',
				value: 'extendVideoId',
				description: 'Send the ID in extend_video_id, as Gemini requires',
			},
			{
				name: 'Input Reference',
				value: 'inputReference',
				description: 'Send the file in input_reference, as vLLM-Omni and SGLang require',
			},
			{
				name: 'Input References',
				value: 'inputReferences',
				description: 'Send the URL in input_references, as OpenRouter requires',
			},
			{
				name: 'Input Video',
				value: 'inputVideo',
				description: 'Send the URL in input_video, for some models of Lumenfall and some relays',
			},
			{
				name: 'Previous Job ID',
				value: 'previousJobId',
				description: 'Send the ID in previous_job_id, as OpenRouter requires',
			},
			{
				name: 'Remix Route',
				value: 'remix',
				description: 'Send to /videos/{ID}/remix, for relays and proxies',
			},
			{
				name: 'Source Video',
				value: 'sourceVideo',
				description: 'Send the URL in media.source_video, as Together requires',
			},
			{
				name: 'Video Reference',
				value: 'videoReference',
				description: 'Send the URL in video_reference, as vLLM-Omni requires',
			},
			{
				name: 'Video URI',
				value: 'videoUri',
				description: 'Send the URL in video_uri, as Bifrost requires',
			},
			{
				name: 'Video URL',
				value: 'videoUrl',
				description: 'Send the URL in video_url, for some models of Lumenfall and for SGLang',
			},
		],
		default: 'automatic',
		description:
			'How to send the input video to the server. Choose a parameter only if the documentation of the server names it: a server that ignores it generates and charges for an ordinary video.',
	},
];

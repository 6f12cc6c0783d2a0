import type { INodeProperties } from 'n8n-workflow';
import { fileName, outputBinaryField } from '../Lumenfall/descriptions/common';

/** All events that Lumenfall delivers: docs/protocols/lumenfall.md#webhooks. */
export const properties: INodeProperties[] = [
	{
		displayName:
			"Copy the production URL above into the option 'Webhook URL' of the Lumenfall node that creates the videos. The webhook URL is set per request; the Lumenfall account has no setting for it. It must be a public HTTPS URL on port 443 or 8443.",
		name: 'notice',
		type: 'notice',
		default: '',
	},
	{
		displayName: 'Events',
		name: 'events',
		type: 'multiOptions',
		options: [
			{ name: 'Video Cancelled', value: 'video.cancelled' },
			{ name: 'Video Completed', value: 'video.completed' },
			{ name: 'Video Failed', value: 'video.failed' },
		],
		default: ['video.completed'],
		required: true,
		description: 'Events that start the workflow',
	},
	{
		displayName: 'Download Video',
		name: 'download',
		type: 'boolean',
		default: true,
		description: 'Whether to download the file of a completed video',
	},
	{
		...outputBinaryField,
		displayOptions: { show: { download: [true] } },
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [fileName],
		displayOptions: { show: { download: [true] } },
	},
];

import type { INodeProperties } from 'n8n-workflow';
import { fileName, outputBinaryField } from './shared';

/** The form of Get and Download: operations on a video that was ordered before. */
export const existing: INodeProperties[] = [
	{
		displayName: 'Video ID',
		name: 'videoId',
		type: 'string',
		default: '={{ $json.id }}',
		required: true,
		placeholder: 'e.g. video_8f2k',
		description: 'The ID that a generating operation put out',
		displayOptions: { show: { resource: ['video'], operation: ['get', 'download'] } },
	},
	{
		...outputBinaryField,
		displayOptions: { show: { resource: ['video'], operation: ['download'] } },
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [fileName],
		displayOptions: { show: { resource: ['video'], operation: ['download'] } },
	},
];

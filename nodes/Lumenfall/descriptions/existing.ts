import type { INodeProperties } from 'n8n-workflow';
import { fileName, forOperations, outputBinaryField } from './shared';

const videoId: INodeProperties = {
	displayName: 'Video ID',
	name: 'videoId',
	type: 'string',
	default: '={{ $json.id }}',
	required: true,
	placeholder: 'e.g. video_8f2k',
	description: 'The ID that a generating operation put out',
};

const downloadOptions: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options: [fileName],
};

/** The form of Get and Download: operations on a video that was ordered before. */
export const existing: INodeProperties[] = [
	...forOperations(['get', 'download'], [videoId]),
	...forOperations(['download'], [outputBinaryField, downloadOptions]),
];

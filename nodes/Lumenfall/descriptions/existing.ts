import type { INodeProperties } from 'n8n-workflow';
import { itemsAtOnce, WAIT_OPTIONS } from './options';
import { fileName, forOperations, output, outputBinaryField } from './common';

const videoId: INodeProperties = {
	displayName: 'Video ID',
	name: 'videoId',
	type: 'string',
	default: '={{ $json.id }}',
	required: true,
	placeholder: 'e.g. video_8f2k',
	description: 'The ID that a generating operation put out',
};

const variant: INodeProperties = {
	displayName: 'Variant',
	name: 'variant',
	type: 'options',
	options: [
		{ name: 'Sprite Sheet', value: 'spritesheet', description: 'Many small frames in one picture' },
		{ name: 'Thumbnail', value: 'thumbnail', description: 'One frame as a picture' },
		{ name: 'Video', value: 'video' },
	],
	default: 'video',
	description: 'Which file to fetch. Only some servers have pictures of a video.',
};

function options(entries: INodeProperties[]): INodeProperties {
	return {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: entries,
	};
}

/** The form of the operations on a video that was ordered before. */
export const existing: INodeProperties[] = [
	...forOperations(['cancel', 'download', 'get', 'wait'], [videoId]),
	...forOperations(['download'], [variant, outputBinaryField, options([fileName, itemsAtOnce])]),
	...forOperations(
		['wait'],
		[
			output,
			{ ...outputBinaryField, displayOptions: { show: { output: ['file'] } } },
			options(WAIT_OPTIONS),
		],
	),
];

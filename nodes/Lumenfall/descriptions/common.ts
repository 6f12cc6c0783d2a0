import { updateDisplayOptions, type INodeProperties } from 'n8n-workflow';

/** Shows fields only for one operation, in addition to their own conditions. */
export function forOperation(
	resource: string,
	operation: string,
	fields: INodeProperties[],
): INodeProperties[] {
	return updateDisplayOptions({ show: { resource: [resource], operation: [operation] } }, fields);
}

/** Returns an 'Options' collection, in alphabetical order as n8n's guidelines require. */
export function optionsCollection(options: INodeProperties[]): INodeProperties {
	return collection('Options', 'Add option', options);
}

/** Returns a 'Filters' collection, in the same order. */
export function filtersCollection(filters: INodeProperties[]): INodeProperties {
	return collection('Filters', 'Add filter', filters);
}

function collection(
	displayName: string,
	placeholder: string,
	fields: INodeProperties[],
): INodeProperties {
	return {
		displayName,
		name: displayName.toLowerCase(),
		type: 'collection',
		placeholder,
		default: {},
		options: [...fields].sort((a, b) => a.displayName.localeCompare(b.displayName)),
	};
}

export const videoId: INodeProperties = {
	displayName: 'Video ID',
	name: 'videoId',
	type: 'string',
	default: '={{ $json.id }}',
	required: true,
	placeholder: 'e.g. video_8f2k',
	description: 'ID returned by a generate operation',
};

export const output: INodeProperties = {
	displayName: 'Output',
	name: 'output',
	type: 'options',
	options: [
		{ name: 'File', value: 'file', description: 'Download the video into a binary field' },
		{
			name: 'URL Only',
			value: 'url',
			description: 'Return the URL of the video without the file. The URL expires.',
		},
	],
	default: 'file',
	description: 'What to return for a completed video',
};

/**
 * Not required: if the display condition of a required field is an expression, n8n shows the field and blocks the
 * workflow.
 */
export const outputBinaryField: INodeProperties = {
	displayName: 'Put Output File in Field',
	name: 'outputBinaryField',
	type: 'string',
	default: 'data',
	hint: 'The name of the output binary field to put the file in',
};

/** For operations that can return a video as a file. */
export const outputFields: INodeProperties[] = [
	output,
	{ ...outputBinaryField, displayOptions: { show: { output: ['file'] } } },
];

export const fileName: INodeProperties = {
	displayName: 'File Name',
	name: 'fileName',
	type: 'string',
	default: '',
	placeholder: 'e.g. paper-boat.mp4',
	description: 'Name of the video file. Leave empty to use the prompt and the video ID.',
};

/** For every operation that outputs a file. */
export const publicLink: INodeProperties = {
	displayName: 'Public Link (Hours)',
	name: 'publicLinkHours',
	type: 'number',
	typeOptions: { minValue: 0, maxValue: 8760 },
	default: 24,
	description:
		'Also returns publicUrl, a link of this n8n to the file. Anyone who has it can download the file without a login for this number of hours, and it cannot be withdrawn. Requires a public URL of n8n (WEBHOOK_URL) and files that are not kept in memory.',
	displayOptions: { hide: { '/waitMode': ['none'], '/output': ['url'] } },
};

/** For operations that join clips. */
export const ifSoundDiffers: INodeProperties = {
	displayName: 'If Sound Differs',
	name: 'ifSoundDiffers',
	type: 'options',
	options: [
		{ name: 'Fail', value: 'refuse', description: 'Stop and name the clips that differ' },
		{ name: 'Leave Out', value: 'leaveOut', description: 'Make the differing clip silent' },
	],
	default: 'refuse',
	description: 'What to do if the sound format of a clip differs from that of the first clip',
};

/** For operations that may take a long time per item. */
export const itemsAtOnce: INodeProperties = {
	displayName: 'Items in Parallel',
	name: 'itemsAtOnce',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: 100 },
	default: 5,
	description: 'Number of items to process at the same time, from 1 to 100',
};

export const returnAllOrLimit: INodeProperties[] = [
	{
		displayName: 'Return All',
		name: 'returnAll',
		type: 'boolean',
		default: false,
		description: 'Whether to return all results or only up to a given limit',
	},
	{
		displayName: 'Limit',
		name: 'limit',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 50,
		description: 'Max number of results to return',
		displayOptions: { show: { returnAll: [false] } },
	},
];

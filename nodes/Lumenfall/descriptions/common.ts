import { updateDisplayOptions, type INodeProperties } from 'n8n-workflow';

export const outputBinaryField: INodeProperties = {
	displayName: 'Output Binary Field',
	name: 'outputBinaryField',
	type: 'string',
	default: 'data',
	required: true,
	hint: 'The name of the output field the video file goes to',
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
			description: 'Only the address of the video, which expires soon',
		},
	],
	default: 'file',
};

export const fileName: INodeProperties = {
	displayName: 'File Name',
	name: 'fileName',
	type: 'string',
	default: '',
	placeholder: 'e.g. paper-boat.mp4',
	description: 'Name of the video file. Made from the prompt and the ID when empty.',
};

/** Shows fields only for some operations, besides their own conditions. */
export function forOperations(
	operation: string[],
	fields: INodeProperties[],
	resource = 'video',
): INodeProperties[] {
	return updateDisplayOptions({ show: { resource: [resource], operation } }, fields);
}

import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { output, outputBinaryField } from './common';

/** The content and the shape of a video: the fields of every operation that creates or prices one. */

export const model: INodeProperties = {
	displayName: 'Model',
	name: 'model',
	type: 'resourceLocator',
	default: { mode: 'list', value: 'sora-2', cachedResultName: 'Sora 2' },
	required: true,
	description:
		'Model that generates the video. The list shows the lowest price in USD per second, the longest duration in seconds, and the supported inputs.',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			typeOptions: { searchListMethod: 'searchVideoModels', searchable: true },
		},
		{ displayName: 'By ID', name: 'id', type: 'string', placeholder: 'e.g. sora-2' },
	],
};

/** A model field that may be empty. The list says what is used then. */
export function optionalModel(ifEmpty: string, description: string): INodeProperties {
	return {
		...model,
		default: { mode: 'list', value: '' },
		required: false,
		description,
		modes: model.modes?.map((mode) =>
			mode.name === 'list' ? { ...mode, placeholder: ifEmpty } : mode,
		),
	};
}

export const prompt: INodeProperties = {
	displayName: 'Prompt',
	name: 'prompt',
	type: 'string',
	typeOptions: { rows: 4 },
	default: '',
	required: true,
	placeholder: 'e.g. A paper boat sails over a rain puddle, camera close to the water',
	description: 'What happens in the video, and how the camera moves',
};

const imageSources: INodePropertyOptions[] = [
	{
		name: 'Binary File',
		value: 'binary',
		description: 'Use a PNG, JPEG or WebP file of the input item',
	},
	{ name: 'URL', value: 'url', description: 'Use a public URL, which the server downloads' },
];

const imageSource: INodeProperties = {
	displayName: 'Image From',
	name: 'imageSource',
	type: 'options',
	options: imageSources,
	default: 'binary',
	description: 'Source of the image. The image becomes the first frame of the video.',
};

const imageFile: INodeProperties[] = [
	{
		displayName: 'Input Binary Field',
		name: 'binaryPropertyName',
		type: 'string',
		default: 'data',
		typeOptions: { binaryDataProperty: true },
		hint: 'The name of the input binary field containing the image',
		displayOptions: { show: { imageSource: ['binary'] } },
	},
	{
		displayName: 'Image URL',
		name: 'imageUrl',
		type: 'string',
		default: '',
		placeholder: 'e.g. https://example.com/image.jpg',
		description: 'Public URL of a PNG, JPEG or WebP image',
		displayOptions: { show: { imageSource: ['url'] } },
	},
];

export const imageFields: INodeProperties[] = [imageSource, ...imageFile];

/** For operations that support both text and images. */
export const optionalImageFields: INodeProperties[] = [
	{
		...imageSource,
		options: [
			...imageSources,
			{ name: 'None', value: 'none', description: 'Generate the video from the prompt alone' },
		],
		default: 'none',
	},
	...imageFile,
];

const ratios: INodePropertyOptions[] = [
	{ name: 'Custom Size', value: 'custom', description: 'Enter the width and height in pixels' },
	{ name: 'Landscape (16:9)', value: '16:9' },
	{ name: 'Model Default', value: 'modelDefault', description: 'Let the model decide' },
	{ name: 'Portrait (9:16)', value: '9:16' },
	{ name: 'Square (1:1)', value: '1:1' },
];

const sameAsImage: INodePropertyOptions = {
	name: 'Same as Image',
	value: 'sameAsImage',
	description: 'Use the supported ratio closest to that of the image (binary files only)',
};

/** Duration, shape and size of the video. */
function shapeFieldsWith(aspectRatios: INodePropertyOptions[]): INodeProperties[] {
	return [
		{
			displayName: 'Duration (Seconds)',
			name: 'seconds',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 8,
			description: 'Length of the video in seconds, billed per second. Sora 2 supports up to 20.',
		},
		{
			displayName: 'Aspect Ratio',
			name: 'aspectRatio',
			type: 'options',
			options: aspectRatios,
			default: '16:9',
			description: 'Shape of the video. Expressions can return any ratio, such as 4:3.',
		},
		{
			displayName: 'Custom Size',
			name: 'customSize',
			type: 'string',
			default: '',
			placeholder: 'e.g. 1280x720',
			description: 'Width x height of the video in pixels',
			displayOptions: { show: { aspectRatio: ['custom'] } },
		},
		{
			displayName: 'Resolution',
			name: 'resolution',
			type: 'options',
			options: [
				{ name: '1080p', value: '1080p' },
				{ name: '480p', value: '480p' },
				{ name: '720p', value: '720p' },
				{ name: 'Model Default', value: 'modelDefault', description: 'Let the model decide' },
			],
			default: 'modelDefault',
			description: 'Length of the shorter side in pixels. Sora 2 supports 720p only.',
			displayOptions: { hide: { aspectRatio: ['custom'] } },
		},
	];
}

export const shapeFields = shapeFieldsWith(ratios);

/** The same for operations with an image. */
export const shapeFieldsWithImage = shapeFieldsWith(
	[...ratios, sameAsImage].sort((a, b) => a.name.localeCompare(b.name)),
);

export const waitMode: INodeProperties = {
	displayName: 'Wait',
	name: 'waitMode',
	type: 'options',
	options: [
		{
			name: 'Until the Video Is Ready',
			value: 'poll',
			description: 'Checks the status until the video is ready, then returns it',
		},
		{
			name: 'On Webhook Call',
			value: 'webhook',
			description:
				'Suspends the execution until the server calls n8n. Requires Lumenfall or OpenRouter, and a public HTTPS URL of n8n.',
		},
		{
			name: 'Do Not Wait',
			value: 'none',
			description: 'Returns the video ID immediately. Get the file later with Wait or Download.',
		},
	],
	default: 'poll',
	description: 'How to wait for the video',
};

/** How a generate operation waits, and what it returns. */
export const waitFields: INodeProperties[] = [
	waitMode,
	{ ...output, displayOptions: { show: { waitMode: ['poll', 'webhook'] } } },
	{
		...outputBinaryField,
		displayOptions: { show: { waitMode: ['poll', 'webhook'], output: ['file'] } },
	},
];

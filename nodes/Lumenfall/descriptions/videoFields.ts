import type { INodeProperties } from 'n8n-workflow';
import { generatingOptions } from './options';
import { GENERATING } from './menu';
import { forOperations, output, outputBinaryField } from './common';

export const image: INodeProperties[] = [
	{
		displayName: 'Image From',
		name: 'imageSource',
		type: 'options',
		options: [
			{
				name: 'Binary File',
				value: 'binary',
				description: 'A PNG, JPEG or WebP file that comes with the item',
			},
			{
				name: 'URL',
				value: 'url',
				description: 'A picture the server can open without a login',
			},
		],
		default: 'binary',
		description: 'Where the picture comes from that the video starts on',
	},
	{
		displayName: 'Input Binary Field',
		name: 'binaryPropertyName',
		type: 'string',
		default: 'data',
		required: true,
		typeOptions: { binaryDataProperty: true },
		hint: 'The name of the input field containing the picture',
		displayOptions: { show: { imageSource: ['binary'] } },
	},
	{
		displayName: 'Image URL',
		name: 'imageUrl',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. https://example.com/picture.jpg',
		displayOptions: { show: { imageSource: ['url'] } },
	},
];

export const shape: INodeProperties[] = [
	{
		displayName: 'Duration (Seconds)',
		name: 'seconds',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 8,
		description: 'How long the video is. You pay per second. Sora 2 makes up to 20 seconds.',
	},
	{
		displayName: 'Aspect Ratio',
		name: 'aspectRatio',
		type: 'options',
		options: [
			{ name: 'Custom Size', value: 'custom', description: 'Enter width and height' },
			{ name: 'Landscape (16:9)', value: '16:9' },
			{ name: 'Model Default', value: 'modelDefault', description: 'Let the model choose' },
			{ name: 'Portrait (9:16)', value: '9:16' },
			{
				name: 'Same as Image',
				value: 'sameAsImage',
				description: 'The ratio of the model that is nearest to the picture',
				displayOptions: { show: { operation: ['compare', 'estimateCost', 'imageToVideo'] } },
			},
			{ name: 'Square (1:1)', value: '1:1' },
		],
		default: '16:9',
	},
	{
		displayName: 'Custom Size',
		name: 'customSize',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. 1280x720',
		description: 'Width x height in pixels',
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
			{ name: 'Model Default', value: 'modelDefault', description: 'Let the model choose' },
		],
		default: 'modelDefault',
		description: 'The length of the shorter side. Sora 2 makes 720p.',
		displayOptions: { hide: { aspectRatio: ['custom'] } },
	},
];

const waiting: INodeProperties[] = [
	{
		displayName: 'Wait',
		name: 'waitMode',
		type: 'options',
		options: [
			{
				name: 'Until the Video Is Ready',
				value: 'poll',
				description: 'The next node receives the finished video',
			},
			{
				name: 'Parked Until the Server Calls',
				value: 'webhook',
				description:
					'Takes no worker and no memory meanwhile, and survives a restart of n8n. Lumenfall only; n8n needs a public HTTPS address.',
			},
			{
				name: 'Do Not Wait',
				value: 'none',
				description:
					'The next node receives the ID; fetch the video later with Wait, or Get and Download',
			},
		],
		default: 'poll',
	},
	{ ...output, displayOptions: { show: { waitMode: ['poll', 'webhook'] } } },
];

export const subject: INodeProperties[] = [
	{
		displayName: 'Model',
		name: 'model',
		type: 'resourceLocator',
		default: { mode: 'list', value: 'sora-2', cachedResultName: 'Sora 2' },
		required: true,
		description: 'The model that makes the video. The list shows what your key can use now.',
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				typeOptions: { searchListMethod: 'searchVideoModels', searchable: true },
			},
			{ displayName: 'By ID', name: 'id', type: 'string', placeholder: 'e.g. sora-2' },
		],
	},
	{
		displayName: 'Prompt',
		name: 'prompt',
		type: 'string',
		typeOptions: { rows: 4 },
		default: '',
		required: true,
		placeholder: 'e.g. A paper boat sails over a rain puddle, camera close to the water',
		description: 'What happens in the video, and how the camera moves',
	},
];

/** The form of Text to Video and Image to Video. */
export const generating: INodeProperties[] = [
	...forOperations(GENERATING, subject),
	...forOperations(['imageToVideo'], image),
	...forOperations(GENERATING, [
		...shape,
		...waiting,
		{
			...outputBinaryField,
			displayOptions: { show: { waitMode: ['poll', 'webhook'], output: ['file'] } },
		},
		generatingOptions,
	]),
];

import type { INodeProperties } from 'n8n-workflow';

/** Options about the input images of a video. */
export const imageOptions: INodeProperties[] = [
	{
		displayName: 'Image Fit',
		name: 'imageFit',
		type: 'options',
		options: [
			{ name: 'As Is', value: 'asIs', description: 'Send the image unchanged' },
			{
				name: 'Crop to Fill',
				value: 'crop',
				description: 'Fill the whole frame and cut off what is outside it',
			},
			{ name: 'Pad', value: 'pad', description: 'Keep the whole image and add black bars' },
		],
		default: 'asIs',
		description:
			'How to resize the image to the exact video size. Some servers reject any other size. Applies to binary files, not to URLs.',
	},
	{
		displayName: 'Image Role',
		name: 'imageRole',
		type: 'options',
		options: [
			{ name: 'First Frame', value: 'firstFrame', description: 'The video starts with the image' },
			{
				name: 'Reference',
				value: 'reference',
				description: 'The image shows what should appear somewhere in the video',
			},
		],
		default: 'firstFrame',
		description:
			'How the model uses the image. References must be supported by the server and the model.',
		displayOptions: { hide: { '/imageSource': ['none'] } },
	},
	{
		displayName: 'Last Frame',
		name: 'lastFrame',
		type: 'string',
		default: '',
		placeholder: 'e.g. end',
		description:
			'Image the video ends with: the name of an input binary field, or a URL. Must be supported by the server and the model.',
	},
	{
		displayName: 'Last Frame Parameter',
		name: 'lastFrameParameter',
		type: 'string',
		default: '',
		placeholder: 'e.g. end_image_url',
		description:
			"Name of the model's own parameter for the last frame. Required with Last Frame on Lumenfall and other servers with OpenAI's fields, which have no common name for it. OpenRouter does not need it.",
	},
	{
		displayName: 'Reference Images',
		name: 'referenceImages',
		type: 'string',
		default: '',
		placeholder: 'e.g. product, logo',
		description:
			'Further images of what should appear in the video: names of input binary fields or URLs, separated by commas. Must be supported by the server and the model.',
	},
];

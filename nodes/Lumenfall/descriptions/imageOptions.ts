import type { INodeProperties } from 'n8n-workflow';

const forPictures = { show: { '/operation': ['compare', 'estimateCost', 'imageToVideo'] } };

export const imageFit: INodeProperties = {
	displayName: 'Image Fit',
	name: 'imageFit',
	type: 'options',
	options: [
		{
			name: 'As Is',
			value: 'asIs',
			description: 'Send the picture unchanged and let the server fit it',
		},
		{
			name: 'Crop to Fill',
			value: 'crop',
			description: 'Cut off what does not fit the shape of the video',
		},
		{ name: 'Pad', value: 'pad', description: 'Keep all of the picture and add black bars' },
	],
	default: 'asIs',
	description:
		'How the picture gets exactly the size of the video. Some servers refuse any other size. Works on binary files, not on URLs.',
	displayOptions: forPictures,
};

export const imageRole: INodeProperties = {
	displayName: 'Image Role',
	name: 'imageRole',
	type: 'options',
	options: [
		{ name: 'First Frame', value: 'firstFrame', description: 'The video starts on the picture' },
		{
			name: 'Reference',
			value: 'reference',
			description: 'The picture shows what should appear somewhere in the video',
		},
	],
	default: 'firstFrame',
	description: 'What the picture is to the video. A reference needs a server and a model for it.',
	displayOptions: forPictures,
};

export const lastFrame: INodeProperties = {
	displayName: 'Last Frame',
	name: 'lastFrame',
	type: 'string',
	default: '',
	placeholder: 'e.g. end',
	description:
		'The picture the video ends on: the name of an input field, or a URL. For servers and models that take one.',
	displayOptions: forPictures,
};

export const lastFrameParameter: INodeProperties = {
	displayName: 'Last Frame Parameter',
	name: 'lastFrameParameter',
	type: 'string',
	default: '',
	placeholder: 'e.g. end_image_url',
	description:
		"What the model's page calls its last frame. Needed on Lumenfall and OpenAI's contract, which have no common field for one, and not on OpenRouter.",
	displayOptions: forPictures,
};

export const referenceImages: INodeProperties = {
	displayName: 'Reference Images',
	name: 'referenceImages',
	type: 'string',
	default: '',
	placeholder: 'e.g. product, logo',
	description:
		'Further pictures of what should appear in the video: names of input fields or URLs, with commas between them. For servers and models that take them.',
	displayOptions: forPictures,
};

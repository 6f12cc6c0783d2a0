import type { INodeProperties } from 'n8n-workflow';

const forPictures = { show: { '/operation': ['imageToVideo'] } };

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

import type { INodeProperties } from 'n8n-workflow';
import { ifSoundDiffers } from './common';
import { imageOptions } from './imageOptions';
import { optionalModel } from './videoFields';

/** The fields of a storyboard: its scenes, and how they become one video. */

export const sceneFields: INodeProperties[] = [
	{
		displayName: 'Scenes From',
		name: 'scenesFrom',
		type: 'options',
		options: [
			{ name: 'List', value: 'list', description: 'Enter the scenes one by one' },
			{
				name: 'Text',
				value: 'text',
				description: 'Enter the scenes as text or JSON, or from an expression or an AI tool',
			},
		],
		default: 'list',
		description: 'How to enter the scenes',
	},
	{
		displayName: 'Scenes',
		name: 'scenes',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true, sortable: true },
		placeholder: 'Add Scene',
		default: {},
		description:
			'Up to 50 scenes. Each is generated and charged as a separate video, all in parallel. The videos are then joined.',
		displayOptions: { show: { scenesFrom: ['list'] } },
		options: [
			{
				displayName: 'Scene',
				name: 'scene',
				values: [
					{
						displayName: 'Prompt',
						name: 'prompt',
						type: 'string',
						typeOptions: { rows: 2 },
						default: '',
						placeholder: 'e.g. The boat reaches the sea at sunset',
						description: 'What happens in the scene, and how the camera moves',
					},
					{
						displayName: 'Duration (Seconds)',
						name: 'seconds',
						type: 'number',
						typeOptions: { minValue: 0 },
						default: 0,
						description:
							'Length of the scene in seconds. 0 uses the duration that is set for all scenes.',
					},
					optionalModel(
						'Same for all scenes',
						'Leave empty to use the model that is set for all scenes',
					),
					{
						displayName: 'Image',
						name: 'image',
						type: 'string',
						default: '',
						placeholder: 'e.g. data',
						description:
							'Image the scene starts with: the name of an input binary field, or a URL. Leave empty to use the image that is set for all scenes.',
					},
				],
			},
		],
	},
	{
		displayName: 'Scenes',
		name: 'sceneList',
		type: 'string',
		typeOptions: { rows: 6 },
		default: '',
		placeholder:
			'e.g. ["A paper boat in the rain", { "prompt": "It reaches the sea", "seconds": 4 }]',
		description:
			'Up to 50 scenes: a list of prompts, or of objects with prompt, seconds, model and image, or text with one scene per line. Each is generated and charged as a separate video.',
		displayOptions: { show: { scenesFrom: ['text'] } },
	},
	{
		displayName: 'Style',
		name: 'style',
		type: 'string',
		typeOptions: { rows: 2 },
		default: '',
		placeholder: 'e.g. Watercolor, soft morning light',
		description: 'Put in front of the prompt of every scene, so that all scenes look alike',
	},
];

export const sceneOptions: INodeProperties[] = [
	// A last frame belongs to one scene. References and 'Image Fit' are the same for all scenes.
	...imageOptions.filter(({ name }) => !['lastFrame', 'lastFrameParameter'].includes(name)),
	ifSoundDiffers,
	{
		displayName: 'Clip Field Prefix',
		name: 'clipFieldPrefix',
		type: 'string',
		default: 'clip_',
		placeholder: 'e.g. clip_',
		description:
			'Also outputs the clip of each scene, in binary fields with this prefix and the number of the scene',
	},
	{
		displayName: 'Continue From the Previous Scene',
		name: 'continueScenes',
		type: 'boolean',
		default: false,
		description:
			'Whether each scene continues the video of the scene before. The scenes are then generated one after the other. Requires a server that can extend its videos.',
	},
	{
		displayName: 'If a Scene Fails',
		name: 'ifSceneFails',
		type: 'options',
		options: [
			{
				name: 'Fail',
				value: 'fail',
				description: 'The item fails. A retry creates only the scenes that have no video.',
			},
			{ name: 'Leave Out', value: 'leaveOut', description: 'Join the other scenes' },
		],
		default: 'fail',
		description: 'What to do if a scene has no video',
	},
];

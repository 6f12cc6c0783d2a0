import type { INodeProperties } from 'n8n-workflow';

/** The operations that order a new video. */
export const GENERATING = ['textToVideo', 'imageToVideo'];

/** Resource and operation. */
export const menu: INodeProperties[] = [
	{
		displayName: 'Resource',
		name: 'resource',
		type: 'options',
		noDataExpression: true,
		options: [
			{ name: 'Account', value: 'account' },
			{ name: 'Model', value: 'model' },
			{ name: 'Video', value: 'video' },
		],
		default: 'video',
	},
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['video'] } },
		options: [
			{
				name: 'Cancel',
				value: 'cancel',
				description: 'Ask the server to stop making a video',
				action: 'Cancel video',
			},
			{
				name: 'Compare Models',
				value: 'compare',
				description: 'Generate a video with several models at once, to see them side by side',
				action: 'Compare models',
			},
			{
				name: 'Download',
				value: 'download',
				description: 'Fetch the file of a finished video',
				action: 'Download video',
			},
			{
				name: 'Estimate Cost',
				value: 'estimateCost',
				description: 'Ask what a video would cost, without making it',
				action: 'Estimate cost of video',
			},
			{
				name: 'Get',
				value: 'get',
				description: 'Look up the status, address and cost of a video',
				action: 'Get video',
			},
			{
				name: 'Get Many',
				value: 'getAll',
				description: 'List the videos of the account',
				action: 'Get many videos',
			},
			{
				name: 'Image to Video',
				value: 'imageToVideo',
				description: 'Generate a video that starts on a picture',
				action: 'Generate video from image',
			},
			{
				name: 'Text to Video',
				value: 'textToVideo',
				description: 'Generate a video from a prompt',
				action: 'Generate video from text',
			},
			{
				name: 'Wait',
				value: 'wait',
				description: 'Wait until a video that was ordered before is ready',
				action: 'Wait for video',
			},
		],
		default: 'textToVideo',
	},
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['model'] } },
		options: [
			{
				name: 'Get',
				value: 'get',
				description: 'Look up what a model takes and costs',
				action: 'Get model',
			},
			{
				name: 'Get Many',
				value: 'getAll',
				description: 'List the video models of the server with what they take and cost',
				action: 'Get many models',
			},
		],
		default: 'getAll',
	},
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['account'] } },
		options: [
			{
				name: 'Get Balance',
				value: 'getBalance',
				description: 'Look up the money left on the account',
				action: 'Get balance of account',
			},
		],
		default: 'getBalance',
	},
];

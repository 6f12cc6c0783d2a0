import type { INodeProperties } from 'n8n-workflow';
import * as cancel from './cancel.operation';
import * as compare from './compare.operation';
import * as download from './download.operation';
import * as edit from './edit.operation';
import * as estimateCost from './estimateCost.operation';
import * as extend from './extend.operation';
import * as get from './get.operation';
import * as getAll from './getAll.operation';
import * as imageToVideo from './imageToVideo.operation';
import * as join from './join.operation';
import * as storyboard from './storyboard.operation';
import * as textToVideo from './textToVideo.operation';
import * as wait from './wait.operation';

export const operations = {
	cancel,
	compare,
	download,
	edit,
	estimateCost,
	extend,
	get,
	getAll,
	imageToVideo,
	join,
	storyboard,
	textToVideo,
	wait,
};

export const description: INodeProperties[] = [
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
				description: 'Cancel a video that is queued or running, and return its status',
				action: 'Cancel video',
			},
			{
				name: 'Compare Models',
				value: 'compare',
				description: 'Generate the same video with several models in parallel',
				action: 'Compare models',
			},
			{
				name: 'Download',
				value: 'download',
				description: 'Download the file of a completed video',
				action: 'Download video',
			},
			{
				name: 'Edit',
				value: 'edit',
				description: 'Change or upscale a video',
				action: 'Edit video',
			},
			{
				name: 'Estimate Cost',
				value: 'estimateCost',
				description: 'Get the price of a video without creating it',
				action: 'Estimate cost of video',
			},
			{
				name: 'Extend',
				value: 'extend',
				description: 'Continue a video after its end',
				action: 'Extend video',
			},
			{
				name: 'Get',
				value: 'get',
				description: 'Get the status, URL and cost of a video',
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
				description: 'Generate a video from an image and a prompt',
				action: 'Generate video from image',
			},
			{
				name: 'Join',
				value: 'join',
				description: 'Join clips into one video file, without re-encoding and without a credential',
				action: 'Join videos',
			},
			{
				name: 'Storyboard',
				value: 'storyboard',
				description: 'Generate several scenes in parallel, and join them into one video',
				action: 'Generate video from storyboard',
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
				description: 'Wait for a video that was created earlier, and return it',
				action: 'Wait for video',
			},
		],
		default: 'textToVideo',
	},
	...Object.values(operations).flatMap((operation) => operation.description),
];

import type { INodeProperties } from 'n8n-workflow';
import type { Operation } from '../../context';
import { changeOptions, modelOfChange, sourceFields } from '../../descriptions/changeFields';
import { forOperation, optionsCollection } from '../../descriptions/common';
import { prompt, waitFields } from '../../descriptions/videoFields';
import { generateVideo } from './generate/generateVideo';

const upscaleOptions: INodeProperties[] = [
	{
		displayName: 'Creativity',
		name: 'creativity',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 100 },
		default: 1,
		description:
			"How much detail an upscaling model adds. The operation 'Get' of the resource 'Model' returns its levels.",
	},
	{
		displayName: 'Upscale Factor',
		name: 'upscaleFactor',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 100 },
		default: 2,
		description: 'How many times larger an upscaling model makes the video',
	},
];

export const description: INodeProperties[] = forOperation('video', 'edit', [
	...sourceFields,
	modelOfChange,
	{
		...prompt,
		required: false,
		placeholder: 'e.g. The same scene at night, in the rain',
		description: 'What to change in the video. Not required for models that upscale videos.',
	},
	{
		displayName: 'Duration (Seconds)',
		name: 'seconds',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 0,
		description: 'Length of the new video in seconds. 0 keeps the length of the video.',
	},
	...waitFields,
	optionsCollection([...changeOptions, ...upscaleOptions]),
]);

/** Makes another version of an earlier video. */
export const execute: Operation = generateVideo;

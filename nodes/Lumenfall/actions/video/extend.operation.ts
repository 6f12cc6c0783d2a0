import type { INodeProperties } from 'n8n-workflow';
import type { Operation } from '../../context';
import { changeOptions, modelOfChange, sourceFields } from '../../descriptions/changeFields';
import { forOperation, optionsCollection } from '../../descriptions/common';
import { prompt, waitFields } from '../../descriptions/videoFields';
import { generateVideo } from './generate/generateVideo';

export const description: INodeProperties[] = forOperation('video', 'extend', [
	...sourceFields,
	modelOfChange,
	{
		...prompt,
		placeholder: 'e.g. The boat drifts out to sea, the camera rises',
		description: 'What happens after the end of the video',
	},
	{
		displayName: 'Duration (Seconds)',
		name: 'seconds',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 8,
		description: 'Seconds to add to the video, billed per second',
	},
	...waitFields,
	optionsCollection(changeOptions),
]);

/** Makes an earlier video longer. */
export const execute: Operation = generateVideo;

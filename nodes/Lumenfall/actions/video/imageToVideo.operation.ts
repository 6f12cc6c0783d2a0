import type { INodeProperties } from 'n8n-workflow';
import type { Operation } from '../../context';
import { forOperation, optionsCollection } from '../../descriptions/common';
import { fallbackOptions } from '../../descriptions/costOptions';
import { imageOptions } from '../../descriptions/imageOptions';
import { createOptions, referenceOptions } from '../../descriptions/options';
import {
	imageFields,
	model,
	prompt,
	shapeFieldsWithImage,
	waitFields,
} from '../../descriptions/videoFields';
import { webhookOptions } from '../../descriptions/webhookOptions';
import { generateVideo } from './generate/generateVideo';

const PROMPT =
	'What happens in the video, and how the camera moves. Some models on OpenRouter need only the image.';

export const description: INodeProperties[] = forOperation('video', 'imageToVideo', [
	model,
	{
		...prompt,
		required: false,
		placeholder: 'e.g. The camera circles the product slowly, soft light moves over it',
		description: PROMPT,
	},
	...imageFields,
	...shapeFieldsWithImage,
	...waitFields,
	optionsCollection([
		...createOptions,
		...referenceOptions,
		...imageOptions,
		...fallbackOptions,
		...webhookOptions,
	]),
]);

/** Generates a video from an image and a prompt. */
export const execute: Operation = generateVideo;

import type { INodeProperties } from 'n8n-workflow';
import type { Operation } from '../../context';
import { forOperation, optionsCollection } from '../../descriptions/common';
import { fallbackOptions } from '../../descriptions/costOptions';
import { imageOptions } from '../../descriptions/imageOptions';
import { createOptions } from '../../descriptions/options';
import {
	imageFields,
	model,
	prompt,
	shapeFieldsWithImage,
	waitFields,
} from '../../descriptions/videoFields';
import { webhookOptions } from '../../descriptions/webhookOptions';
import { generateVideo } from './generateVideo';

export const description: INodeProperties[] = forOperation('video', 'imageToVideo', [
	model,
	prompt,
	...imageFields,
	...shapeFieldsWithImage,
	...waitFields,
	optionsCollection([...createOptions, ...imageOptions, ...fallbackOptions, ...webhookOptions]),
]);

/** Generates a video from an image and a prompt. */
export const execute: Operation = generateVideo;

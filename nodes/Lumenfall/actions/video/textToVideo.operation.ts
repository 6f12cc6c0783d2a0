import type { INodeProperties } from 'n8n-workflow';
import type { Operation } from '../../context';
import { forOperation, optionsCollection } from '../../descriptions/common';
import { fallbackOptions } from '../../descriptions/costOptions';
import { createOptions, referenceOptions } from '../../descriptions/options';
import { model, prompt, shapeFields, waitFields } from '../../descriptions/videoFields';
import { webhookOptions } from '../../descriptions/webhookOptions';
import { generateVideo } from './generate/generateVideo';

export const description: INodeProperties[] = forOperation('video', 'textToVideo', [
	model,
	prompt,
	...shapeFields,
	...waitFields,
	optionsCollection([...createOptions, ...referenceOptions, ...fallbackOptions, ...webhookOptions]),
]);

/** Generates a video from a prompt. */
export const execute: Operation = generateVideo;

import type { INodeProperties } from 'n8n-workflow';
import { image, shape, subject } from './videoFields';
import { generatingOptions } from './options';
import { forOperations } from './common';

/** A video is made from text or from a picture, and may cost differently. */
export const imageIfAny: INodeProperties[] = image.map((field) =>
	field.name === 'imageSource'
		? {
				...field,
				options: [
					...(field.options ?? []),
					{ name: 'None', value: 'none', description: 'The video is made from the prompt alone' },
				],
				default: 'none',
			}
		: field,
);

/** What can change the price, or whether the model takes the request. */
const OPTIONS = [
	'additionalParameters',
	'audio',
	'imageFit',
	'imageRole',
	'itemsAtOnce',
	'lastFrame',
	'lastFrameParameter',
	'negativePrompt',
	'referenceImages',
	'seed',
	'unsupportedValues',
];

/** The form of Estimate Cost: that of generating, without what comes after the order. */
export const estimating: INodeProperties[] = forOperations(
	['estimateCost'],
	[
		...subject,
		...imageIfAny,
		...shape,
		{
			...generatingOptions,
			options: (generatingOptions.options ?? []).filter(({ name }) => OPTIONS.includes(name)),
		},
	],
);

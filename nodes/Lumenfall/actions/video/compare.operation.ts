import type { INodeProperties } from 'n8n-workflow';
import { comparisonErrors } from '../../comparison/comparisonErrors';
import { marksOf } from '../../comparison/metrics';
import { storePage } from '../../comparison/storePage';
import type { Operation } from '../../context';
import { toDeliveredItem } from '../../deliver/deliverVideo';
import { publicUrlOf, requirePublicLinks } from '../../deliver/publicLink';
import { forOperation, optionsCollection, outputFields } from '../../descriptions/common';
import { imageOptions } from '../../descriptions/imageOptions';
import { createOptions, referenceOptions } from '../../descriptions/options';
import {
	model,
	optionalImageFields,
	prompt,
	shapeFieldsWithImage,
} from '../../descriptions/videoFields';
import { readComparisonInput } from '../../parameters/comparisonInput';
import { formOf } from '../../parameters/form';
import { createCompared } from './createCompared';

const modelFields: INodeProperties[] = [
	{
		displayName: 'Models From',
		name: 'modelsFrom',
		type: 'options',
		options: [
			{ name: 'List', value: 'list', description: 'Choose two to eight models' },
			{
				name: 'Text',
				value: 'text',
				description: 'Enter model IDs as text, or from an expression or an AI tool',
			},
		],
		default: 'list',
		description: 'How to select the models',
	},
	{
		displayName: 'Models',
		name: 'models',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true, sortable: true },
		placeholder: 'Add Model',
		default: {
			model: [
				{ model: { __rl: true, mode: 'list', value: 'sora-2', cachedResultName: 'Sora 2' } },
				{
					model: {
						__rl: true,
						mode: 'list',
						value: 'veo-3.1-fast',
						cachedResultName: 'Veo 3.1 Fast',
					},
				},
			],
		},
		description:
			'Two to eight models. Each generates one video, all in parallel, and each video is charged.',
		displayOptions: { show: { modelsFrom: ['list'] } },
		options: [{ displayName: 'Model', name: 'model', values: [model] }],
	},
	{
		displayName: 'Models',
		name: 'modelIds',
		type: 'string',
		default: '',
		placeholder: 'e.g. sora-2, veo-3.1-fast, kling-v3',
		description:
			'IDs of two to eight models, separated by commas. Each generates one video, all in parallel, and each video is charged.',
		displayOptions: { show: { modelsFrom: ['text'] } },
	},
];

const pageFields: INodeProperties[] = [
	{
		displayName: 'Comparison Page',
		name: 'comparisonPage',
		type: 'boolean',
		default: true,
		description:
			'Whether to add a web page that compares all videos to the first item, as one HTML file. To view it, select Download on the Binary tab of the output and open the file in a browser.',
	},
	{
		displayName: 'Put Comparison Page in Field',
		name: 'pageBinaryField',
		type: 'string',
		default: 'page',
		hint: 'The name of the output binary field of the first item to put the page in',
		displayOptions: { show: { comparisonPage: [true] } },
	},
];

export const description: INodeProperties[] = forOperation('video', 'compare', [
	...modelFields,
	prompt,
	...optionalImageFields,
	...shapeFieldsWithImage,
	...outputFields,
	...pageFields,
	optionsCollection([...createOptions, ...referenceOptions, ...imageOptions]),
]);

/**
 * Generates one video with each of several models in parallel, and returns one item per model in the given order. If a
 * model fails or does not support the request, its item contains the reason. The comparison fails only if all models
 * fail.
 */
export const execute: Operation = async (context) => {
	const { execution, stop } = context;
	const input = readComparisonInput(formOf(context));
	const { target, pageField } = input;
	const linkHours = target?.publicLinkHours;
	await requirePublicLinks(execution, linkHours);
	const { requested, videos } = await createCompared(context, input);
	const models = await Promise.all(videos);
	stop.throwIfStopped();
	const failures = models.flatMap(({ model, failure }) => (failure ? { model, failure } : []));
	if (failures.length === models.length) throw comparisonErrors.allModelsFailed(failures);

	const marks = marksOf(models.map(({ metrics }) => metrics));
	const compared = models.map((video, index) => ({ ...video, marks: marks[index] }));
	const [first, ...others] = compared.map(({ model, metrics, marks: own, file }, index) => {
		const comparison = { model, position: index + 1, of: compared.length, marks: own };
		return toDeliveredItem(context, { json: { ...metrics, comparison }, file }, target);
	});
	const page = pageField && (await storePage(execution, compared, requested));
	if (!page) return [first, ...others];
	const { publicUrl: pagePublicUrl } = publicUrlOf(execution, page, linkHours);
	const json = { ...first.json, ...(pagePublicUrl && { pagePublicUrl }) };
	return [{ ...first, json, binary: { ...first.binary, [pageField]: page } }, ...others];
};

import type { INodeProperties } from 'n8n-workflow';
import { toModelItem } from '../../models/modelItem';
import { withRetry } from '../../transport/retry';
import type { Operation } from '../../context';
import { filtersCollection, forOperation, returnAllOrLimit } from '../../descriptions/common';
import { formOf } from '../../parameters/form';
import { readModelFilters } from '../../parameters/filters';
import { listModelInfo } from '../../models/lookUp';

export const description: INodeProperties[] = forOperation('model', 'getAll', [
	...returnAllOrLimit,
	filtersCollection([
		{
			displayName: 'Mode',
			name: 'mode',
			type: 'options',
			options: [
				{ name: 'Any', value: 'any' },
				{ name: 'Image to Video', value: 'image-to-video' },
				{ name: 'Text to Video', value: 'text-to-video' },
				{ name: 'Video to Video', value: 'video-to-video' },
			],
			default: 'any',
			description: 'Return only models that support this mode',
		},
	]),
]);

/** Lists the video models of the server. Built-in models that the server does not list come last. */
export const execute: Operation = async (context) => {
	const { limit, mode } = readModelFilters(formOf(context));
	const models = await withRetry(async () => await listModelInfo(context.api), context.runtime);
	return models
		.filter(({ modes }) => mode === 'any' || modes?.includes(mode))
		.slice(0, limit)
		.map((info) => toModelItem(context.itemIndex, info));
};

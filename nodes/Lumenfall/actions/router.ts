import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { formOf } from '../parameters/form';
import { inputErrors } from '../parameters/inputErrors';
import type { GroupOperation, ItemOperation } from '../context';
import * as account from './account';
import * as model from './model';
import * as video from './video';
import { finishSuspended } from './video/generate/generateVideo';

type OperationModule = { description: INodeProperties[] } & (ItemOperation | GroupOperation);

/** Every operation with its fields, by resource and operation as the form names them. */
export const operations: Record<string, Record<string, OperationModule>> = {
	account: account.operations,
	model: model.operations,
	video: video.operations,
};

/** The whole form, in display order. */
export const properties: INodeProperties[] = [
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
	...account.description,
	...model.description,
	...video.description,
];

/** Returns the operation that the form selects, for all items. An unknown one fails for each item. */
export function selectedOperation(execution: IExecuteFunctions): ItemOperation | GroupOperation {
	const form = formOf({ execution, itemIndex: 0 });
	const [resource, operation] = ['resource', 'operation'].map((name) =>
		String(form.cell(name).text),
	);
	const found = operations[resource]?.[operation];
	if (!found)
		return { execute: async () => await Promise.reject(inputErrors.unknownOperation(operation)) };
	return 'groupsOf' in found ? found : { finish: finishSuspended, ...found };
}

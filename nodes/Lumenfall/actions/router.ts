import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { inputErrors } from '../parameters/inputErrors';
import type { FinishSuspended, GroupOperation, Operation } from '../context';
import { textOf } from '../parameters/values';
import * as account from './account';
import * as model from './model';
import * as video from './video';
import { finishSuspended } from './video/generateVideo';

type OperationModule = { description: INodeProperties[] } & (
	| { execute: Operation; finish?: FinishSuspended }
	| GroupOperation
);

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

/** @throws FailureError if the node has no such operation */
export function operationFor(resource: string, operation: string): Operation {
	const found = operations[resource]?.[operation];
	if (!found || 'groupsOf' in found) throw inputErrors.unknownOperation(operation);
	return found.execute;
}

/** How the operation finishes an item that the execution was suspended for. */
export function finisherFor(resource: string, operation: string): FinishSuspended {
	const found = operations[resource]?.[operation];
	return found && 'finish' in found && found.finish ? found.finish : finishSuspended;
}

/** Returns the selected operation if it processes several items together. The selection is the same for all items. */
export function groupOperationOf(execution: IExecuteFunctions): GroupOperation | undefined {
	const [resource, operation] = ['resource', 'operation'].map((name) =>
		String(textOf(execution.getNodeParameter(name, 0, ''))),
	);
	const found = operations[resource]?.[operation];
	return found && 'groupsOf' in found ? found : undefined;
}

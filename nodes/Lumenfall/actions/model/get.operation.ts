import type { INodeProperties } from 'n8n-workflow';
import { serverErrors } from '../../errors/serverErrors';
import { toModelItem } from '../../models/modelItem';
import type { Operation } from '../../context';
import { forOperation } from '../../descriptions/common';
import { model } from '../../descriptions/videoFields';
import { formOf } from '../../parameters/form';
import { readModel } from '../../parameters/filters';
import { requireModel, withAlternatives } from '../../models/lookUp';
import { withRetry } from '../../transport/retry';

export const description: INodeProperties[] = forOperation('model', 'get', [
	{ ...model, description: 'Model to get the limits and prices of' },
]);

/** Returns everything that is known of one model. */
export const execute: Operation = async (context) => {
	const id = readModel(formOf(context));
	const list = async () =>
		await withRetry(async () => await context.api.listModels(), context.runtime);
	const info = await requireModel(context, id, list);
	if (info.listed || info.tableDate) return toModelItem(context.itemIndex, info);
	throw await withAlternatives(context, id, serverErrors.modelUnavailable({ model: id }));
};

import type { INodeExecutionData } from 'n8n-workflow';
import { fail } from '../../errors/messages';
import { toModelJson } from '../../models/modelItem';
import type { ModelInfo } from '../../models/modelInfo';
import { withRetry } from '../../transport/retry';
import type { Operation, ItemContext } from '../../context';
import { runtimeOf } from '../../support/runtime';
import { readModel, readModelFilters } from '../../parameters/filters';
import { availableModels, requireModel, listModelInfo } from '../../models/lookUp';
import { MAX_ALTERNATIVES } from '../../create/submit';

/** Lists the video models of the server with their facts, those it does not list now at the end. */
export const getAllModels: Operation = async (context) => {
	const { limit, mode } = readModelFilters(context.execution, context.itemIndex);
	const read = async () => await listModelInfo(context);
	const models = await withRetry(read, runtimeOf(context.stop));
	return models
		.filter(({ modes }) => mode === 'any' || modes?.includes(mode))
		.slice(0, limit)
		.map((facts) => toItem(context, facts));
};

/** Tells everything that is known of one model. */
export const getModel: Operation = async (context) => {
	const model = readModel(context.execution, context.itemIndex);
	const facts = await requireModel(context, model);
	if (facts.listed || facts.tableDate) return toItem(context, facts);
	const alternatives = (await availableModels(context)).slice(0, MAX_ALTERNATIVES);
	throw fail('modelUnavailable', { model, alternatives });
};

function toItem({ itemIndex }: ItemContext, facts: ModelInfo): INodeExecutionData {
	return { json: toModelJson(facts), pairedItem: { item: itemIndex } };
}

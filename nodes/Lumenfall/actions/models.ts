import type { INodeExecutionData } from 'n8n-workflow';
import { fail } from '../errors/catalogue';
import { describeModel } from '../models/describeModel';
import type { ModelFacts } from '../models/facts';
import { withRetry } from '../transport/retry';
import type { Action, ActionContext } from './action';
import { doorsOf } from './doors';
import { readModel, readModelListForm } from './listForm';
import { availableModels, toldOfModel, wholeCatalogue } from './modelFacts';
import { MAX_ALTERNATIVES } from './submit';

/** Lists the video models of the server with their facts, those it does not list now at the end. */
export const getModels: Action = async (context) => {
	const { limit, mode } = readModelListForm(context.execution, context.itemIndex);
	const read = async () => await wholeCatalogue(context);
	const models = await withRetry(read, doorsOf(context.stop));
	return models
		.filter(({ modes }) => mode === 'any' || modes?.includes(mode))
		.slice(0, limit)
		.map((facts) => toItem(context, facts));
};

/** Tells everything that is known of one model. */
export const getModel: Action = async (context) => {
	const model = readModel(context.execution, context.itemIndex);
	const facts = await toldOfModel(context, model);
	if (facts.listed || facts.tableDate) return toItem(context, facts);
	const alternatives = (await availableModels(context)).slice(0, MAX_ALTERNATIVES);
	throw fail('modelUnavailable', { model, alternatives });
};

function toItem({ itemIndex }: ActionContext, facts: ModelFacts): INodeExecutionData {
	return { json: describeModel(facts), pairedItem: { item: itemIndex } };
}

import type { IDataObject } from 'n8n-workflow';
import { buildRequest } from '../job/request';
import { nameOf } from '../models/facts';
import type { Action } from './action';
import { checkRequest } from './checkRequest';
import { readOptions, readRequestForm } from './form';
import { readPictures } from './furtherPictures';
import { note } from './hint';
import { hintPlan } from './hints';
import { askPrice } from './money';
import { readOrderRules } from './orderRules';

/** Tells what a video would cost, and whether the model takes the request. Makes nothing. */
export const estimateCost: Action = async (context) => {
	const { execution, itemIndex } = context;
	const rules = readOrderRules(readOptions(execution, itemIndex));
	const pictures = await readPictures(execution, itemIndex);
	const asked = buildRequest(readRequestForm(execution, itemIndex), pictures);

	const { request, adjusted, facts } = await checkRequest(context, asked, rules);
	const { exact, range, least, source, provider } = await askPrice(context, request, facts);
	if (range) context.memory.estimates.push(range);
	else note(execution, itemIndex, `What ${nameOf(facts)} would charge is not known.`);
	hintPlan(context, { model: request.model, adjusted });

	const isOpen = exact === undefined;
	const known: IDataObject = {
		model: request.model,
		provider,
		prompt: request.prompt,
		seconds: request.seconds,
		estimatedCost: exact,
		estimatedCostFrom: isOpen ? least : undefined,
		estimatedCostUpTo: isOpen ? range?.upTo : undefined,
		currency: least === undefined ? undefined : 'USD',
		source,
		adjusted,
	};
	const json = Object.fromEntries(Object.entries(known).filter(([, value]) => value !== undefined));
	return { json, pairedItem: { item: itemIndex } };
};

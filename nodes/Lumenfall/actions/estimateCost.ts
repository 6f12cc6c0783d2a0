import type { IDataObject } from 'n8n-workflow';
import { buildRequest } from '../job/request';
import { fitToModel } from '../models/limits';
import type { Action } from './action';
import { readOptions, readRequestForm } from './form';
import { readPictures } from './furtherPictures';
import { factsOfModel } from './modelFacts';
import { askPrice } from './money';

/** Tells what a video would cost, and whether the model takes the request. Makes nothing. */
export const estimateCost: Action = async (context) => {
	const { execution, itemIndex } = context;
	const { unsupportedValues } = readOptions(execution, itemIndex);
	const pictures = await readPictures(execution, itemIndex);
	const asked = buildRequest(readRequestForm(execution, itemIndex), pictures);

	const facts = await factsOfModel(context, asked.model);
	const { request, adjusted } = fitToModel(asked, facts, unsupportedValues);
	context.api.dialect.check(request);
	const { exact, range, source, provider } = await askPrice(context, request, facts);
	const isOpen = range !== undefined && exact === undefined;
	const known: IDataObject = {
		model: request.model,
		provider,
		prompt: request.prompt,
		seconds: request.seconds,
		estimatedCost: exact,
		estimatedCostFrom: isOpen ? range.from : undefined,
		estimatedCostUpTo: isOpen ? range.upTo : undefined,
		currency: range && 'USD',
		source,
		adjusted,
	};
	const json = Object.fromEntries(Object.entries(known).filter(([, value]) => value !== undefined));
	return { json, pairedItem: { item: itemIndex } };
};

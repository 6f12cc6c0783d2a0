import type { IDataObject } from 'n8n-workflow';
import { buildRequest } from '../job/request';
import { fitToModel } from '../models/limits';
import type { Action } from './action';
import { readOptions, readRequestForm, readText } from './form';
import { factsOfModel } from './modelFacts';
import { askPrice } from './money';
import { readPicture } from './picture';

/** Tells what a video would cost, and whether the model takes the request. Makes nothing. */
export const estimateCost: Action = async (context) => {
	const { execution, itemIndex } = context;
	const { unsupportedValues } = readOptions(execution, itemIndex);
	const hasPicture = readText(execution, 'imageSource', itemIndex) !== 'none';
	const picture = hasPicture ? await readPicture(execution, itemIndex) : undefined;
	const asked = buildRequest(readRequestForm(execution, itemIndex), picture && { image: picture });

	const facts = await factsOfModel(context, asked.model);
	const { request, adjusted } = fitToModel(asked, facts, unsupportedValues);
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

import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { buildRequest } from '../../create/buildRequest';
import { nameOf } from '../../models/modelInfo';
import type { Operation } from '../../context';
import { forOperation, optionsCollection } from '../../descriptions/common';
import { imageOptions } from '../../descriptions/imageOptions';
import { modelOptions } from '../../descriptions/options';
import {
	model,
	optionalImageFields,
	prompt,
	shapeFieldsWithImage,
} from '../../descriptions/videoFields';
import { validateRequest } from '../../create/validateRequest';
import { readOptions, readRequestForm } from '../../parameters/form';
import { readImages } from '../../parameters/images';
import { noteForItem } from '../../output/hint';
import { hintDecision } from '../../output/hints';
import { requestQuote } from '../../create/quote';
import { readCreateRules } from '../../parameters/createRules';

export const description: INodeProperties[] = forOperation('video', 'estimateCost', [
	model,
	prompt,
	...optionalImageFields,
	...shapeFieldsWithImage,
	optionsCollection([...modelOptions, ...imageOptions]),
]);

/** Tells what a video would cost, and whether the model takes the request. Makes nothing. */
export const execute: Operation = async (context) => {
	const { execution, itemIndex } = context;
	const rules = readCreateRules(readOptions(execution, itemIndex));
	const pictures = await readImages(execution, itemIndex);
	const asked = buildRequest(readRequestForm(execution, itemIndex), pictures);

	const { request, adjusted, facts } = await validateRequest(context, asked, rules);
	const { exact, range, least, source, provider } = await requestQuote(context, request, facts);
	if (range) context.cache.estimates.push(range);
	else noteForItem(execution, itemIndex, `The price of ${nameOf(facts)} is unknown.`);
	hintDecision(context, { model: request.model, adjusted });

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

import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { buildRequest } from '../../create/buildRequest';
import { nameOf } from '../../models/modelInfo';
import type { Operation } from '../../context';
import { forOperation, optionsCollection } from '../../descriptions/common';
import { imageOptions } from '../../descriptions/imageOptions';
import { modelOptions, referenceOptions } from '../../descriptions/options';
import {
	model,
	optionalImageFields,
	prompt,
	shapeFieldsWithImage,
} from '../../descriptions/videoFields';
import { validateRequest } from '../../create/validateRequest';
import { formOf } from '../../parameters/form';
import { readImages } from '../../parameters/openImages';
import { noteForItem } from '../../output/showHint';
import { hintDecision } from '../../output/hintTexts';
import { requestQuote } from '../../create/quote';
import { readVideoInput } from '../../parameters/videoInput';
import { withoutUndefined } from '../../support/withoutUndefined';

export const description: INodeProperties[] = forOperation('video', 'estimateCost', [
	model,
	prompt,
	...optionalImageFields,
	...shapeFieldsWithImage,
	optionsCollection([...modelOptions, ...referenceOptions, ...imageOptions]),
]);

/** Returns the price of a video, and whether the model supports the request. Creates nothing. */
export const execute: Operation = async (context) => {
	const { execution, itemIndex } = context;
	const { settings, images: selection, rules } = readVideoInput(formOf(context));
	const images = selection ? await readImages(context, selection) : {};
	const { request, adjusted, model } = await validateRequest(
		context,
		buildRequest(settings, images),
		rules,
	);
	const { exact, range, least, source, provider } = await requestQuote(context, request, model);
	if (range) context.cache.estimates.push(range);
	else noteForItem(execution, itemIndex, `The price of ${nameOf(model)} is unknown.`);
	hintDecision(context, { model: request.model, adjusted });

	const isRange = exact === undefined;
	const json: IDataObject = {
		model: request.model,
		provider,
		prompt: request.prompt,
		seconds: request.seconds,
		estimatedCost: exact,
		estimatedCostFrom: isRange ? least : undefined,
		estimatedCostUpTo: isRange ? range?.upTo : undefined,
		currency: least === undefined ? undefined : 'USD',
		source,
		adjusted,
	};
	return { json: withoutUndefined(json), pairedItem: { item: itemIndex } };
};

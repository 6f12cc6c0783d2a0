import type { INodeExecutionData } from 'n8n-workflow';
import type { InputImage } from '../job/request';
import type { ActionContext } from './action';
import { readFinishForm } from './finish';
import { readOptions, readRequestForm, readText } from './form';
import { orderAndFinish } from './orderAndFinish';
import { readOrderRules } from './orderRules';

/** Generates the video that the form asks for. */
export async function generate(
	context: ActionContext,
	readImage?: () => Promise<InputImage>,
): Promise<INodeExecutionData> {
	const { execution, itemIndex } = context;
	const waits = readText(execution, 'waitMode', itemIndex) !== 'none';
	return await orderAndFinish(context, {
		form: readRequestForm(execution, itemIndex),
		readImage,
		rules: readOrderRules(readOptions(execution, itemIndex)),
		finishForm: readFinishForm(execution, itemIndex, waits),
		waits,
	});
}

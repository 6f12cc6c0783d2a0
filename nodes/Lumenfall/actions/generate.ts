import type { INodeExecutionData } from 'n8n-workflow';
import { buildRequest, type InputImage } from '../job/request';
import type { ActionContext } from './action';
import { toItem } from './describe';
import { finish, readFinishForm } from './finish';
import { readRequestForm, readText } from './form';
import { submitOnce } from './submit';

/**
 * Generating is a composition of four doors: check the request, order it once, wait, fetch the file. Everything that
 * can be wrong with the form is found before the order.
 */
export async function generate(
	context: ActionContext,
	image?: InputImage,
): Promise<INodeExecutionData> {
	const { execution, itemIndex } = context;
	const request = buildRequest(readRequestForm(execution, itemIndex), image);
	const waits = readText(execution, 'waitMode', itemIndex) !== 'none';
	const form = readFinishForm(execution, itemIndex, waits);

	const job = await submitOnce(context, request, form.wishes.timeoutMs);
	const { prompt, model, seconds } = request;
	const known = { prompt, model, seconds };
	return waits ? await finish(context, job, form, known) : toItem(context, job, known);
}

import type { INodeExecutionData } from 'n8n-workflow';
import type { Job } from '../job/job';
import { buildRequest, type InputImage } from '../job/request';
import type { ActionContext } from './action';
import { cancelOnStop } from './cancelOnStop';
import { toItem, type Known } from './describe';
import { finish, readFinishForm } from './finish';
import { readRequestForm, readText } from './form';
import { submitOnce } from './submit';

/**
 * Generating is a composition of four doors: check the request, order it once, wait, fetch the file. Everything that
 * can be wrong with the form is found before the order.
 */
export async function generate(
	context: ActionContext,
	readImage?: () => Promise<InputImage>,
): Promise<INodeExecutionData> {
	const { execution, itemIndex } = context;
	const waits = readText(execution, 'waitMode', itemIndex) !== 'none';
	const form = readFinishForm(execution, itemIndex, waits);

	const { job, known } = await order(context, form.wishes.timeoutMs, readImage);
	if (waits) return await finish(context, job, form, known);
	if (form.wishes.cancelOnStop) await cancelOnStop(context, job.id);
	return toItem(context, job, known);
}

/** Apart from the waiting, so that the picture leaves memory once it is sent. */
async function order(
	context: ActionContext,
	patienceMs: number,
	readImage?: () => Promise<InputImage>,
): Promise<{ job: Job; known: Known }> {
	const form = readRequestForm(context.execution, context.itemIndex);
	const request = buildRequest(form, await readImage?.());
	const job = await submitOnce(context, request, patienceMs);
	const { prompt, model, seconds } = request;
	return { job, known: { prompt, model, seconds } };
}

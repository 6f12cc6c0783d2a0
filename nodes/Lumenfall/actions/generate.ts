import type { INodeExecutionData } from 'n8n-workflow';
import type { Pictures } from '../job/request';
import type { ActionContext } from './action';
import { readFinishForm } from './finish';
import { readOptions, readRequestForm } from './form';
import { orderAndFinish } from './orderAndFinish';
import { readOrderRules } from './orderRules';
import { parkedBefore, type ParkedVideo } from './park';
import { planWait, type WaitPlan } from './planWait';

/** Generates the video that the form asks for. */
export async function generate(
	context: ActionContext,
	readPictures?: () => Promise<Pictures>,
): Promise<INodeExecutionData | ParkedVideo> {
	const { execution, itemIndex } = context;
	const parked = await parkedBefore(context);
	const { mode, callback }: WaitPlan = parked ? { mode: 'webhook' } : await planWait(context);
	const waits = mode !== 'none';
	return await orderAndFinish(context, {
		form: { ...readRequestForm(execution, itemIndex), webhookUrl: callback },
		readPictures,
		rules: readOrderRules(readOptions(execution, itemIndex)),
		finishForm: readFinishForm(execution, itemIndex, waits),
		waits,
		parks: mode === 'webhook',
		parked,
	});
}

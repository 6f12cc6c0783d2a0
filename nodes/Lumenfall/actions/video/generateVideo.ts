import type { INodeExecutionData } from 'n8n-workflow';
import type { ItemContext } from '../../context';
import { readDeliveryOptions } from '../../deliver/deliverVideo';
import { readOptions, readRequestForm } from '../../parameters/form';
import { createAndDeliver } from '../../create/createAndDeliver';
import { readCreateRules } from '../../parameters/createRules';
import { findSuspended, type SuspendedVideo } from '../../wait/suspend';
import { decideWait, type WaitDecision } from '../../wait/waitMode';
import type { RequestImages } from '../../request/videoRequest';

/** Generates the video that the form asks for. */
export async function generate(
	context: ItemContext,
	readPictures?: () => Promise<RequestImages>,
): Promise<INodeExecutionData | SuspendedVideo> {
	const { execution, itemIndex } = context;
	const parked = await findSuspended(context);
	const { mode, callback }: WaitDecision = parked ? { mode: 'webhook' } : await decideWait(context);
	const waits = mode !== 'none';
	return await createAndDeliver(context, {
		form: { ...readRequestForm(execution, itemIndex), webhookUrl: callback },
		readPictures,
		rules: readCreateRules(readOptions(execution, itemIndex)),
		finishForm: readDeliveryOptions(execution, itemIndex, waits),
		waits,
		parks: mode === 'webhook',
		parked,
	});
}

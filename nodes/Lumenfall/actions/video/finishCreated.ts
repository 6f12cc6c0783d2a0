import type { INodeExecutionData } from 'n8n-workflow';
import type { ItemContext } from '../../context';
import type { CreatedVideo } from '../../create/createVideo';
import { deliverVideo } from '../../deliver/deliverVideo';
import type { Failure } from '../../errors/failure';
import { failureFrom } from '../../errors/nodeError';
import type { Job } from '../../job/job';
import type { KnownFacts } from '../../output/videoItem';
import type { FileTarget, WaitSettings } from '../../parameters/videoInput';
import { resultOf } from '../../support/result';
import { waitForVideo } from '../../wait/waitForVideo';

/** Waits for a video by polling, and delivers it. */
export async function waitAndDeliver(
	context: ItemContext,
	start: Job,
	wait: WaitSettings,
	target: FileTarget | undefined,
	known: KnownFacts = {},
): Promise<INodeExecutionData> {
	const { job, timing } = await waitForVideo(context, start, wait);
	return await deliverVideo(context, job, target, { ...known, timing });
}

/**
 * The same for a video that was created here: saves what it did cost, or takes the reserved money back if certainly no video
 * is made.
 */
export async function finishCreated(
	context: ItemContext,
	{ job, entry, known }: CreatedVideo,
	wait: WaitSettings,
	target: FileTarget | undefined,
): Promise<INodeExecutionData> {
	const result = await resultOf(waitAndDeliver(context, job, wait, target, known));
	if (!result.ok) {
		const failure = failureFrom(result.error);
		if (isFinalFailure(failure) || failure.kind === 'contentPolicy') entry.release();
		throw result.error;
	}
	const { cost, currency = 'USD' } = result.value.json;
	// Another currency says nothing about the reserved amount.
	if (typeof cost === 'number' && currency === 'USD') entry.recordCost(cost);
	return result.value;
}

/** Whether a job ended so that another model may do better. A cancelled or expired video may not be replaced by itself. */
export function isFinalFailure({ kind, status }: Failure): boolean {
	const isFailed = kind === 'providerFailed' || kind === 'modelUnavailable';
	return isFailed && status !== 'cancelled' && status !== 'expired';
}

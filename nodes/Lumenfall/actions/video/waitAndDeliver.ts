import type { INodeExecutionData } from 'n8n-workflow';
import type { ItemContext } from '../../context';
import type { CreatedVideo } from '../../create/createVideo';
import { isFinalFailure } from '../../create/fallback';
import { deliverVideo } from '../../deliver/deliverVideo';
import { failureFrom, withVideoId } from '../../errors/nodeError';
import { hintLength } from '../../output/hintTexts';
import type { Job } from '../../job/job';
import type { KnownDetails } from '../../output/videoItem';
import type { FileTarget, WaitSettings } from '../../parameters/videoInput';
import { resultOf } from '../../support/result';
import { waitForVideo } from '../../wait/waitForVideo';

/**
 * Waits for a video by polling, and delivers it.
 * @param onCompleted called when the video is completed, before its file is downloaded
 */
export async function waitAndDeliver(
	context: ItemContext,
	start: Job,
	wait: WaitSettings,
	target: FileTarget | undefined,
	known: KnownDetails = {},
	onCompleted = () => {},
): Promise<INodeExecutionData> {
	const { job, timing } = await waitForVideo(context, start, wait);
	onCompleted();
	return await deliverVideo(context, job, target, { ...known, timing });
}

/**
 * The same for a video that was created here. Records the final cost, or releases the reserved amount if it is certain
 * that no video is made.
 */
export async function waitAndDeliverCreated(
	context: ItemContext,
	{ job, entry, known }: CreatedVideo,
	wait: WaitSettings,
	target: FileTarget | undefined,
): Promise<INodeExecutionData> {
	const onCompleted = () => entry.completed();
	const result = await resultOf(waitAndDeliver(context, job, wait, target, known, onCompleted));
	if (!result.ok) {
		const failure = failureFrom(result.error);
		const isUnpaid = isFinalFailure(failure) || failure.kind === 'contentPolicy';
		if (isUnpaid && !entry.record.isCompleted) entry.release(failure.cost);
		throw withVideoId(result.error, job.id);
	}
	const { cost, currency = 'USD', file, seconds } = result.value.json;
	// Without a file, the length is only the requested or reported one.
	if (file && typeof seconds === 'number') hintLength(context, entry.record.sent ?? {}, seconds);
	// A cost in another currency does not change the reserved amount.
	if (typeof cost === 'number' && currency === 'USD') entry.recordCost(cost);
	return result.value;
}

import type { ItemContext } from '../../../context';
import { createErrors } from '../../../create/createErrors';
import type { CreatedVideo } from '../../../create/createVideo';
import { isFinalFailure } from '../../../create/fallback';
import type { DeliveredVideo } from '../../../deliver/deliverVideo';
import { failureFrom, withVideoId } from '../../../errors/nodeError';
import { usdCostOf, type Job } from '../../../job/job';
import { hintLength } from '../../../output/hintTexts';
import type { KnownDetails } from '../../../output/videoItem';
import { resultOf } from '../../../support/result';
import { waitForVideo } from '../../../wait/waitForVideo';
import type { WaitSettings } from '../../../request/rules';

/**
 * Waits by polling for a video that was created here, and delivers it. Records the final cost before the download, which
 * may fail, or releases the reserved amount if it is certain that no video is made.
 * @param deliver called when the video is completed
 * @throws FailureError with the video's ID
 */
export async function waitAndDeliver<Video extends DeliveredVideo>(
	context: ItemContext,
	{ job: start, entry, known }: CreatedVideo,
	wait: WaitSettings,
	deliver: (job: Job, known: KnownDetails) => Promise<Video>,
): Promise<Video> {
	const result = await resultOf(
		waitForVideo(context, start, wait).then(async ({ job, timing }) => {
			entry.completed(usdCostOf(job));
			return await deliver(job, { ...known, timing });
		}),
	);
	if (!result.ok) {
		const failure = failureFrom(result.error);
		const isUnpaid = isFinalFailure(failure) || failure.kind === 'contentPolicy';
		if (isUnpaid && !entry.record.isCompleted) entry.release(failure.cost);
		const error = withVideoId(result.error, start.id);
		const isOfOwnKey = isUnpaid && entry.record.isUserKey === true;
		if (!isOfOwnKey || !(await context.api.supportsIdempotencyKey())) throw error;
		throw createErrors.failedWithOwnKey(error.failure);
	}
	const { job, json, file } = result.value;
	// Without a file, the length is only the requested or reported one.
	if (file && json.seconds !== undefined)
		hintLength(context, entry.record.sent ?? {}, json.seconds);
	// The server may have reported another cost when the video was read again for a new URL.
	entry.completed(usdCostOf(job));
	return result.value;
}

import type { INodeProperties } from 'n8n-workflow';
import { failureOf } from '../../errors/failure';
import { withVideoId } from '../../errors/nodeError';
import { isPending, type Job } from '../../job/job';
import { withRetry } from '../../transport/retry';
import type { Operation, ItemContext } from '../../context';
import { forOperation, videoId } from '../../descriptions/common';
import { cancelIfRunning } from '../../wait/cancelVideo';
import { toVideoItem } from '../../output/videoItem';
import { findVideo } from '../../wait/findVideo';

export const description: INodeProperties[] = forOperation('video', 'cancel', [videoId]);

/** Cancels a pending video. A finished video is not touched, because some servers would delete it. */
export const execute: Operation = async (context) => {
	const job = await findVideo(context);
	if (!isPending(job)) return toItem(context, job, job.phase === 'cancelled');
	const after = await cancelRunning(context, job);
	// Some servers report a cancelled video as failed.
	return toItem(context, after, !isPending(after) && after.phase !== 'completed');
};

function toItem({ itemIndex }: ItemContext, job: Job, cancelled: boolean) {
	const item = toVideoItem(itemIndex, job);
	return { ...item, json: { ...item.json, cancelled } };
}

async function cancelRunning({ api, runtime }: ItemContext, job: Job): Promise<Job> {
	const readStatus = async () => (await api.getVideo(job.id)).job;
	return await cancelIfRunning(api, job.id, runtime, job)
		.then(async () => await withRetry(readStatus, runtime))
		.catch((error: unknown) => {
			// Some servers delete a cancelled job.
			if (failureOf(error)?.kind !== 'videoNotFound') throw withVideoId(error, job.id);
			return { ...job, phase: 'cancelled', status: 'cancelled' };
		});
}

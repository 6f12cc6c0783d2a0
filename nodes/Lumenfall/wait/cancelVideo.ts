import type { ItemContext } from '../context';
import { failureOf } from '../errors/failure';
import { failureFrom } from '../errors/nodeError';
import { serverErrors } from '../errors/serverErrors';
import { isPending } from '../job/job';
import { openApi, type VideoApi } from '../transport/videoApi';
import { withoutStop } from '../transport/http';

/**
 * Asks the server to cancel a running video. Best effort: no server promises that a cancelled video costs nothing.
 * @throws FailureError `notCancellable` if the server cannot, and the video continues
 */
export async function cancelVideo(api: VideoApi, videoId: string): Promise<void> {
	await api.cancelVideo(videoId).catch(async (error: unknown) => {
		if (failureOf(error)?.kind !== 'videoNotFound') throw error;
		// Servers without this route answer like those that have dropped the video, as one that was just cancelled.
		const isStillRunning = await api.getVideo(videoId).then(
			({ job }) => isPending(job),
			() => false,
		);
		if (isStillRunning) throw serverErrors.notCancellable({ videoId });
	});
}

/**
 * Cancels a video after the user's Stop, or after n8n's own time limit. A run that ends because another item failed is
 * resumed later, so its videos go on. Checks the status first: on some servers the same call would delete a finished video.
 */
export async function cancelOnStop(
	{ execution }: Pick<ItemContext, 'execution'>,
	videoId: string,
): Promise<void> {
	if (!execution.getExecutionCancelSignal()?.aborted) return;

	const outcome = await cancelIfRunning(withoutStop(execution), videoId).catch(
		(error: unknown) => `could not be cancelled: ${failureFrom(error).message}`,
	);
	execution.logger.info(`Video ${videoId} ${outcome}`, { videoId });
}

async function cancelIfRunning(host: ItemContext['execution'], videoId: string): Promise<string> {
	const api = await openApi(host);
	const { job } = await api.getVideo(videoId);
	if (!isPending(job)) return `had already ended when the execution was stopped (${job.status})`;
	await cancelVideo(api, videoId);
	return 'was cancelled with the execution';
}

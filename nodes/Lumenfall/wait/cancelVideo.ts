import { failureFrom } from '../errors/nodeError';
import { isPending } from '../job/job';
import { openApi } from '../transport/videoApi';
import { withoutStop } from '../transport/http';
import type { ItemContext } from '../context';
import { askToCancel } from './askToCancel';

/**
 * Cancels a video after the user's Stop, or n8n's own time limit; a run that ends by another item's trouble is resumed
 * later. Looks first: on some servers the same call would delete a video that is done by now.
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
	await askToCancel(api, videoId);
	return 'was cancelled with the execution';
}

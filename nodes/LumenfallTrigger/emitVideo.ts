import type { Operation, ItemContext } from '../Lumenfall/context';
import { toVideoItemWithFile } from '../Lumenfall/deliver/fetchFile';
import { toVideoItem } from '../Lumenfall/output/videoItem';
import { readOptions } from '../Lumenfall/parameters/options';
import { readBinaryField, readFlag } from '../Lumenfall/parameters/fields';
import { failureOf } from '../Lumenfall/errors/failure';
import { withVideoId } from '../Lumenfall/errors/nodeError';
import type { Job } from '../Lumenfall/job/job';
import { withRetry } from '../Lumenfall/transport/retry';

/**
 * Returns the output item of a delivered video, as the operation 'Get' or 'Download' does. The video is read again,
 * because a delivery contains neither cost nor times.
 */
export const emitVideo: Operation = async (context) => {
	const { execution, itemIndex } = context;
	const { id, event } = execution.getInputData()[itemIndex].json;
	const job = await lookUp(context, String(id), event === 'video.cancelled');

	const wantsFile = readFlag(execution, 'download', itemIndex, 'Download Video', true);
	const item =
		wantsFile && job.phase === 'completed'
			? await toVideoItemWithFile(context, job, {
					field: readBinaryField(execution, itemIndex),
					fileName: readOptions(execution, itemIndex).fileName,
				})
			: toVideoItem(itemIndex, job);
	return { ...item, json: { ...item.json, event } };
};

/** A cancelled video may have been deleted by the server: docs/protocols/lumenfall.md#cancelled-videos. */
async function lookUp(
	{ api, runtime }: ItemContext,
	id: string,
	wasCancelled: boolean,
): Promise<Job> {
	return await withRetry(async () => underOwnId((await api.getVideo(id)).job), runtime).catch(
		(error: unknown): Job => {
			if (wasCancelled && failureOf(error)?.kind === 'videoNotFound')
				return { id, phase: 'cancelled', status: 'cancelled' };
			throw withVideoId(error, id);
		},
	);
}

/** Deliveries may use `req_…` for a video that the API calls `video_…`: docs/protocols/lumenfall.md#video-ids. */
function underOwnId({ reportedId, ...job }: Job): Job {
	return { ...job, id: reportedId ?? job.id };
}

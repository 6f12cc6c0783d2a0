import type { ItemContext } from '../context';
import { withVideoId } from '../errors/nodeError';
import type { Job } from '../job/job';
import { readVideoId } from '../parameters/fields';
import { withRetry } from '../transport/retry';

/**
 * The job whose ID is in the form.
 * @throws FailureError if the ID is empty or cannot be one, or the server's failure
 */
export async function findVideo(context: ItemContext): Promise<Job> {
	const videoId = readVideoId(context.execution, context.itemIndex);
	return await findKnownVideo(context, videoId);
}

/** The job with an ID. Transient errors are retried; any other carries the ID. */
export async function findKnownVideo(
	{ api, runtime }: Pick<ItemContext, 'api' | 'runtime'>,
	videoId: string,
): Promise<Job> {
	const read = async () => (await api.getVideo(videoId)).job;
	return await withRetry(read, runtime).catch((error: unknown) => {
		throw withVideoId(error, videoId);
	});
}

import type { ItemContext } from '../context';
import { withVideoId } from '../errors/nodeError';
import type { Job } from '../job/job';
import type { JobEntry } from '../job/jobEntry';
import { requireSameServer } from '../job/record';
import { readVideoId } from '../parameters/readField';
import { withRetry } from '../transport/retry';

/**
 * Reads the job of the video ID in the form.
 * @throws FailureError if the ID is empty or invalid, or the server's error
 */
export async function findVideo(context: ItemContext): Promise<Job> {
	const videoId = readVideoId(context.execution, context.itemIndex);
	return await findKnownVideo(context, videoId);
}

/** Reads the job of an ID. Transient errors are retried; any other error carries the ID. */
export async function findKnownVideo(
	{ api, jobs, runtime }: Pick<ItemContext, 'api' | 'jobs' | 'runtime'>,
	videoId: string,
): Promise<Job> {
	const read = async () => {
		const { job } = await api.getVideo(videoId);
		jobs.requireOwn(job);
		return job;
	};
	return await withRetry(read, runtime).catch((error: unknown) => {
		throw withVideoId(error, videoId);
	});
}

/**
 * Reads the job of a record.
 * @throws FailureError `serverChanged` if it was created on another server, where the same ID may be another video; or the
 * server's error
 */
export async function findRecordedVideo(
	context: Pick<ItemContext, 'api' | 'jobs' | 'runtime'>,
	{ record: { sent } }: JobEntry,
	videoId: string,
): Promise<Job> {
	requireSameServer(sent?.baseUrl, context.api.baseUrl, videoId);
	return await findKnownVideo(context, videoId);
}

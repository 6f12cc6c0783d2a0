import { withVideoId } from '../errors/nodeError';
import { inputErrors } from '../parameters/inputErrors';
import type { Job } from '../job/job';
import { withRetry } from '../transport/retry';
import type { ItemContext } from '../context';
import { runtimeOf } from '../support/runtime';
import { readText } from '../parameters/form';

/** Looks once, blips aside, at the job whose id the form names. */
export async function findVideo({ execution, itemIndex, api, stop }: ItemContext): Promise<Job> {
	const videoId = readText(execution, 'videoId', itemIndex);
	if (!videoId) throw inputErrors.emptyVideoId();

	const { job } = await withRetry(async () => await api.getVideo(videoId), runtimeOf(stop)).catch(
		(error: unknown) => {
			throw withVideoId(error, videoId);
		},
	);
	return job;
}

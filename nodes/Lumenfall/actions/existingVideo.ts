import { withFacts } from '../errors/catalogue';
import { inputFailures } from '../errors/inputFailures';
import type { Job } from '../job/job';
import { withRetry } from '../transport/retry';
import type { ActionContext } from './action';
import { doorsOf } from './doors';
import { readText } from './form';

/** Looks once, blips aside, at the job whose id the form names. */
export async function readExistingVideo({
	execution,
	itemIndex,
	api,
	signal,
}: ActionContext): Promise<Job> {
	const videoId = readText(execution, 'videoId', itemIndex);
	if (!videoId) throw inputFailures.emptyVideoId();

	const { job } = await withRetry(async () => await api.getVideo(videoId), doorsOf(signal)).catch(
		(error: unknown) => {
			throw withFacts(error, { videoId });
		},
	);
	return job;
}

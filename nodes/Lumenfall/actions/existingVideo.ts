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
	stop,
}: ActionContext): Promise<Job> {
	const videoId = readText(execution, 'videoId', itemIndex);
	if (!videoId) throw inputFailures.emptyVideoId();
	// A dot would be taken for a step in the address.
	if (/^\.+$/.test(videoId)) throw inputFailures.badVideoId(videoId);

	const { job } = await withRetry(async () => await api.getVideo(videoId), doorsOf(stop)).catch(
		(error: unknown) => {
			throw withFacts(error, { videoId });
		},
	);
	return job;
}

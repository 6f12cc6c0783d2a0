import type { IPollFunctions } from 'n8n-workflow';
import { failureOf, isTransient } from '../../Lumenfall/errors/failure';
import { resultOf } from '../../Lumenfall/support/result';
import { runtimeOf } from '../../Lumenfall/support/runtime';
import { StopSwitch } from '../../Lumenfall/support/stopSwitch';
import type { VideoApi } from '../../Lumenfall/transport/videoApi';
import type { EndedVideo } from '../events';
import { findEnded, horizonOf, memoryOf } from './endedVideos';
import { readRecentVideos } from './recentVideos';

/**
 * Reads the server's list and returns the videos that have ended since it was last read.
 * @throws FailureError if the list cannot be read. Later than the first time, a transient error is only logged: the next poll
 * finds the same videos
 */
export async function findListed(host: IPollFunctions, api: VideoApi): Promise<EndedVideo[]> {
	const data = host.getWorkflowStaticData('node');
	const before = memoryOf(data.poll, api.baseUrl);
	const now = Date.now();
	const read = readRecentVideos(api, runtimeOf(new StopSwitch()), horizonOf(before, now));
	const result = await resultOf(read);
	if (!result.ok) {
		const failure = failureOf(result.error);
		if (!before || !failure || !isTransient(failure.kind)) throw result.error;
		host.logger.warn(`The list of videos could not be read. ${failure.message}`);
		return [];
	}
	// The state is read again, because another poll may have finished in the meantime.
	const known = memoryOf(data.poll, api.baseUrl);
	const { ended, memory } = findEnded(known, result.value, api.baseUrl, now);
	data.poll = memory;
	return ended;
}

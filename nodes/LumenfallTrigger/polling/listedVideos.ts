import type { IPollFunctions } from 'n8n-workflow';
import { failureOf, isTransient } from '../../Lumenfall/errors/failure';
import { resultOf } from '../../Lumenfall/support/result';
import { runtimeOf } from '../../Lumenfall/support/runtime';
import { StopSwitch } from '../../Lumenfall/support/stopSwitch';
import type { VideoApi } from '../../Lumenfall/transport/videoApi';
import type { EndedVideo } from '../events';
import { findEnded, memoryOf, readMemory } from './endedVideos';
import { readRecentVideos } from './recentVideos';

const STARTS_ANEW =
	'The credential has another server or account than at the last poll. The trigger starts with the videos that end from now on.';

/**
 * Reads the server's list and returns the videos that have ended since it was last read.
 * @throws FailureError if the list cannot be read. Later than the first time, a transient error is only logged: the next poll
 * finds the same videos
 */
export async function findListed(host: IPollFunctions, api: VideoApi): Promise<EndedVideo[]> {
	const data = host.getWorkflowStaticData('node');
	const before = readMemory(data.poll);
	const list = { server: api.baseUrl, account: api.account };
	const now = Date.now();
	const runtime = runtimeOf(new StopSwitch());
	const result = await resultOf(readRecentVideos(api, runtime, before?.newest));
	if (!result.ok) {
		const failure = failureOf(result.error);
		if (!before || !failure || !isTransient(failure.kind)) throw result.error;
		host.logger.warn(`The list of videos could not be read. ${failure.message}`);
		return [];
	}
	// The state is read only now, because another poll may have finished in the meantime.
	const known = memoryOf(readMemory(data.poll), list, result.value);
	if (data.poll && !known) host.logger.warn(STARTS_ANEW);
	const { ended, memory } = findEnded(known, result.value, list, now);
	data.poll = { ...memory };
	return ended;
}

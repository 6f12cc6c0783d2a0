import type { INodeExecutionData, IPollFunctions } from 'n8n-workflow';
import { failureOf, isTransient } from '../../Lumenfall/errors/failure';
import { resultOf } from '../../Lumenfall/support/result';
import { runtimeOf } from '../../Lumenfall/support/runtime';
import { StopSwitch } from '../../Lumenfall/support/stopSwitch';
import { openApi } from '../../Lumenfall/transport/videoApi';
import { toItem } from '../events';
import { readEvents, readNoticeBy } from '../form';
import { findEnded, horizonOf, memoryOf } from './pollMemory';
import { readRecentVideos } from './recentVideos';

/**
 * Starts the workflow with the videos that have ended since the last poll: one execution with one item per video, as
 * for a webhook delivery. n8n calls this when the workflow is activated, also after a restart, and then on its
 * schedule.
 * @returns null if no video has ended
 * @throws FailureError if the parameters, the credential or the server do not allow polling. A transient error is only
 * logged, because the next poll finds the same videos
 */
export async function pollVideos(host: IPollFunctions): Promise<INodeExecutionData[][] | null> {
	const events = readEvents(host);
	if (readNoticeBy(host) !== 'list') return null;
	const api = await openApi(host);
	const data = host.getWorkflowStaticData('node');
	const before = memoryOf(data.poll, api.baseUrl);
	const now = Date.now();
	const read = readRecentVideos(api, runtimeOf(new StopSwitch()), horizonOf(before, now));
	const result = await resultOf(read);
	if (!result.ok) {
		const failure = failureOf(result.error);
		if (!before || !failure || !isTransient(failure.kind)) throw result.error;
		host.logger.warn(`The list of videos could not be read. ${failure.message}`);
		return null;
	}
	// The state is read again, because another poll may have finished in the meantime.
	const known = memoryOf(data.poll, api.baseUrl);
	const { ended, memory } = findEnded(known, result.value, api.baseUrl, now);
	data.poll = memory;
	const items = ended.filter(({ event }) => events.includes(event)).map(toItem);
	return items.length > 0 ? [items] : null;
}

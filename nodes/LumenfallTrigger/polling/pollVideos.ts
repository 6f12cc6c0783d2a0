import type { INodeExecutionData, IPollFunctions } from 'n8n-workflow';
import { openApi } from '../../Lumenfall/transport/videoApi';
import { toItem, type EndedVideo } from '../events';
import { formOfTrigger, readEvents, readNoticeBy } from '../readForm';
import { findListed } from './listedVideos';
import { findRegistered } from './registeredVideos';
import { keepRegistrations } from './watchList';

/**
 * Starts the workflow with the videos that have ended since the last poll: one execution with one item per video, as
 * for a webhook delivery. n8n calls this when the workflow is activated, also after a restart, and then on its
 * schedule.
 * @returns null if no video has ended, and while an earlier poll of this trigger has not ended
 * @throws FailureError if the parameters, the credential or the server do not allow polling
 */
export async function pollVideos(host: IPollFunctions): Promise<INodeExecutionData[][] | null> {
	const form = formOfTrigger(host);
	const events = readEvents(form);
	const noticeBy = readNoticeBy(form);
	if (noticeBy === 'webhook') return null;
	const api = await openApi(host);
	const find = noticeBy === 'list' ? findListed : findRegistered;
	const found = await unlessPolling(host, async () => await find(host, api));
	const items = found.filter(({ event }) => events.includes(event)).map(toItem);
	if (items.length === 0) return null;
	keepRegistrations(host);
	return [items];
}

/** The triggers whose poll is running in this process. */
const polling = new Set<string>();

/** n8n's schedule does not wait for the end of a poll. A long list must not be read several times at once. */
async function unlessPolling(
	host: IPollFunctions,
	find: () => Promise<EndedVideo[]>,
): Promise<EndedVideo[]> {
	const place = `${host.getWorkflow().id}/${host.getNode().id}`;
	if (polling.has(place)) return [];
	polling.add(place);
	return await find().finally(() => polling.delete(place));
}

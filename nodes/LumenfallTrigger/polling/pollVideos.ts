import type { INodeExecutionData, IPollFunctions } from 'n8n-workflow';
import { openApi } from '../../Lumenfall/transport/videoApi';
import { toItem } from '../events';
import { readEvents, readNoticeBy } from '../form';
import { findListed } from './listedVideos';
import { findRegistered } from './registeredVideos';

/**
 * Starts the workflow with the videos that have ended since the last poll: one execution with one item per video, as
 * for a webhook delivery. n8n calls this when the workflow is activated, also after a restart, and then on its
 * schedule.
 * @returns null if no video has ended
 * @throws FailureError if the parameters, the credential or the server do not allow polling
 */
export async function pollVideos(host: IPollFunctions): Promise<INodeExecutionData[][] | null> {
	const events = readEvents(host);
	const noticeBy = readNoticeBy(host);
	if (noticeBy === 'webhook') return null;
	const api = await openApi(host);
	const find = noticeBy === 'list' ? findListed : findRegistered;
	const items = (await find(host, api)).filter(({ event }) => events.includes(event)).map(toItem);
	return items.length > 0 ? [items] : null;
}

import type { IPollFunctions, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { failureOf, isTransient, type FailureKind } from '../../Lumenfall/errors/failure';
import { runInParallel } from '../../Lumenfall/support/parallel';
import { resultOf } from '../../Lumenfall/support/result';
import { readRegistration, REGISTERED } from '../../Lumenfall/transport/triggerRegistration';
import type { VideoApi } from '../../Lumenfall/transport/videoApi';
import { refuse, respond } from '../../Lumenfall/transport/webhook';
import { eventOf, type EndedVideo } from '../events';
import { openWatchList } from './watchList';

const CHECKS_IN_PARALLEL = 10;
/**
 * A server may not know its own video yet, or forget it for a moment, such as during a restart. After a day it will not come
 * back.
 */
const UNKNOWN_MS = 24 * 60 * 60_000;
const UNKNOWN = 'the server does not know it after a day';
/** Longer than any video takes. */
const ENDLESS_MS = 7 * 24 * 60 * 60_000;
const ENDLESS = 'it has not ended after a week';
/** These errors concern the server rather than one video. */
const REFUSALS: FailureKind[] = ['rateLimited', 'serverUnavailable', 'network'];
/** After so many, the rest is left to the next poll. One video with a permanent error must not hold up the others. */
const MAX_REFUSALS = 3;

/** A video that has ended, or why the trigger no longer polls it. */
type Checked = EndedVideo | { givenUp: string };

/** Receives the ID of a video from the node that created it. In the editor, starts the workflow with it immediately. */
export async function receiveRegistration(
	host: IWebhookFunctions,
	api: VideoApi,
): Promise<IWebhookResponseData> {
	const registration = await readRegistration(host, api);
	if (registration === 'forged')
		return refuse(host, 'The registration is of another credential, or too old');
	if (!registration) return respond(host, 400, 'This is not the registration of a video');
	const { videoId } = registration;
	if (host.getMode() === 'manual')
		return { ...respond(host, 200, REGISTERED), workflowData: [[{ json: { id: videoId } }]] };
	openWatchList(host, api.baseUrl).add(videoId, Date.now());
	return respond(host, 200, REGISTERED);
}

/**
 * Checks every registered video, and returns those that have ended. A video that the server does not know after a day, or
 * that has not ended after a week, is given up.
 * @throws FailureError if the key or the server is wrong. A transient error leaves the video to the next poll
 */
export async function findRegistered(host: IPollFunctions, api: VideoApi): Promise<EndedVideo[]> {
	const list = openWatchList(host, api.baseUrl);
	const now = Date.now();
	let refusals = 0;
	const check = async ([id, since]: [string, number]): Promise<Checked | undefined> => {
		const ageMs = now - since;
		const result = await resultOf(api.getVideo(id));
		if (result.ok) {
			const event = eventOf(result.value.job);
			if (event) return { videoId: id, event };
			return ageMs > ENDLESS_MS ? { givenUp: ENDLESS } : undefined;
		}
		const kind = failureOf(result.error)?.kind;
		if (kind === 'videoNotFound') return ageMs > UNKNOWN_MS ? { givenUp: UNKNOWN } : undefined;
		if (!kind || !isTransient(kind)) throw result.error;
		if (REFUSALS.includes(kind)) refusals += kind === 'rateLimited' ? MAX_REFUSALS : 1;
		return undefined;
	};

	const videos = fromRandomStart([...list.watched()]);
	const mayStart = () => refusals < MAX_REFUSALS;
	const results = await runInParallel(videos, CHECKS_IN_PARALLEL, check, mayStart);
	const ended: EndedVideo[] = [];
	const removed: string[] = [];
	let error: unknown;
	// Another poll may have delivered a video in the meantime.
	const stillWatched = list.watched();
	results.forEach((result, index) => {
		const [id] = videos[index];
		if (result?.ok === false) error ??= result.error;
		if (!result?.ok || !result.value || !stillWatched.has(id)) return;
		removed.push(id);
		if (!('givenUp' in result.value)) ended.push(result.value);
		else host.logger.warn(`The trigger no longer polls video ${id}: ${result.value.givenUp}`);
	});
	if (ended.length === 0 && error) throw error;
	if (removed.length > 0) list.remove(removed, now);
	return ended;
}

/** Starts at another video in each poll, so that several with a permanent error cannot hold up the others either. */
function fromRandomStart<Video>(videos: Video[]): Video[] {
	const start = Math.floor(Math.random() * videos.length);
	return [...videos.slice(start), ...videos.slice(0, start)];
}

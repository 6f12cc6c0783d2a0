import type { Job } from '../Lumenfall/job/job';
import { choiceList } from '../Lumenfall/parameters/lists';
import { VIDEO_EVENTS, type VideoEvent } from '../Lumenfall/transport/webhook';

/** A video that has ended, and how. */
export interface EndedVideo {
	videoId: string;
	event: VideoEvent;
}

const EVENTS = choiceList('Events', VIDEO_EVENTS);

/** What reads the parameters of the trigger: a webhook, a poll, an activation. */
interface Host {
	getNodeParameter(name: string, fallback?: unknown): unknown;
}

/**
 * The events that start the workflow.
 * @throws FailureError for a word that is none
 */
export function readEvents(host: Host): VideoEvent[] {
	return EVENTS.parse(host.getNodeParameter('events', []));
}

/** The event of a job that has ended; undefined for any other. */
export function eventOf({ phase }: Job): VideoEvent | undefined {
	if (phase === 'completed' || phase === 'failed' || phase === 'cancelled') return `video.${phase}`;
	return undefined;
}

import type { Job } from '../Lumenfall/job/job';
import { choiceList } from '../Lumenfall/parameters/lists';
import { VIDEO_EVENTS, type VideoEvent } from '../Lumenfall/transport/webhook';

/** A video that has ended, and how. */
export interface EndedVideo {
	videoId: string;
	event: VideoEvent;
}

const EVENTS = choiceList('Events', VIDEO_EVENTS);

/** The n8n context of a webhook, a poll or an activation. */
interface Host {
	getNodeParameter(name: string, fallback?: unknown): unknown;
}

/**
 * Reads the events that start the workflow.
 * @throws FailureError if a value is not an event
 */
export function readEvents(host: Host): VideoEvent[] {
	return EVENTS.parse(host.getNodeParameter('events', []));
}

/** Returns the event of a job that has ended. Undefined for any other job. */
export function eventOf({ phase }: Job): VideoEvent | undefined {
	if (phase === 'completed' || phase === 'failed' || phase === 'cancelled') return `video.${phase}`;
	return undefined;
}

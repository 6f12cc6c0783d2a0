import type { INodeExecutionData } from 'n8n-workflow';
import type { Job } from '../Lumenfall/job/job';
import { inputErrors } from '../Lumenfall/parameters/inputErrors';
import { VIDEO_EVENTS, type VideoEvent } from '../Lumenfall/transport/webhook';

/** A video that has ended, and how. */
export interface EndedVideo {
	videoId: string;
	event: VideoEvent;
}

/**
 * Returns the event with a name: `video.completed`, `Video Completed` as in the form, or `completed`.
 * @throws FailureError if there is no such event
 */
export function eventNamed(name: string): VideoEvent {
	const status = name.toLowerCase().replace(/^video[.\s_-]*/, '');
	const event = VIDEO_EVENTS.find(
		(one) => one === `video.${status.replace('canceled', 'cancelled')}`,
	);
	if (event) return event;
	throw inputErrors.badOption('Events', name, `one of ${VIDEO_EVENTS.join(', ')}`);
}

/** Returns the event of a job that has ended. Undefined for any other job. */
export function eventOf({ phase }: Job): VideoEvent | undefined {
	if (phase === 'completed' || phase === 'failed' || phase === 'cancelled') return `video.${phase}`;
	return undefined;
}

/** Returns the item that starts an execution. The execution reads the video itself. */
export function toItem({ videoId, event }: EndedVideo): INodeExecutionData {
	return { json: { id: videoId, event } };
}

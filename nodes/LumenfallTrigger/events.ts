import type { INodeExecutionData } from 'n8n-workflow';
import type { Job } from '../Lumenfall/job/job';
import type { VideoEvent } from '../Lumenfall/transport/webhook';

/** A video that has ended, and how. */
export interface EndedVideo {
	videoId: string;
	event: VideoEvent;
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

import type { IDataObject } from 'n8n-workflow';
import type { EndedVideo } from './events';

/** The server retries a delivery for about a minute. This is enough for hundreds of videos in that time. */
const MAX_REMEMBERED = 500;

/** Returns the key of an event. A video ends once, but the event may be delivered several times. */
export function seenKey({ videoId, event }: EndedVideo): string {
	return `${videoId} ${event}`;
}

/** @param memory the node's static data, which n8n keeps across executions */
export function hasSeen(memory: IDataObject, key: string): boolean {
	return seenIn(memory).includes(key);
}

/** Adds the key of an event, and forgets the oldest ones. */
export function remember(memory: IDataObject, key: string): void {
	memory.seen = [...seenIn(memory), key].slice(-MAX_REMEMBERED);
}

function seenIn({ seen }: IDataObject): string[] {
	return Array.isArray(seen) ? (seen as string[]) : [];
}

import type { Job } from '../../Lumenfall/job/job';
import { eventOf, type EndedVideo } from '../events';

/**
 * The state of the trigger in n8n's static data, as plain JSON.
 *
 * n8n 1, and n8n 2 by default, save it only if a poll starts the workflow. After a restart, an older state is correct
 * too: no video was delivered since it was saved.
 */
export interface PollMemory {
	/** The base URL of the server, because each server has its own list. */
	server: string;
	/** When the list was last read, in milliseconds since 1970. */
	readAt: number;
	/** The videos that ended earlier, with their creation times, or 0 if unknown. */
	ended: Record<string, number>;
}

/** Maximum time from the creation of a video to the poll that finds its end. */
const MAX_AGE_MS = 24 * 60 * 60_000;
/** The maximum number of videos that is read from a list. */
const MAX_UNDATED = 10_000;

/** Returns the time, in milliseconds since 1970, before which a new video cannot have been created. */
export function horizonOf(memory: PollMemory | undefined, now: number): number {
	return (memory?.readAt ?? now) - MAX_AGE_MS;
}

/**
 * Finds the videos that have ended since the list was last read, oldest first. In the first poll, all ended videos are
 * recorded, and none is new.
 * @param jobs the list, in any order
 * @param now milliseconds since 1970
 */
export function findEnded(
	memory: PollMemory | undefined,
	jobs: Job[],
	server: string,
	now: number,
): { ended: EndedVideo[]; memory: PollMemory } {
	const known = memory?.ended ?? {};
	const fresh = new Map<string, Job>();
	for (const job of jobs) if (eventOf(job) && !(job.id in known)) fresh.set(job.id, job);
	const inOrder = [...fresh.values()].sort((one, other) => endOf(one) - endOf(other));
	const created = inOrder.map(({ id, createdAt = 0 }) => [id, createdAt] as const);
	return {
		ended: memory ? inOrder.map(toEnded) : [],
		memory: {
			server,
			readAt: Math.max(now, memory?.readAt ?? 0),
			ended: withoutOld({ ...known, ...Object.fromEntries(created) }, now),
		},
	};
}

/** Reads the state. Undefined for the first poll and for another server. */
export function memoryOf(stored: unknown, server: string): PollMemory | undefined {
	const memory = stored as PollMemory | undefined;
	return memory?.server === server ? memory : undefined;
}

function toEnded(job: Job): EndedVideo {
	return { videoId: job.id, event: eventOf(job)! };
}

/** Returns when a video ended, or when it was created, because a failed video has no completion time. */
function endOf({ completedAt, createdAt }: Job): number {
	return completedAt ?? createdAt ?? 0;
}

/** Removes videos that cannot be in the part of the list that is read. */
function withoutOld(ended: PollMemory['ended'], now: number): PollMemory['ended'] {
	const dated = Object.entries(ended).filter(([, at]) => at > now - 2 * MAX_AGE_MS);
	const undated = Object.entries(ended).filter(([, at]) => at === 0);
	return Object.fromEntries([...undated.slice(-MAX_UNDATED), ...dated]);
}

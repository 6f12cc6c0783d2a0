import type { Job } from '../../Lumenfall/job/job';
import { eventOf, type EndedVideo } from '../events';

/**
 * What the trigger remembers of the server's list, in n8n's static data. Plain JSON.
 *
 * n8n 1, and n8n 2 by default, save it only when a poll starts the workflow. An older memory after a restart is correct, too:
 * since it was saved, no video was delivered.
 */
export interface PollMemory {
	/** The base URL of the server. Another server has another list. */
	server: string;
	/** When the list was last read, in milliseconds since 1970. */
	readAt: number;
	/** The videos that have ended before, each with its creation time, or 0 if that is unknown. */
	ended: Record<string, number>;
}

/** The longest time that a video can take, from its creation to the poll that finds its end. */
const MAX_AGE_MS = 24 * 60 * 60_000;
/** As many videos as a list is read for. */
const MAX_UNDATED = 10_000;

/** Videos that were created before this time cannot be new, in milliseconds since 1970. */
export function horizonOf(memory: PollMemory | undefined, now: number): number {
	return (memory?.readAt ?? now) - MAX_AGE_MS;
}

/**
 * Finds the videos that have ended since the list was last read, oldest first. The first time, everything that has ended is
 * known, and nothing is new.
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

/** Reads the memory. Undefined the first time, and for another server. */
export function memoryOf(stored: unknown, server: string): PollMemory | undefined {
	const memory = stored as PollMemory | undefined;
	return memory?.server === server ? memory : undefined;
}

function toEnded(job: Job): EndedVideo {
	return { videoId: job.id, event: eventOf(job)! };
}

/** A failed video has no completion time. */
function endOf({ completedAt, createdAt }: Job): number {
	return completedAt ?? createdAt ?? 0;
}

/** Drops what can no longer be in the part of the list that is read. */
function withoutOld(ended: PollMemory['ended'], now: number): PollMemory['ended'] {
	const dated = Object.entries(ended).filter(([, at]) => at > now - 2 * MAX_AGE_MS);
	const undated = Object.entries(ended).filter(([, at]) => at === 0);
	return Object.fromEntries([...undated.slice(-MAX_UNDATED), ...dated]);
}

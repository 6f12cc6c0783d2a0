import { z } from 'zod';
import type { Job } from '../../Lumenfall/job/job';
import { eventOf, type EndedVideo } from '../events';
import { MAX_AGE_MS, newestOf } from './recentVideos';

/**
 * The state of the trigger in n8n's static data, as plain JSON.
 *
 * n8n 1, and n8n 2 by default, save it only if a poll starts the workflow. After a restart, an older state is correct
 * too: no video was delivered since it was saved.
 */
export interface PollMemory extends PolledList {
	/**
	 * When the newest video of the list was created, in milliseconds since 1970; 0 if unknown. The times of the list are
	 * used instead of our clock, because a clock that is wrong for a moment would hide videos, or show old ones as new.
	 */
	newest: number;
	/** The videos that ended earlier, with their creation times, or 0 if unknown. */
	ended: Record<string, number>;
}

/** Which list is read. */
interface PolledList {
	/** The base URL of the server, because each server has its own list. */
	server: string;
	/** Identifies server and key, because each account has its own list. */
	account: string;
}

/** As many as one poll reads (`transport/videoPages.ts`). Videos without a time are never too old to keep. */
const MAX_UNDATED = 10_000;

/**
 * Finds the videos that have ended since the list was last read, oldest first. In the first poll of a list, all ended videos
 * are recorded, and none is new.
 * @param jobs the list, in any order
 * @param now milliseconds since 1970
 */
export function findEnded(
	memory: PollMemory | undefined,
	jobs: Job[],
	list: PolledList,
	now: number,
): { ended: EndedVideo[]; memory: PollMemory } {
	const known = new Map(Object.entries(memory?.ended ?? {}));
	const horizon = memory ? memory.newest - MAX_AGE_MS : Number.NEGATIVE_INFINITY;
	const fresh = new Map<string, EndedVideo & { at: number }>();
	for (const job of jobs) {
		const { id, createdAt = horizon } = job;
		const event = eventOf(job);
		if (event && !known.has(id) && createdAt >= horizon)
			fresh.set(id, { videoId: id, event, at: endOf(job) });
	}
	const inOrder = [...fresh.values()].sort((one, other) => one.at - other.at);
	// A list may show a known video with a later time. It must not be forgotten by its earlier one.
	const created = jobs
		.filter(({ id }) => known.has(id) || fresh.has(id))
		.map(({ id, createdAt = 0 }) => [id, Math.max(createdAt, known.get(id) ?? 0)] as const);
	const newest = Math.max(memory?.newest ?? 0, newestOf(jobs, now));
	return {
		ended: memory ? inOrder.map(({ videoId, event }) => ({ videoId, event })) : [],
		memory: {
			...list,
			newest,
			ended: withoutOld(Object.fromEntries([...known, ...created]), newest),
		},
	};
}

const pollMemory: z.ZodType<PollMemory> = z.object({
	server: z.string(),
	account: z.string(),
	newest: z.number(),
	ended: z.record(z.string(), z.number()),
});

/** Returns the state from n8n's static data. Undefined if there is none, or if something else has changed it. */
export function readMemory(stored: unknown): PollMemory | undefined {
	return pollMemory.safeParse(stored).data;
}

/**
 * Returns the state if it is of this list. Undefined for the first poll, for another server, and for another account. A new
 * key of the same account has the same list, so at least one video of it is known.
 */
export function memoryOf(
	memory: PollMemory | undefined,
	{ server, account }: PolledList,
	jobs: Job[],
): PollMemory | undefined {
	if (memory?.server !== server) return undefined;
	const known = new Set(Object.keys(memory.ended));
	return memory.account === account || jobs.some(({ id }) => known.has(id)) ? memory : undefined;
}

/** Returns when a video ended, or when it was created, because a failed video has no completion time. */
function endOf({ completedAt, createdAt }: Job): number {
	return completedAt ?? createdAt ?? 0;
}

/** Removes videos that cannot be in the part of the list that is read. */
function withoutOld(ended: PollMemory['ended'], newest: number): PollMemory['ended'] {
	const dated = Object.entries(ended).filter(([, at]) => at > Math.max(newest - 2 * MAX_AGE_MS, 0));
	const undated = Object.entries(ended).filter(([, at]) => at === 0);
	return Object.fromEntries([...undated.slice(-MAX_UNDATED), ...dated]);
}

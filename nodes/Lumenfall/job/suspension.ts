import type { INodeExecutionData } from 'n8n-workflow';
import type { Failure } from '../errors/failure';
import { isPending, type Job } from './job';
import type { LedgerStore } from './ledger';
import type { Fallback } from './plan';
import type { Adjusted } from '../request/videoRequest';

/**
 * What a parked execution must know when it goes on, kept in the node's execution context. Plain JSON: n8n writes it
 * into its database with the execution, and a restart may lie in between.
 */
export interface Suspension {
	executionId: string;
	runIndex: number;
	/** When the execution goes on without a call, as ISO time. */
	until: string;
	/** By item index. */
	jobs: Record<number, SuspendedItem>;
	/** The items the node was given. n8n hands on the jobs instead when nobody calls in time. */
	items?: INodeExecutionData[];
}

/** One item of a parked run: its video, or why it has none. */
export type SuspendedItem = SuspendedJob | { failure: Failure };

export interface SuspendedJob {
	videoId: string;
	/** The model that makes it. */
	model: string;
	/** Under which its plan is kept. */
	askedHash: string;
	/** What was asked for: an expression with a clock in it gives something else the next time. */
	known: {
		prompt?: string;
		model?: string;
		seconds?: number;
		estimatedCost?: number;
		adjusted?: Adjusted;
		fallback?: Fallback;
	};
}

/** Whose place it is. A retry is another execution and goes by the ledger instead. */
export interface SuspensionOwner {
	executionId: string;
	runIndex: number;
	itemIndex: number;
}

const KEY = 'parked';

export function writeSuspension(store: LedgerStore, parking: Suspension): void {
	store[KEY] = parking;
}

/** The parking that a node's context holds, as it is or as an expression has read it. */
export function suspensionIn(store: LedgerStore): Suspension | undefined {
	return store[KEY] as Suspension | undefined;
}

export function suspendedItemOf(
	store: LedgerStore,
	owner: SuspensionOwner,
): SuspendedItem | undefined {
	return isOf(suspensionIn(store), owner) ? suspensionIn(store)?.jobs[owner.itemIndex] : undefined;
}

function isOf(
	parking: Suspension | undefined,
	{ executionId, runIndex }: SuspensionOwner,
): boolean {
	// An agent's tool has no execution id in n8n 1 and 2, and no parking either.
	return (
		parking !== undefined && parking.executionId === executionId && parking.runIndex === runIndex
	);
}

/** Once the node runs again they are on n8n's stack, and need not be stored twice. */
export function dropItems(store: LedgerStore): void {
	delete suspensionIn(store)?.items;
}

export function videosOf({ jobs }: Suspension): string[] {
	return Object.values(jobs).flatMap((place) => ('videoId' in place ? place.videoId : []));
}

/**
 * Whether two ids name the same video. Deliveries may call `req_…` what the API calls `video_…`:
 * docs/protocols/lumenfall.md#video-ids.
 */
export function isSameVideo(one: string, other: string): boolean {
	const bare = (id: string) => id.replace(/^(video|req)_/, '');
	return one === other || bare(one) === bare(other);
}

/**
 * What a delivery that is genuine does to the parked execution.
 * - `resume`: every video has ended.
 * - `stay`: others are still being made; the delivery of the last one will come.
 * - `again`: the server's own answer does not know the end yet that it has called about. Let it call again: its
 *   call may be the last.
 *
 * Whoever comes when all is done resumes. A rule such as "the video that finished last" could wait for a delivery
 * that has been and gone: times are whole seconds, and failed videos have none.
 * @param called the video the delivery is about
 */
export function decideDelivery(called: Job, allOthersEnded: boolean): 'resume' | 'stay' | 'again' {
	if (isPending(called)) return 'again';
	return allOthersEnded ? 'resume' : 'stay';
}

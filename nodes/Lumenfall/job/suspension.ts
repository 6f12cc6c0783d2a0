import type { INodeExecutionData } from 'n8n-workflow';
import type { Failure } from '../errors/failure';
import { isPending, type Job } from './job';
import type { NodeContext } from './jobStore';

/**
 * What a suspended execution must know when it resumes, kept in the node's execution context. Plain JSON: n8n writes it
 * into its database with the execution, and a restart may come in between.
 */
export interface Suspension {
	executionId: string;
	runIndex: number;
	/** When the execution resumes without a webhook call, as ISO time. */
	until: string;
	/** By item index. Absent for an item that was done before. */
	items: Record<number, SuspendedItem>;
	/** The items the node was given. At the deadline n8n outputs the jobs instead. */
	input?: INodeExecutionData[];
}

/** One item of a suspended run: its video, or why it has none. */
export type SuspendedItem = SuspendedVideo | { failure: Failure };

export interface SuspendedVideo {
	videoId: string;
	/** Where the record of its request is kept. */
	slot: string;
	/** The prompt as it was sent: an expression such as `{{ $now }}` gives another one after the resume. */
	prompt: string;
}

const KEY = 'suspension';

export function writeSuspension(context: NodeContext, suspension: Suspension): void {
	context[KEY] = suspension;
}

/**
 * The suspension of this run of the node, if it was suspended. A retry is another execution and goes by the job records
 * instead. An agent's tool has no execution ID, and is never suspended.
 */
export function suspensionOf(
	context: NodeContext,
	executionId: string,
	runIndex: number,
): Suspension | undefined {
	const suspension = context[KEY] as Suspension | undefined;
	if (suspension?.executionId !== executionId || suspension?.runIndex !== runIndex)
		return undefined;
	return suspension;
}

/** Once the node runs again its items are on n8n's stack, and need not be stored twice. */
export function dropInput(suspension: Suspension): void {
	delete suspension.input;
}

export function suspendedVideoIds({ items }: Suspension): string[] {
	return Object.values(items).flatMap((item) => ('videoId' in item ? item.videoId : []));
}

/**
 * Whether two IDs name the same video. Deliveries were seen to call `req_…` what the API calls `video_…`, see
 * docs/protocols/lumenfall.md.
 */
export function isSameVideo(one: string, other: string): boolean {
	const bare = (id: string) => id.replace(/^(video|req)_/, '');
	return one === other || bare(one) === bare(other);
}

/**
 * What a genuine delivery does to the suspended execution.
 * - `resume`: every video has ended.
 * - `stay`: others are still being made. The delivery of the last one will come.
 * - `again`: the server's own status does not show the end yet. The server must deliver again: it may be the last delivery.
 *
 * The first delivery that finds every video finished resumes the execution. A rule such as "the video that finished last"
 * could wait for a delivery that came before: times are whole seconds, and failed videos have none.
 * @param delivered the video of the delivery
 */
export function decideDelivery(
	delivered: Job,
	allOthersEnded: boolean,
): 'resume' | 'stay' | 'again' {
	if (isPending(delivered)) return 'again';
	return allOthersEnded ? 'resume' : 'stay';
}

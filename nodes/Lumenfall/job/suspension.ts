import type { INodeExecutionData } from 'n8n-workflow';
import type { Failure } from '../errors/failure';
import type { NodeContext } from './jobStore';

/**
 * Everything that a suspended execution needs when it resumes. Kept in the node's execution context as plain JSON: n8n
 * stores it in its database with the execution, and may restart before the execution resumes.
 */
export interface Suspension {
	executionId: string;
	runIndex: number;
	/** When the execution was suspended, as ISO time. */
	since: string;
	/** When the execution resumes without a webhook call, as ISO time. */
	until: string;
	/** By item index. An item that must be processed again is absent. */
	items: Record<number, SuspendedItem>;
	/** The node's input items. At the deadline, n8n outputs the jobs instead. */
	input?: INodeExecutionData[];
}

/** One item of a suspended run: its videos, the reason why it failed, or its output if it was finished before. */
export type SuspendedItem =
	| { videos: SuspendedPart[] }
	| { failure: Failure }
	| { output: INodeExecutionData[] };

/** A video of an item, or the reason why it failed before it was created. */
export type SuspendedPart = SuspendedVideo | FailedVideo;

export interface SuspendedVideo {
	videoId: string;
	/** Key of its job record in the store. */
	slot: string;
	/** The prompt that was sent. After the resume, an expression such as `{{ $now }}` gives another one. */
	prompt: string;
}

export interface FailedVideo {
	failure: Failure;
	prompt: string;
}

const KEY = 'suspension';

/** Stores a suspension in the node's execution context. */
export function writeSuspension(context: NodeContext, suspension: Suspension): void {
	context[KEY] = suspension;
}

/**
 * Returns the suspension of this run of the node, if it was suspended. A retry is another execution and uses the job
 * records instead. A tool of an AI agent has no execution ID and is never suspended.
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

/** Removes the input items. When the node runs again, they are on n8n's stack and need not be stored twice. */
export function dropInput(suspension: Suspension): void {
	delete suspension.input;
}

/** Returns the IDs of all videos that were created, in the order of the items. */
export function suspendedVideoIds({ items }: Suspension): string[] {
	return Object.values(items)
		.flatMap((item) => ('videos' in item ? item.videos : []))
		.flatMap((video) => ('videoId' in video ? video.videoId : []));
}

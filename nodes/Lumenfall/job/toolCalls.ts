import type { NodeContext } from './jobStore';

/**
 * The records of tool calls. n8n gives every try of a tool call a new execution context and a new run index. Records in
 * that context would be lost between two tries of Retry On Fail, and the video would be paid for twice. So they are
 * kept in this process: all tries of a tool call run in it.
 */

export interface ToolCall {
	/** Replaces the node's execution context. */
	context: NodeContext;
	/** Ends this try. Keeps the records for the next try, unless the call is finished. */
	close(succeeded: boolean): void;
}

interface KeptCall {
	context: NodeContext;
	/** Whether a try is running now. */
	isRunning: boolean;
	/** Milliseconds on the caller's clock. */
	usedAt: number;
}

/** Longer than any pause between two tries. Milliseconds. */
const MAX_AGE_MS = 6 * 3_600_000;
const MAX_CALLS = 1_000;

const calls = new Map<string, KeptCall>();

/**
 * Opens the records of one tool call.
 * @param key execution, node and, without an execution, the arguments of the call
 * @param hasExecution whether the key includes an execution, whose calls share their records. Without one, two clients
 * can make the same call. Each then gets its own records, and only a try after a failed one uses the records of that
 * one.
 * @param now milliseconds on a monotonic clock
 */
export function openToolCall(key: string, hasExecution: boolean, now: number): ToolCall {
	dropOld(now);
	const kept = calls.get(key);
	const isFree = kept !== undefined && (hasExecution || !kept.isRunning);
	const call: KeptCall = { context: isFree ? kept.context : {}, isRunning: true, usedAt: now };
	if (isFree || !kept) calls.set(key, call);
	return {
		context: call.context,
		close: (succeeded) => {
			call.isRunning = false;
			if (succeeded && !hasExecution && calls.get(key) === call) calls.delete(key);
		},
	};
}

function dropOld(now: number): void {
	for (const [key, { usedAt, isRunning }] of calls) {
		const isOld = now - usedAt > MAX_AGE_MS || calls.size > MAX_CALLS;
		if (isOld && !isRunning) calls.delete(key);
	}
}

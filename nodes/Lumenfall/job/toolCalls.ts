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
	key: string;
	context: NodeContext;
	/** Whether a try is running now. */
	isRunning: boolean;
	/** Milliseconds on the caller's clock. */
	usedAt: number;
}

/** Longer than any pause between two tries. Milliseconds. */
const MAX_AGE_MS = 6 * 3_600_000;
const MAX_CALLS = 1_000;

/** The oldest first. */
const calls = new Set<KeptCall>();

/**
 * Opens the records of one tool call.
 * @param key execution, workflow, node and, without an execution, the arguments of the call
 * @param hasExecution whether the key includes an execution, whose calls share their records. Without one, several
 * clients can make the same call at the same time. Each then gets its own records, and a try after a failed one uses
 * records of a failed one: as many videos as clients.
 * @param now milliseconds on a monotonic clock
 */
export function openToolCall(key: string, hasExecution: boolean, now: number): ToolCall {
	dropOld(now);
	const call = findCall(key, hasExecution) ?? { key, context: {}, isRunning: true, usedAt: now };
	call.isRunning = true;
	call.usedAt = now;
	calls.add(call);
	return {
		context: call.context,
		close: (succeeded) => {
			call.isRunning = false;
			if (succeeded && !hasExecution) calls.delete(call);
		},
	};
}

function findCall(key: string, hasExecution: boolean): KeptCall | undefined {
	return [...calls].find((call) => call.key === key && (hasExecution || !call.isRunning));
}

function dropOld(now: number): void {
	for (const call of calls) {
		const isOld = now - call.usedAt > MAX_AGE_MS || calls.size > MAX_CALLS;
		if (isOld && !call.isRunning) calls.delete(call);
	}
}

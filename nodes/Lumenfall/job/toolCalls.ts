import type { IExecuteFunctions } from 'n8n-workflow';
import type { NodeContext } from './jobStore';

/**
 * The records of tool calls. n8n gives every try of a tool call a new execution context and a new run index. Records in
 * that context would be lost between two tries of Retry On Fail, and the video would be paid for twice. So they are
 * kept in this process: all tries of a tool call run in it.
 */

interface ToolCall {
	/** Replaces the node's execution context. */
	context: NodeContext;
	/** Resolves when no other call with the same arguments and records is running any more. */
	turn: Promise<void>;
	/** Ends this try. Keeps the records for the next try, unless the call is finished. */
	close(succeeded: boolean): void;
}

interface KeptCall {
	key: string;
	context: NodeContext;
	/** The number of tries that are running now. */
	running: number;
	/** By the hash of the arguments, when the last call with them ends. */
	ends: Map<string, Promise<void>>;
	/** Milliseconds on the caller's clock. */
	usedAt: number;
}

/** Longer than any pause between two tries. Milliseconds. */
const MAX_AGE_MS = 6 * 3_600_000;
const MAX_CALLS = 1_000;

/** The oldest first. */
const calls = new Set<KeptCall>();

/** Reports whether the node runs as a tool of an AI agent. n8n versions report tool runs in two different ways. */
export function isTool(execution: IExecuteFunctions): boolean {
	return execution.isToolExecution?.() === true || execution.getNode().type.endsWith('Tool');
}

/**
 * Opens the records of one tool call.
 * @param key execution, workflow, node and, without an execution, the arguments of the call
 * @param hasExecution whether the key includes an execution, whose calls share their records. Two equal calls at the same
 * time are then the same request, so the second one waits for the first one and takes its video. Without an execution,
 * several clients can make the same call at the same time. Each of these calls then gets its own records. A later try uses the
 * records of a call that has failed, so there are never more videos than clients.
 * @param now milliseconds on a monotonic clock
 * @param request hash of the arguments
 */
export function openToolCall(
	key: string,
	hasExecution: boolean,
	now: number,
	request = '',
): ToolCall {
	dropOld(now);
	const call = findCall(key, hasExecution) ?? newCall(key);
	call.running++;
	call.usedAt = now;
	calls.add(call);
	const turn = call.ends.get(request) ?? Promise.resolve();
	let end = () => {};
	call.ends.set(request, new Promise((resolve) => (end = resolve)));
	return {
		context: call.context,
		turn,
		close: (succeeded) => {
			call.running--;
			end();
			if (succeeded && !hasExecution) calls.delete(call);
		},
	};
}

function newCall(key: string): KeptCall {
	return { key, context: {}, running: 0, ends: new Map(), usedAt: 0 };
}

function findCall(key: string, hasExecution: boolean): KeptCall | undefined {
	return [...calls].find((call) => call.key === key && (hasExecution || call.running === 0));
}

function dropOld(now: number): void {
	for (const call of calls) {
		const isOld = now - call.usedAt > MAX_AGE_MS || calls.size > MAX_CALLS;
		if (isOld && call.running === 0) calls.delete(call);
	}
}

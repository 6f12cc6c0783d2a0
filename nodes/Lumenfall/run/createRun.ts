import { randomUUID } from 'node:crypto';
import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import type { RunContext } from '../context';
import { hashOfParameters } from '../job/identity';
import { JobStore, type NodeContext } from '../job/jobStore';
import { isTool, openToolCall } from '../job/toolCalls';
import { readRunSettings } from '../parameters/options';
import { createRateLimiter } from '../support/rateLimiter';
import { resultOf } from '../support/result';
import { runtimeOf, type Runtime } from '../support/runtime';
import { stopSwitchOf } from '../transport/httpHost';
import { createCanSuspend } from '../wait/waitMode';
import { agentArguments } from './agentArguments';

/** A run, and the function that ends it. */
interface OpenRun extends RunContext {
	/** @param succeeded whether every item has its output, so that n8n does not run the node again */
	close(succeeded: boolean): void;
}

/**
 * Opens a run: everything that its items share, read or computed once. Waits until no equal tool call is running.
 * @param form the fields of the node, if it creates videos
 */
export async function createRun(
	execution: IExecuteFunctions,
	form: INodeProperties[] = [],
): Promise<OpenRun> {
	const stop = stopSwitchOf(execution);
	const runtime = runtimeOf(stop);
	const records = openRecords(execution, form, runtime);
	const { context, runIndex, parametersHash, isShared, turn, close } = records;
	// A Stop ends this wait too. It is reported by the items.
	await resultOf(stop.race(turn));
	const { id, name } = execution.getNode();
	const origin = {
		instanceId: execution.getInstanceId(),
		// Without an execution ID, a random one separates the records of two runs.
		executionId: execution.getExecutionId() || String((context.runId ??= randomUUID())),
		nodeId: id,
		nodeName: name,
	};
	const openStore = () => new JobStore(context, origin, runIndex);
	return {
		execution,
		settings: readRunSettings(execution),
		runIndex,
		parametersHash,
		stop,
		runtime,
		rateLimiter: createRateLimiter(runtime),
		statusLimiter: createRateLimiter(runtime),
		nodeContext: context,
		jobs: isShared ? sharedStore(context, openStore) : openStore(),
		cache: { schemas: new Map(), estimates: [] },
		canSuspend: createCanSuspend(execution, runtime),
		close,
	};
}

const stores = new WeakMap<NodeContext, JobStore>();

/**
 * Returns the store of a tool. Calls that run at the same time share their records, so they also share the sums of the
 * store: otherwise each of them could spend the whole budget.
 */
function sharedStore(context: NodeContext, create: () => JobStore): JobStore {
	const store = stores.get(context) ?? create();
	stores.set(context, store);
	return store;
}

/** Returns where the records of this run are stored, and what identifies its requests. */
function openRecords(execution: IExecuteFunctions, form: INodeProperties[], { now }: Runtime) {
	const { id, name, parameters } = execution.getNode();
	if (!isTool(execution)) {
		return {
			context: execution.getContext('node') as NodeContext,
			runIndex: runIndexOf(execution),
			parametersHash: hashOfParameters(parameters, form),
			isShared: false,
			turn: Promise.resolve(),
			close: () => {},
		};
	}
	const executionId = execution.getExecutionId();
	const parametersHash = hashOfParameters(parameters, form, agentArguments(execution));
	const place = [execution.getInstanceId(), execution.getWorkflow().id, id, name];
	const key = [executionId, ...place, executionId ? '' : parametersHash];
	// Each try of a tool call has its own run index, so the index does not identify the request.
	return {
		...openToolCall(key.join('/'), Boolean(executionId), now(), parametersHash),
		runIndex: 0,
		parametersHash,
		isShared: true,
	};
}

/** n8n reports a node's run index only through an expression. */
function runIndexOf(execution: IExecuteFunctions): number {
	return Number(execution.evaluateExpression('{{ $runIndex }}', 0)) || 0;
}

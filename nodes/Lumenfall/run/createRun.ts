import { randomUUID } from 'node:crypto';
import type { IExecuteFunctions } from 'n8n-workflow';
import type { RunContext } from '../context';
import { runErrors } from '../errors/runErrors';
import { hashOfParameters } from '../job/identity';
import { JobStore } from '../job/jobStore';
import { createRateLimiter } from '../support/rateLimiter';
import { runtimeOf } from '../support/runtime';
import { StopSwitch } from '../support/stopSwitch';
import { createCanSuspend } from '../wait/waitMode';

/** Opens a run: everything its items share, read or computed once. */
export function createRun(execution: IExecuteFunctions): RunContext {
	const stop = stopSwitchOf(execution);
	const runtime = runtimeOf(stop);
	const runIndex = runIndexOf(execution);
	const node = execution.getNode();
	const origin = {
		instanceId: execution.getInstanceId(),
		// Without an execution ID two runs could not be told apart.
		executionId: execution.getExecutionId() || randomUUID(),
		nodeId: node.id,
		nodeName: node.name,
	};
	return {
		execution,
		runIndex,
		parametersHash: hashOfParameters(node.parameters),
		stop,
		runtime,
		rateLimiter: createRateLimiter(runtime),
		statusLimiter: createRateLimiter(runtime),
		jobs: new JobStore(execution.getContext('node'), origin, runIndex),
		cache: { schemas: new Map(), estimates: [] },
		canSuspend: createCanSuspend(execution, runtime),
	};
}

/** n8n reports a node's run index only through an expression. */
function runIndexOf(execution: IExecuteFunctions): number {
	return Number(execution.evaluateExpression('{{ $runIndex }}', 0)) || 0;
}

/** Flips when the user stops the execution, or when its time is up. */
export function stopSwitchOf(execution: IExecuteFunctions): StopSwitch {
	const stop = new StopSwitch();
	const signal = execution.getExecutionCancelSignal();
	const onCancel = () => stop.stop(runErrors.stopped());
	if (signal?.aborted) onCancel();
	else signal?.addEventListener('abort', onCancel, { once: true });
	return stop;
}

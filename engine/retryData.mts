import type { IRunExecutionData } from 'n8n-workflow';
import type { Core } from './core.mts';
import type { RunResult, WorkflowJson } from './types.mts';

/**
 * The data a retried execution starts from, made as n8n's ExecutionService.retry makes it: the stored
 * record of the failed one, without its error and without the failed node's last run. The node is still
 * on the execution stack with its input, and `contextData` still holds what nodes kept in their context.
 */
export function createRetryData(
	core: Core,
	failed: RunResult,
	replacement?: WorkflowJson,
): IRunExecutionData {
	if (failed.status === 'success') {
		throw new Error('The execution succeeded, so it cannot be retried.');
	}
	const data = asStored(core, failed.data);
	const { resultData, executionData } = data;
	const lastRuns = resultData.runData[resultData.lastNodeExecuted ?? ''];
	delete resultData.error;
	if (lastRuns?.at(-1)?.error !== undefined) lastRuns.pop();

	if (replacement) {
		for (const entry of executionData?.nodeExecutionStack ?? []) {
			const node = replacement.nodes.find(({ name }) => name === entry.node.name);
			if (!node) throw new Error(`Could not find the node "${entry.node.name}" in workflow.`);
			entry.node = structuredClone(node);
		}
	}
	return data;
}

/** Through JSON, as through n8n's database: nothing but plain data survives between two executions. */
function asStored({ n8nWorkflow }: Core, data: IRunExecutionData): IRunExecutionData {
	return JSON.parse(JSON.stringify(n8nWorkflow.replaceCircularReferences(data)));
}

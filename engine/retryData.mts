import type { IRunExecutionData, Workflow } from 'n8n-workflow';
import type { Core } from './core.mts';
import type { RunResult } from './types.mts';

/**
 * Returns the data from which a retried execution starts, created as in n8n's ExecutionService.retry: the stored record
 * of the failed execution, without its error and without the last run of the failed node. The node is still on the
 * execution stack with its input, and `contextData` still contains the nodes' contexts.
 */
export function createRetryData(core: Core, failed: RunResult): IRunExecutionData {
	if (failed.status === 'success') {
		throw new Error('The execution succeeded, so it cannot be retried.');
	}
	const data = asStored(core, failed.data);
	const { resultData } = data;
	const lastRuns = resultData.runData[resultData.lastNodeExecuted ?? ''];
	delete resultData.error;
	if (lastRuns?.at(-1)?.error !== undefined) lastRuns.pop();

	return data;
}

/**
 * Puts the nodes of a workflow that was saved since then on the execution stack, with defaults for missing fields, as
 * ExecutionService.retry takes them from a Workflow.
 */
export function useSavedNodes(data: IRunExecutionData, workflow: Workflow): void {
	for (const entry of data.executionData?.nodeExecutionStack ?? []) {
		const node = workflow.getNode(entry.node.name);
		if (!node) throw new Error(`Could not find the node "${entry.node.name}" in workflow.`);
		entry.node = node;
	}
}

/** Converts through JSON, as n8n's database does: only plain data survives between two runs. */
export function asStored({ n8nWorkflow }: Core, data: IRunExecutionData): IRunExecutionData {
	return JSON.parse(
		JSON.stringify(n8nWorkflow.replaceCircularReferences(data)),
	) as IRunExecutionData;
}

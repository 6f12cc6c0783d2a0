import type { IDataObject, INodeExecutionData, Workflow, WorkflowExecuteMode } from 'n8n-workflow';
import { startExecution, type EngineParts } from './runWorkflow.mts';
import type { RunningExecution, WorkflowJson } from './types.mts';

/** Starts a workflow from the output of its trigger, as n8n does for webhook calls and polls. */
export function startFromTrigger(
	parts: EngineParts,
	workflowJson: WorkflowJson,
	mode: WorkflowExecuteMode,
	triggerName: string,
	main: INodeExecutionData[][],
): RunningExecution {
	return startExecution(parts, {
		mode,
		workflowJson,
		options: {},
		startData: ({ nodes }) =>
			parts.core.n8nWorkflow.createRunExecutionData({
				executionData: {
					nodeExecutionStack: [{ node: nodes[triggerName], data: { main }, source: null }],
				},
			}),
	});
}

/** Saves the static data if a node has changed it, as n8n's database does. */
export function saveStaticData({ staticData }: Workflow, workflowJson: WorkflowJson): void {
	if (staticData.__dataChanged !== true) return;
	workflowJson.staticData = JSON.parse(JSON.stringify(staticData)) as IDataObject;
	staticData.__dataChanged = false;
}

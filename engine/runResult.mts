import type { ExecutionError, IRunExecutionData, ITaskData } from 'n8n-workflow';
import type { RunError, RunResult, WorkflowJson } from './types.mts';

/** How an execution ended. */
export interface Outcome {
	executionId: string;
	status: RunResult['status'];
	error?: ExecutionError | Error;
	workflow: WorkflowJson;
	data: IRunExecutionData;
}

/** A finished execution, with doors to what people look at. */
export function createRunResult({ error, ...outcome }: Outcome): RunResult {
	const runsOf = (nodeName: string): ITaskData[] => {
		if (!outcome.workflow.nodes.some(({ name }) => name === nodeName)) {
			throw new Error(`There is no node "${nodeName}" in this workflow`);
		}
		return outcome.data.resultData.runData[nodeName] ?? [];
	};

	return {
		...outcome,
		...(error && { error: describeError(error, outcome.data) }),
		output: (nodeName, branch = 0) => runsOf(nodeName).at(-1)?.data?.main?.[branch] ?? [],
		runs: (nodeName) => runsOf(nodeName).length,
		hints: (nodeName) => runsOf(nodeName).at(-1)?.hints ?? [],
	};
}

interface ErrorFields {
	name?: string;
	message: string;
	description?: string | null;
	node?: { name: string };
	context?: { itemIndex?: number };
	httpCode?: string | null;
}

/** Only fields that are there: n8n stores errors as plain objects of whatever class was thrown. */
function describeError(error: ExecutionError | Error, data: IRunExecutionData): RunError {
	const { name, message, description, node, context, httpCode }: ErrorFields = error;
	const nodeName = node?.name ?? data.resultData.lastNodeExecuted;
	return {
		name: name ?? 'Error',
		message,
		...(description && { description }),
		...(nodeName && { node: nodeName }),
		...(context?.itemIndex !== undefined && { itemIndex: context.itemIndex }),
		...(httpCode && { httpCode }),
	};
}

import type { ExecutionError, IRunExecutionData, ITaskData } from 'n8n-workflow';
import type { RunError, RunResult, WorkflowJson } from './types.mts';

/** The outcome of an execution. */
export interface Outcome {
	executionId: string;
	status: RunResult['status'];
	error?: ExecutionError | Error;
	workflow: WorkflowJson;
	data: IRunExecutionData;
}

/** Creates the result of a finished execution, with methods for what tests read most. */
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

/** Copies only fields that are present, because n8n stores errors of any class as plain objects. */
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

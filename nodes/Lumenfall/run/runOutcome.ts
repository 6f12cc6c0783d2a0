import type { INode, INodeExecutionData } from 'n8n-workflow';
import type { Failure } from '../errors/failure';
import { toNodeError } from '../errors/nodeError';

/** How a run of the node ends: with its output, or with the failure of one item. */
export type RunOutcome = { output: INodeExecutionData[] } | FailedRun;

/** The item whose failure ended the run. */
export interface FailedRun {
	failure: Failure;
	itemIndex: number;
}

/**
 * Returns the output of a run as n8n expects it of a node.
 * @throws NodeApiError or NodeOperationError if the run has failed
 */
export function toNodeOutput(node: INode, outcome: RunOutcome): INodeExecutionData[][] {
	if ('output' in outcome) return [outcome.output];
	throw toNodeError(node, outcome.failure, outcome.itemIndex);
}

import {
	ExpressionError,
	NodeApiError,
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type INode,
	type INodeExecutionData,
	type JsonObject,
} from 'n8n-workflow';
import { failureOf, type Failure } from './failure';
import { tidyServerText } from './serverText';

/** The record of anything that was thrown: ours, n8n's own about the form, or a defect, which says so. */
export function failureFrom(error: unknown): Failure {
	return failureOf(error) ?? failureOfForm(error) ?? failureOfDefect(error);
}

/** A broken expression or a missing credential: n8n has found the words already. */
function failureOfForm(error: unknown): Failure | undefined {
	if (!(error instanceof ExpressionError || error instanceof NodeOperationError)) return undefined;
	return {
		kind: 'invalidInput',
		message: tidyServerText(error.message),
		advice: error.description ?? 'Check the expressions and the credential of this node.',
	};
}

function failureOfDefect(error: unknown): Failure {
	const words = tidyServerText(error instanceof Error ? error.message : String(error));
	return {
		kind: 'defect',
		message: `The node met something unexpected: ${words}`,
		advice: 'Please report this with the steps that led to it.',
	};
}

/** The n8n error of a failure: `NodeOperationError` for what the user typed, `NodeApiError` for what a server did. */
export function toNodeError(
	node: INode,
	failure: Failure,
	itemIndex?: number,
): NodeApiError | NodeOperationError {
	const message =
		itemIndex === undefined ? failure.message : `${failure.message} [Item ${itemIndex}]`;
	const description = failure.advice;
	const error =
		failure.kind === 'invalidInput'
			? new NodeOperationError(node, message, { description, itemIndex })
			: new NodeApiError(node, detailsOf(failure) as JsonObject, {
					message,
					description,
					httpCode: failure.httpStatus?.toString(),
					itemIndex,
				});
	// n8n swaps a message that contains a system code such as ECONNRESET for a canned one. Ours is better.
	error.message = message;
	if (error instanceof NodeApiError) error.httpCode = failure.httpStatus?.toString() ?? null;
	error.description = description;
	error.context.data = detailsOf(failure);
	return error;
}

/**
 * The item of a failed request under Continue On Fail. It has exactly these three keys: n8n sends an item with any
 * other key beside `error` to the success branch (n8n-core, handleNodeErrorOutput).
 * @param withDetails false where n8n would take `details` for such a key
 */
export function toFailedItem(
	failure: Failure,
	itemIndex: number,
	withDetails = true,
): INodeExecutionData {
	return {
		json: {
			error: failure.message,
			message: failure.advice,
			...(withDetails && { details: detailsOf(failure) }),
		},
		pairedItem: { item: itemIndex },
	};
}

/**
 * Whether a failed item may carry `details`. Up to n8n 2.33 the error output takes items with `error` and `message`
 * only; the id is in these sentences too. `onExecutionFinish` came in the same weeks and tells the versions apart.
 */
export function takesDetails(execution: IExecuteFunctions): boolean {
	return execution.getNode().onError !== 'continueErrorOutput' || 'onExecutionFinish' in execution;
}

function detailsOf(failure: Failure): IDataObject {
	const details: IDataObject = { ...failure };
	delete details.message;
	delete details.advice;
	return details;
}

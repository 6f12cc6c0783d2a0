import {
	NodeApiError,
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type INode,
	type INodeExecutionData,
	type JsonObject,
} from 'n8n-workflow';
import type { Failure } from './failure';

/** The n8n error of a failure: `NodeOperationError` for what the user typed, `NodeApiError` for what a server did. */
export function toNodeError(
	node: INode,
	failure: Failure,
	itemIndex?: number,
): NodeApiError | NodeOperationError {
	const place = itemIndex === undefined ? '' : ` [Item ${itemIndex}]`;
	// An id is the server's text too. Where the message cannot show it as it is, the description does.
	const words = failure.message.replace(/canceled/g, 'cancelled');
	const message = `${words}${place}`;
	const description =
		words === failure.message ? failure.advice : `${failure.advice} The ID is ${failure.videoId}.`;
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
export function supportsDetails(execution: IExecuteFunctions): boolean {
	return execution.getNode().onError !== 'continueErrorOutput' || 'onExecutionFinish' in execution;
}

function detailsOf(failure: Failure): IDataObject {
	const details: IDataObject = { ...failure };
	delete details.message;
	delete details.advice;
	return details;
}

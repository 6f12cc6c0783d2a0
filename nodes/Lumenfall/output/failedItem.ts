import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { detailsOf, type Failure } from '../errors/failure';

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

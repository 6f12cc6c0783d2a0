import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { detailsOf, type Failure } from '../errors/failure';

/**
 * Returns the item of a failed request under Continue On Fail. It has exactly these three keys, because n8n sends an
 * item with any other key beside `error` to the success branch (n8n-core, handleNodeErrorOutput).
 * @param withDetails false if this version of n8n treats `details` as such a key
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
 * Reports whether a failed item may contain `details`. Up to n8n 2.33, the error output accepts only items with `error`
 * and `message`; both texts contain the id too. `onExecutionFinish` was added in the same weeks, so it distinguishes
 * the versions.
 */
export function supportsDetails(execution: IExecuteFunctions): boolean {
	return execution.getNode().onError !== 'continueErrorOutput' || 'onExecutionFinish' in execution;
}

import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { detailsOf, type Failure } from '../errors/failure';
import { withoutUndefined } from '../support/withoutUndefined';

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

/** Reports whether an item is one of a failed request. With Retry On Fail, n8n runs the node again if the first one is. */
export function isFailedItem({ json }: INodeExecutionData): boolean {
	return json.error !== undefined;
}

/** Why an item, or a part of it, has no video. */
export type FailureJson = Pick<Failure, 'kind' | 'message' | 'advice' | 'code'>;

/**
 * Returns why a part of an item has no video: a scene, or a compared model. Its name in the item is `failure`, not `error`,
 * because n8n treats an item with an `error` as failed and runs the node again.
 */
export function toFailureJson({ kind, message, advice, code }: Failure): FailureJson {
	return withoutUndefined({ kind, message, advice, code });
}

/** Returns the status of a part without a video. A video that exists, or may exist, has not failed. */
export function statusOfFailure({ kind, status, videoId }: Failure): string {
	const mayExist = videoId !== undefined || kind === 'createOutcomeUnknown';
	return status ?? (mayExist ? 'unknown' : 'failed');
}

/**
 * Reports whether a failed item may contain `details`. Up to n8n 2.33, the error output accepts only items with `error`
 * and `message`; both texts contain the id too. `onExecutionFinish` was added in the same weeks, so it distinguishes
 * the versions.
 */
export function supportsDetails(execution: IExecuteFunctions): boolean {
	return execution.getNode().onError !== 'continueErrorOutput' || 'onExecutionFinish' in execution;
}

import {
	ExpressionError,
	NodeApiError,
	NodeOperationError,
	type INode,
	type JsonObject,
} from 'n8n-workflow';
import { detailsOf, FailureError, type Failure } from './failure';
import { failure } from './message';
import { runErrors } from './runErrors';
import { tidyServerText } from './serverText';

/** Between n8n's errors and ours, in both directions. */

/** The record of anything that was thrown: ours, n8n's own about the form, or a defect, which says so. */
export function failureFrom(error: unknown): Failure {
	return ourError(error).failure;
}

/** The same error about a video whose id is known here, named in its words. */
export function withVideoId(error: unknown, videoId: string): FailureError {
	const known = ourError(error);
	return known.withVideoId?.(videoId) ?? known;
}

function ourError(error: unknown): FailureError {
	if (error instanceof FailureError) return error;
	const message = wordsOf(error);
	if (!(error instanceof ExpressionError || error instanceof NodeOperationError))
		return runErrors.unexpected({ cause: message });
	// A broken expression or a missing credential: n8n has found the words already.
	const advice = error.description ?? 'Check the expressions and the credential of this node.';
	return failure('invalidInput', {}, () => ({ message, advice }));
}

function wordsOf(error: unknown): string {
	return tidyServerText(error instanceof Error ? error.message : String(error));
}

/** The n8n error of a failure: `NodeOperationError` for what the user entered, `NodeApiError` for what a server did. */
export function toNodeError(
	node: INode,
	failed: Failure,
	itemIndex?: number,
): NodeApiError | NodeOperationError {
	const place = itemIndex === undefined ? '' : ` [Item ${itemIndex}]`;
	// n8n takes an error with its own spelling of this word for a Stop. An id, or what the user entered, may contain it.
	const message = `${failed.message.replace(/canceled/g, 'cancelled')}${place}`;
	const description = failed.videoId?.includes('canceled')
		? `${failed.advice} The ID is ${failed.videoId}.`
		: failed.advice;
	const error =
		failed.kind === 'invalidInput'
			? new NodeOperationError(node, message, { description, itemIndex })
			: new NodeApiError(node, detailsOf(failed) as JsonObject, {
					message,
					description,
					httpCode: failed.httpStatus?.toString(),
					itemIndex,
				});
	// n8n swaps a message that contains a system code such as ECONNRESET for a canned one. Ours is better.
	error.message = message;
	if (error instanceof NodeApiError) error.httpCode = failed.httpStatus?.toString() ?? null;
	error.description = description;
	error.context.data = detailsOf(failed);
	return error;
}

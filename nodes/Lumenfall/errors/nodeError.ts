import {
	ExpressionError,
	NodeApiError,
	NodeOperationError,
	UserError,
	type INode,
	type JsonObject,
} from 'n8n-workflow';
import { detailsOf, FailureError, type Failure } from './failure';
import { failure } from './message';
import { runErrors } from './runErrors';
import { tidyServerText } from './serverText';

/** Converts between n8n's errors and the failures of this package. */

/** Returns the failure record of anything that was thrown: a failure, an n8n error about the form, or a defect. */
export function failureFrom(error: unknown): Failure {
	return toFailureError(error).failure;
}

/** Returns the same error with the video ID, which is added to the text. An error that names its video is unchanged. */
export function withVideoId(error: unknown, videoId: string): FailureError {
	const known = toFailureError(error);
	if (known.failure.videoId !== undefined) return known;
	return known.withVideoId?.(videoId) ?? known;
}

/** Returns the failure of anything that was thrown, as an error. */
export function toFailureError(error: unknown): FailureError {
	if (error instanceof FailureError) return error;
	const message = wordsOf(error);
	if (!OF_THE_USER.some((kind) => error instanceof kind))
		return runErrors.unexpected({ cause: message });
	const { description } = error as { description?: string | null };
	const advice = description ?? 'Check the expressions and the credential of this node.';
	return failure('invalidInput', {}, () => ({ message, advice }));
}

/** A broken expression, or a missing credential. n8n's text explains it already. */
const OF_THE_USER = [ExpressionError, NodeOperationError, UserError];

function wordsOf(error: unknown): string {
	return tidyServerText(error instanceof Error ? error.message : String(error));
}

/** Converts a failure to an n8n error: `NodeOperationError` for invalid input, `NodeApiError` for the rest. */
export function toNodeError(
	node: INode,
	failed: Failure,
	itemIndex?: number,
): NodeApiError | NodeOperationError {
	const place = itemIndex === undefined ? '' : ` [Item ${itemIndex}]`;
	// n8n treats an error text with the American spelling of this word as a Stop. An ID or user input may contain it.
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
	// n8n replaces a message that contains a system code such as ECONNRESET with a generic one.
	error.message = message;
	if (error instanceof NodeApiError) error.httpCode = failed.httpStatus?.toString() ?? null;
	error.description = description;
	error.context.data = detailsOf(failed);
	return error;
}

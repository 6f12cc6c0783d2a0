import { NodeApiError, NodeOperationError, type INode, type JsonObject } from 'n8n-workflow';
import { detailsOf, FailureError, type Failure } from './failure';
import { failure, shown } from './message';
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

/** A broken expression, or a missing credential. n8n's text explains it already. */
const OF_THE_USER = ['ExpressionError', 'NodeOperationError', 'UserError'];

/** Returns the failure of anything that was thrown, as an error. */
export function toFailureError(error: unknown): FailureError {
	if (error instanceof FailureError) return error;
	const message = wordsOf(error);
	if (!isOneOf(OF_THE_USER, error)) return runErrors.unexpected({ cause: message });
	const { description } = error as { description?: string | null };
	const advice = description ?? whatToCheck(error);
	return failure('invalidInput', {}, () => ({ message, advice }));
}

/** n8n stores the expression as the cause, and the node that it refers to in the context. */
function whatToCheck(error: unknown): string {
	const { cause, context } = error as { cause?: unknown; context?: { nodeCause?: unknown } };
	if (!isOneOf(['ExpressionError'], error) || typeof cause !== 'string')
		return 'Check the expressions and the credential of this node.';
	const { nodeCause } = context ?? {};
	const node = nodeCause ? `, and that the node ${shown(nodeCause)} exists and has run` : '';
	return `Check the expression ${shown(cause)}${node}.`;
}

/**
 * Reports whether an error is of one of n8n's classes. They are recognized by name: if npm has installed this package,
 * it has its own copy of n8n-workflow, whose classes are not those of n8n.
 */
function isOneOf(classes: string[], error: unknown): boolean {
	if (!(error instanceof Error)) return false;
	let type: unknown = error.constructor;
	while (typeof type === 'function' && !classes.includes(type.name))
		type = Object.getPrototypeOf(type);
	return typeof type === 'function';
}

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

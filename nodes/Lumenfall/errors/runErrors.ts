import type { Failure } from './failure';
import { failure, useVideo, useVideos } from './message';

/** Errors that end an item or a run without a server response. */
export const runErrors = {
	stopped: (known: { videoId?: string } = {}) =>
		failure('stopped', known, ({ videoId }) => ({
			message: `The execution was stopped while ${videoId ? `video ${videoId} was being generated` : 'the item was waiting'}`,
			advice: videoId
				? `The video may still finish: ${useVideo(videoId)}.`
				: 'Nothing was created for this item. Run the workflow again.',
		})),

	/** A defect of this package. */
	unexpected: (known: { cause?: string; videoId?: string }) =>
		failure('unexpectedError', known, ({ cause }) => ({
			message: `Unexpected error in the node: ${cause || '(no message)'}`,
			advice:
				'Please report this, with the steps that led to it, at https://github.com/n8n-nodes-lumenfall/n8n-nodes-lumenfall/issues.',
		})),
};

/**
 * Returns the failure that ends a run, with what the other items have left behind.
 * @param otherVideoIds videos that are not in the output
 * @param unclear when creates of other items were sent that got no clear response, as ISO times
 */
export function endOfRun(
	failed: Failure,
	otherVideoIds: string[],
	unclear: string[] = [],
): Failure {
	let { advice } = failed;
	if (otherVideoIds.length > 0)
		advice += ` The videos of other items of this run are not lost: ${useVideos(otherVideoIds)} Set 'On Error' in the settings of the node to 'Continue' so that one failed item does not stop the others.`;
	if (unclear.length > 0)
		advice += ` The create requests of other items of this run (${unclear.length}) got no usable response, so videos may have been created (at ${firstOf(unclear)}). Look for them with the operation 'Get Many' or in your account at the server.`;
	if (advice === failed.advice) return failed;
	return { ...failed, advice, ...(otherVideoIds.length > 0 && { otherVideoIds }) };
}

/** Many items may have had no clear response, for example if the server was down. */
const MAX_TIMES = 5;

function firstOf(times: string[]): string {
	return [...times.slice(0, MAX_TIMES), ...(times.length > MAX_TIMES ? ['…'] : [])].join(', ');
}

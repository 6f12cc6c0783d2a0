import type { Failure } from './failure';
import { failure, useVideo } from './message';

/** Errors that end an item or a run without a server response. */
export const runErrors = {
	stopped: (known: { videoId?: string } = {}) =>
		failure('stopped', known, ({ videoId }) => ({
			message: `The execution was stopped while ${videoId ? `video ${videoId} was being made` : 'the item was waiting'}`,
			advice: videoId
				? `The video may still finish: ${useVideo(videoId)}.`
				: 'Nothing was created for this item. Run the workflow again.',
		})),

	/** A defect of this package. */
	unexpected: (known: { cause?: string; videoId?: string }) =>
		failure('unexpectedError', known, ({ cause }) => ({
			message: `Unexpected error in the node: ${cause || '(no message)'}`,
			advice: 'Please report this with the steps that led to it.',
		})),
};

/** Returns the failure that ends a run, with the videos of other items that are not in the output. */
export function endOfRun(failed: Failure, otherVideoIds: string[]): Failure {
	if (otherVideoIds.length === 0) return failed;
	const advice = `${failed.advice} Other items of this run have created videos that are not lost: ${otherVideoIds.join(', ')}. Use the operation 'Get' or 'Download' with these video IDs. Set 'On Error' in the settings of the node to 'Continue' so that one failed item does not stop the others.`;
	return { ...failed, advice, otherVideoIds };
}

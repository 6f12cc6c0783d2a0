import type { Failure } from './failure';
import { failure, namesVideo, useVideo, useVideos } from './message';

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

/** The videos that a failure must name, because they are not in the output, and the creates that may have made one. */
export interface Leftovers {
	videoIds: string[];
	/** When creates were sent that got no clear response, as ISO times. */
	unclear: string[];
}

/** Returns the failure of an item, with everything that the item has left behind. */
export function endOfItem(failed: Failure, leftovers: Leftovers): Failure {
	return withLeftovers(failed, leftovers, {
		videos: (ids) => `Other videos of this item: ${ids}`,
		creates: 'Create requests of this item',
	});
}

/** Returns the failure that ends a run, with everything that the other items have left behind. */
export function endOfRun(failed: Failure, leftovers: Leftovers): Failure {
	return withLeftovers(failed, leftovers, {
		videos: (ids) =>
			`The videos of other items of this run are not lost: ${ids} Set 'On Error' in the settings of the node to 'Continue' so that one failed item does not stop the others.`,
		creates: 'The create requests of other items of this run',
	});
}

function withLeftovers(
	failed: Failure,
	{ videoIds, unclear }: Leftovers,
	words: { videos(ids: string): string; creates: string },
): Failure {
	const text = `${failed.message} ${failed.advice}`;
	const ids = videoIds.filter((id) => id !== failed.videoId && !namesVideo(text, id));
	const times = withoutNamed(unclear, text);
	let { advice } = failed;
	if (ids.length > 0) advice += ` ${words.videos(useVideos(ids))}`;
	if (times.length > 0)
		advice += ` ${words.creates} (${times.length}) got no usable response, so videos may have been created (at ${firstOf(times)}). Look for them with the operation 'Get Many' or in your account at the server.`;
	if (advice === failed.advice) return failed;
	const otherVideoIds = [...(failed.otherVideoIds ?? []), ...ids];
	return { ...failed, advice, ...(otherVideoIds.length > 0 && { otherVideoIds }) };
}

/** Returns the times without those in the text. Several creates may have been sent at the same time. */
function withoutNamed(times: string[], text: string): string[] {
	let rest = text;
	return times.filter((time) => {
		const isNamed = rest.includes(time);
		rest = rest.replace(time, '');
		return !isNamed;
	});
}

/** Many items may have had no clear response, for example if the server was down. */
const MAX_TIMES = 5;

function firstOf(times: string[]): string {
	return [...times.slice(0, MAX_TIMES), ...(times.length > MAX_TIMES ? ['…'] : [])].join(', ');
}

import type { ItemContext } from '../../context';
import { createVideo, resumeVideo, type CreatedVideo } from '../../create/createVideo';
import type { CreateInput } from '../../create/decide';
import { findKnownVideo } from '../../deliver/findVideo';

/** Returns the video that an earlier try of this request created, or creates one. */
export async function resumeOrCreate(
	context: ItemContext,
	input: CreateInput,
): Promise<CreatedVideo> {
	const { videoId } = input.entry.record;
	const job = videoId === undefined ? undefined : await findKnownVideo(context, videoId);
	const resumed = job && resumeVideo(context, input.entry, job, input.request.prompt);
	return resumed ?? (await createVideo(context, input));
}

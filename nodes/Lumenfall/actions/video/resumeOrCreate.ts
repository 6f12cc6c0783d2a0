import type { ItemContext } from '../../context';
import { createVideo, resumeVideo, type CreatedVideo } from '../../create/createVideo';
import type { CreateInput } from '../../create/decide';
import { prepareSource } from '../../create/prepareSource';
import { findKnownVideo } from '../../deliver/findVideo';
import type { VideoRequest } from '../../request/videoRequest';

/**
 * Returns the video that an earlier try of this request created, or creates one.
 * @param previousId a video of this server that the new one continues
 */
export async function resumeOrCreate(
	context: ItemContext,
	input: CreateInput,
	previousId?: string,
): Promise<CreatedVideo> {
	const { videoId } = input.entry.record;
	const job = videoId === undefined ? undefined : await findKnownVideo(context, videoId);
	const resumed = job && resumeVideo(context, input.entry, job, input.request.prompt);
	if (resumed) return resumed;
	const { request } = input;
	return await createVideo(
		context,
		previousId === undefined
			? input
			: { ...input, request: await continuing(context, request, previousId) },
	);
}

async function continuing(
	context: ItemContext,
	request: VideoRequest,
	id: string,
): Promise<VideoRequest> {
	const selection = { change: 'extend', video: { kind: 'id', id } } as const;
	const { source } = await prepareSource(context, selection, request.model);
	return { ...request, source };
}

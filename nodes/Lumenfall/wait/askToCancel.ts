import { failureOf } from '../errors/failure';
import { serverErrors } from '../errors/serverErrors';
import { isPending } from '../job/job';
import type { VideoApi } from '../transport/videoApi';

/**
 * Asks the server to stop a running video. Best effort: no server promises that a cancelled video costs nothing.
 * @throws FailureError `notCancellable` where the server has no way to, and the video goes on
 */
export async function askToCancel(api: VideoApi, videoId: string): Promise<void> {
	await api.cancelVideo(videoId).catch(async (error: unknown) => {
		if (failureOf(error)?.kind !== 'videoNotFound') throw error;
		// Servers without this route answer like those that have dropped the video, as one that was just cancelled.
		const goesOn = await api.getVideo(videoId).then(
			({ job }) => isPending(job),
			() => false,
		);
		if (goesOn) throw serverErrors.notCancellable({ videoId });
	});
}

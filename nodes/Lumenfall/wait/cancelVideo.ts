import type { ItemContext } from '../context';
import { failureOf, type Failure } from '../errors/failure';
import { failureFrom } from '../errors/nodeError';
import { serverErrors } from '../errors/serverErrors';
import { isPending, type Job } from '../job/job';
import type { JobEntry } from '../job/jobEntry';
import { runtimeOf, type Runtime } from '../support/runtime';
import { stopSwitchOf, withoutStop } from '../transport/httpHost';
import { withRetry } from '../transport/retry';
import { openApi, type VideoApi } from '../transport/videoApi';
import { requireSameServer } from './findVideo';

/**
 * Asks the server to cancel a video, if it is still running. Checks the status before each try, because some servers delete
 * a finished video on the same request. Best effort: no server promises that a cancelled video costs nothing.
 * @param found the job, if its status was checked just now
 * @returns the job as it was before; cancelled now if it was pending
 * @throws FailureError `notCancellable` if the server cannot cancel it, and the video continues; another error of the server
 */
export async function cancelIfRunning(
	api: VideoApi,
	videoId: string,
	runtime: Runtime,
	found?: Job,
): Promise<Job> {
	let checked = found;
	const tryToCancel = async () => {
		const job = checked ?? (await api.getVideo(videoId)).job;
		checked = undefined;
		if (isPending(job)) await cancelVideo(api, videoId);
		return job;
	};
	return await withRetry(tryToCancel, runtime);
}

async function cancelVideo(api: VideoApi, videoId: string): Promise<void> {
	await api.cancelVideo(videoId).catch(async (error: unknown) => {
		if (failureOf(error)?.kind !== 'videoNotFound') throw error;
		// A server without this route returns 404, and so does one that deletes cancelled videos. The status shows
		// which it is.
		const isStillRunning = await api.getVideo(videoId).then(
			({ job }) => isPending(job),
			() => false,
		);
		if (isStillRunning) throw serverErrors.notCancellable({ videoId });
	});
}

/**
 * Cancels a video after the user's Stop, or after n8n's own time limit. If the run ends because another item failed,
 * its videos continue, because a retry resumes them.
 * @param baseUrl the server that created it. On another one, the same ID is somebody else's video
 */
export async function cancelOnStop(
	{ execution }: Pick<ItemContext, 'execution'>,
	videoId: string,
	baseUrl: string | undefined,
): Promise<void> {
	if (!execution.getExecutionCancelSignal()?.aborted) return;

	const line = await cancelAfterStop(withoutStop(execution), videoId, baseUrl).catch(
		(error: unknown) => lineOfFailure(videoId, failureFrom(error)),
	);
	execution.logger.info(line, { videoId });
}

/** The message of a server that cannot cancel is the whole line: it names the video and says what did not work. */
function lineOfFailure(videoId: string, { kind, message }: Failure): string {
	return kind === 'notCancellable'
		? message
		: `Video ${videoId} could not be cancelled: ${message}`;
}

/** Cancels created videos in the same way, all in parallel. */
export async function cancelAllOnStop(
	run: Pick<ItemContext, 'execution'>,
	videos: Array<{ job: Pick<Job, 'id'>; entry: JobEntry }>,
): Promise<void> {
	const cancel = async ({ job, entry }: (typeof videos)[number]) =>
		await cancelOnStop(run, job.id, entry.record.sent?.baseUrl);
	await Promise.all(videos.map(cancel));
}

/** Returns what was done, for the log. */
async function cancelAfterStop(
	host: ItemContext['execution'],
	videoId: string,
	baseUrl: string | undefined,
): Promise<string> {
	const api = await openApi(host);
	requireSameServer(baseUrl, api.baseUrl, videoId);
	const job = await cancelIfRunning(api, videoId, runtimeOf(stopSwitchOf(host)));
	return isPending(job)
		? `Video ${videoId} was cancelled with the execution`
		: `Video ${videoId} had already ended when the execution was stopped (${job.status})`;
}

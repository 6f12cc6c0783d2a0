import type { INodeExecutionData } from 'n8n-workflow';
import type { ItemContext } from '../context';
import { failureOf, isTransient } from '../errors/failure';
import { failureFrom, withVideoId } from '../errors/nodeError';
import { serverErrors } from '../errors/serverErrors';
import type { Job } from '../job/job';
import type { JobEntry } from '../job/jobEntry';
import { formOf } from '../parameters/form';
import { resultOf } from '../support/result';
import type { Runtime } from '../support/runtime';
import { mayBeRefusedForNow, withRetry } from '../transport/retry';

type FindContext = Pick<ItemContext, 'api' | 'jobs' | 'runtime'>;

/**
 * Reads the job of the video ID in the form.
 * @throws FailureError if the ID is empty or invalid, or the server's error
 */
export async function findVideo(context: ItemContext): Promise<Job> {
	const { execution, itemIndex } = context;
	const videoId = formOf(context).videoId();
	const item = execution.getInputData()[itemIndex];
	return await findKnownVideo(context, videoId, createdAtIn(item, videoId));
}

/**
 * Reads the job of an ID. Transient errors are retried, and so is a 404 or 403 about a video that was created a moment ago.
 * Any other error carries the ID.
 * @param createdAt in milliseconds since 1970, if it is known
 */
export async function findKnownVideo(
	{ api, jobs, runtime }: FindContext,
	videoId: string,
	createdAt = Number.NEGATIVE_INFINITY,
): Promise<Job> {
	const read = async () => {
		const { job } = await api.getVideo(videoId);
		jobs.requireOwn(job);
		return job;
	};
	const find = async () => await withRetry(read, runtime);
	return await untilKnown(find, createdAt, runtime).catch((error: unknown) => {
		throw withVideoId(error, videoId);
	});
}

/**
 * Reads the job of a record. If the server is down, the status is unknown: the wait that follows is as patient as for a new
 * video.
 * @param createdAt ISO time, if the video may be so new that the server does not know it yet
 * @throws FailureError `serverChanged` if it was created on another server, where the same ID may be another video; or an
 * error of the server that is not transient
 */
export async function findRecordedVideo(
	context: FindContext,
	{ record: { sent } }: JobEntry,
	videoId: string,
	createdAt?: string,
): Promise<Job> {
	requireSameServer(sent?.baseUrl, context.api.baseUrl, videoId);
	const found = await resultOf(findKnownVideo(context, videoId, timeOf(createdAt)));
	if (found.ok) return found.value;
	if (!isTransient(failureFrom(found.error).kind)) throw found.error;
	return { id: videoId, phase: 'unknown', status: 'unknown' };
}

/**
 * Requires that the credential still has the server that a video was created on. On another one, the same ID is somebody
 * else's video.
 * @param recorded the server in the record; undefined if it is not known
 * @throws FailureError `serverChanged`
 */
export function requireSameServer(
	recorded: string | undefined,
	baseUrl: string,
	videoId: string,
): void {
	if (recorded === undefined || recorded === baseUrl) return;
	throw serverErrors.serverChanged({ cause: `from ${recorded} to ${baseUrl}`, videoId });
}

const UNKNOWN_PAUSE_MS = 2_000;

/** Repeats a read while the video is so new that the server may not know it yet. */
async function untilKnown(
	find: () => Promise<Job>,
	createdAt: number,
	{ now, sleep, wallTime }: Runtime,
): Promise<Job> {
	const startedAt = now();
	// The time may come from the server, whose clock may be ahead of ours.
	const ageAtFirst = Math.abs(wallTime() - createdAt);
	for (;;) {
		const result = await resultOf(find());
		if (result.ok) return result.value;
		const ageMs = ageAtFirst + now() - startedAt;
		if (!mayBeRefusedForNow(failureOf(result.error), ageMs)) throw result.error;
		await sleep(UNKNOWN_PAUSE_MS);
	}
}

/** Returns when the video was created, if the input item is about this video. */
function createdAtIn({ json }: INodeExecutionData, videoId: string): number | undefined {
	return json.id === videoId ? timeOf(json.createdAt) : undefined;
}

function timeOf(isoTime: unknown): number | undefined {
	const time = typeof isoTime === 'string' ? Date.parse(isoTime) : Number.NaN;
	return Number.isNaN(time) ? undefined : time;
}

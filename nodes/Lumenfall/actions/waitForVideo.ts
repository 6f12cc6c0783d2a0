import { fail, withFacts } from '../errors/catalogue';
import { isTransient } from '../errors/classify';
import { failureFrom } from '../errors/nodeError';
import { failureOf } from '../errors/failure';
import type { Job } from '../job/job';
import { waitForJob, type StatusCheck, type WaitLimits } from '../job/wait';
import type { ActionContext } from './action';
import { doorsOf } from './doors';

/** How the wait went, for the output item. */
export interface Timing {
	polls: number;
	queuedSeconds?: number;
	generatingSeconds?: number;
}

export interface FinishedJob {
	job: Job;
	timing: Timing;
}

export interface WaitWishes extends WaitLimits {
	/** Whether the server is asked to stop the job when the user stops the execution. */
	cancelOnStop: boolean;
}

/**
 * Waits in the running execution until the job has made its video.
 * @throws FailureError that carries the video's id: the job's own failure, `timedOut`, `stopped`, or a refusal
 */
export async function waitForVideo(
	context: ActionContext,
	start: Job,
	wishes: WaitWishes,
): Promise<FinishedJob> {
	const { api, signal } = context;
	const check = async (timeoutMs: number): Promise<StatusCheck> =>
		await api.getVideo(start.id, timeoutMs).catch((error: unknown) => asBlip(error, signal));

	const doors = { ...doorsOf(signal), check, report: createReporter(context) };
	const ended = await waitForJob(start, doors, wishes).catch(async (error: unknown) => {
		if (wishes.cancelOnStop) await cancelIfStopped(context, start.id);
		throw withFacts(error, { videoId: start.id });
	});

	if (ended.end === 'deadline') {
		const { job, waitedMs, blip } = ended;
		const lastLook = failureOf(blip)?.message;
		throw fail('timedOut', {
			videoId: job.id,
			status: job.status,
			waitedSeconds: Math.round(waitedMs / 1000),
			...(lastLook && { serverMessage: `the last look at it did not work (${lastLook})` }),
		});
	}
	if (ended.job.phase === 'failed') throw api.failureOfJob(ended.job);
	return { job: ended.job, timing: timingOf(ended.polls, ended.queuedMs, ended.waitedMs) };
}

/** A blip says nothing about the job. Anything else ends the wait, and so does the user's Stop. */
function asBlip(error: unknown, signal: AbortSignal): StatusCheck {
	signal.throwIfAborted();
	const failure = failureOf(error);
	if (!failure || !isTransient(failure.kind)) throw error;
	return { blip: error, hintMs: failure.retryAfterMs };
}

/** Tells each new state once, to n8n's log and, in a manual run, to the editor's browser console. */
function createReporter({ execution }: ActionContext) {
	let reported = '';
	return (job: Job, waitedMs: number) => {
		const progress = job.progress === undefined ? '' : `, ${Math.round(job.progress)} %`;
		const state = `Video ${job.id} is ${job.status}${progress}`;
		if (state === reported) return;
		reported = state;
		const line = `${state} after ${Math.round(waitedMs / 1000)} s`;
		execution.logger.info(line, { videoId: job.id, status: job.status });
		if (execution.getMode() === 'manual') execution.sendMessageToUI(line);
	};
}

/** Only the user's Stop (or n8n's own time limit) cancels; a run that ends by another item's trouble is resumed. */
async function cancelIfStopped({ execution, api }: ActionContext, videoId: string): Promise<void> {
	if (!execution.getExecutionCancelSignal()?.aborted) return;
	const outcome = await api.cancelVideo(videoId).then(
		() => 'was cancelled with the execution',
		(error: unknown) => `could not be cancelled: ${failureFrom(error).message}`,
	);
	execution.logger.info(`Video ${videoId} ${outcome}`, { videoId });
}

/** A job that was already done when we first looked leaves its timing unknown. */
function timingOf(polls: number, queuedMs: number, waitedMs: number): Timing {
	if (polls === 0) return { polls };
	return {
		polls,
		queuedSeconds: tenths(queuedMs),
		generatingSeconds: tenths(waitedMs - queuedMs),
	};
}

function tenths(milliseconds: number): number {
	return Math.round(milliseconds / 100) / 10;
}

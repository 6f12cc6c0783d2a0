import { fail, withFacts } from '../errors/messages';
import { isTransient } from '../errors/classify';
import { failureOf } from '../errors/failure';
import type { Job } from '../job/job';
import { pollUntilDone, type StatusCheck, type PollResult, type PollOptions } from './pollLoop';
import type { StopSwitch } from '../support/stopSwitch';
import type { ItemContext } from '../context';
import { cancelOnStop } from './cancelVideo';
import { runtimeOf } from '../support/runtime';

/** How the wait went, for the output item. */
export interface Timing {
	polls: number;
	/** Absent where the queue was over before the first look. */
	queuedSeconds?: number;
	/** With the time in the queue where that is not known by itself. */
	generatingSeconds?: number;
}

export interface FinishedJob {
	job: Job;
	timing: Timing;
}

export interface WaitOptions extends PollOptions {
	/** Whether the server is asked to stop the job when the user stops the execution. */
	cancelOnStop: boolean;
}

/**
 * Waits in the running execution until the job has made its video.
 * @throws FailureError that carries the video's id: the job's own failure, `timedOut`, `stopped`, or a refusal
 */
export async function waitForVideo(
	context: ItemContext,
	start: Job,
	wishes: WaitOptions,
): Promise<FinishedJob> {
	const { api, stop } = context;
	const check = async (timeoutMs: number): Promise<StatusCheck> =>
		await api.getVideo(start.id, timeoutMs).catch((error: unknown) => asBlip(error, stop));

	const doors = { ...runtimeOf(stop), check, report: createReporter(context) };
	const ended = await pollUntilDone(start, doors, wishes).catch(async (error: unknown) => {
		if (wishes.cancelOnStop) await cancelOnStop(context, start.id);
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
	if (ended.job.phase !== 'completed') throw api.failureOfJob(ended.job);
	return { job: ended.job, timing: timingOf(ended) };
}

/** A blip says nothing about the job. Anything else ends the wait, and so does the user's Stop. */
function asBlip(error: unknown, stop: StopSwitch): StatusCheck {
	stop.throwIfStopped();
	const failure = failureOf(error);
	if (!failure || !isTransient(failure.kind)) throw error;
	return { blip: error, hintMs: failure.retryAfterMs };
}

/** Tells each new state once, to n8n's log and, in a manual run, to the editor's browser console. */
function createReporter({ execution }: ItemContext) {
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

/** A job that was already done when we first looked leaves its timing unknown. */
function timingOf({ polls, queuedMs, waitedMs }: PollResult & { end: 'finished' }): Timing {
	if (polls === 0) return { polls };
	return {
		polls,
		...(queuedMs !== undefined && { queuedSeconds: tenths(queuedMs) }),
		generatingSeconds: tenths(waitedMs - (queuedMs ?? 0)),
	};
}

function tenths(milliseconds: number): number {
	return Math.round(milliseconds / 100) / 10;
}

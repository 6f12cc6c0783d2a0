import { fail, withFacts } from '../errors/catalogue';
import { isTransient } from '../errors/classify';
import { failureOf } from '../errors/failure';
import type { Job } from '../job/job';
import { waitForJob, type StatusCheck, type WaitLimits } from '../job/wait';
import type { ActionContext } from './action';
import { retryDoors } from './doors';

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

/**
 * Waits in the running execution until the job has made its video.
 * @throws FailureError that carries the video's id: the job's own failure, `timedOut`, `stopped`, or a refusal
 */
export async function waitForVideo(
	context: ActionContext,
	start: Job,
	limits: WaitLimits,
): Promise<FinishedJob> {
	const { api, signal, execution } = context;
	let reported = '';

	const check = async (timeoutMs: number): Promise<StatusCheck> =>
		await api.getVideo(start.id, timeoutMs).then(
			({ job, pollAfterMs }) => ({ job, hintMs: pollAfterMs }),
			(error: unknown) => asBlip(error, signal),
		);

	const report = (job: Job, waitedMs: number) => {
		const state =
			job.progress === undefined ? job.status : `${job.status}, ${Math.round(job.progress)} %`;
		if (state === reported) return;
		reported = state;
		const waited = Math.round(waitedMs / 1000);
		execution.logger.info(`Video ${job.id} is ${state} after ${waited} s`, {
			videoId: job.id,
			status: job.status,
		});
	};

	const doors = { ...retryDoors(signal), check, report, now: Date.now };
	const ended = await waitForJob(start, doors, limits).catch((error: unknown) => {
		throw withFacts(error, { videoId: start.id });
	});

	if (ended.end === 'deadline') {
		const { job, waitedMs, blip } = ended;
		throw fail('timedOut', {
			videoId: job.id,
			status: job.status,
			waitedSeconds: Math.round(waitedMs / 1000),
			...(failureOf(blip) && {
				serverMessage: `the last look at it did not work (${failureOf(blip)?.message})`,
			}),
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

/** A job that was already done when we first looked leaves its timing unknown. */
function timingOf(polls: number, queuedMs: number, waitedMs: number): Timing {
	if (polls === 0) return { polls };
	return { polls, queuedSeconds: tenths(queuedMs), generatingSeconds: tenths(waitedMs - queuedMs) };
}

function tenths(milliseconds: number): number {
	return Math.round(milliseconds / 100) / 10;
}

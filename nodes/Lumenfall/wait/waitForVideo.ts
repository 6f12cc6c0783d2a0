import { failureOf, isTransient, type Failure, type FailureKind } from '../errors/failure';
import { withVideoId } from '../errors/nodeError';
import { tidyServerText } from '../errors/serverText';
import type { Job } from '../job/job';
import {
	MIN_CHECK_MS,
	pollUntilDone,
	type PolledJob,
	type PollResult,
	type PollOptions,
	type StatusCheck,
} from './pollLoop';
import { MAX_HINT_MS } from './pollSchedule';
import { isNewJob, jobDurations, kindOfJob } from './jobDurations';
import type { ItemContext } from '../context';
import { cancelOnStop } from './cancelVideo';
import type { Timing } from '../output/videoItem';
import { resultOf } from '../support/result';
import { failureOfJob } from '../transport/failureOfResponse';
import { mayBeRefusedForNow } from '../transport/retry';
import { waitErrors } from './waitErrors';

interface FinishedJob {
	job: Job;
	timing: Timing;
}

interface WaitOptions extends PollOptions {
	/** Whether the server is asked to cancel the job when the user stops the execution. */
	cancelOnStop: boolean;
}

/** These errors concern all status checks of the run, not only this one. */
const REFUSALS: FailureKind[] = ['rateLimited', 'tooManyJobs', 'serverUnavailable'];

/**
 * Waits in the running execution until the video is completed.
 * @throws FailureError with the video's ID: the job's own failure, `timedOut`, `stopped`, or another error of the
 * server
 */
export async function waitForVideo(
	context: ItemContext,
	start: Job,
	options: WaitOptions,
): Promise<FinishedJob> {
	const { api, runtime } = context;
	const kind = isNewJob(start, runtime.wallTime()) ? kindOfJob(api.baseUrl, start) : undefined;
	const polled: PolledJob = {
		check: createStatusCheck(context, start.id),
		report: createReporter(context),
		likelyEnd: () => (kind === undefined ? undefined : jobDurations.likelyEnd(kind)),
	};
	const ended = await pollUntilDone(start, polled, options, runtime).catch(
		async (error: unknown) => {
			if (options.cancelOnStop) await cancelOnStop(context, start.id, api.baseUrl);
			throw withVideoId(error, start.id);
		},
	);

	if (ended.end === 'deadline') throw timedOut(ended);
	if (ended.job.phase !== 'completed') throw failureOfJob(ended.job);
	if (kind !== undefined && ended.polls > 0) jobDurations.learn(kind, ended.endedMs);
	return { job: ended.job, timing: timingOf(ended) };
}

/**
 * Makes one status check. A rate limit or an unavailable server slows all status checks of the run. A transient error
 * is returned, because nothing follows from it about the job. So is a refusal that does not last. Any other error ends
 * the wait, as does the user's Stop.
 */
function createStatusCheck(
	{ api, jobs, runtime: { now }, statusLimiter, stop }: ItemContext,
	id: string,
): PolledJob['check'] {
	let refusedAt: number | undefined;
	const canBeTransient = (failure: Failure) => {
		if (isTransient(failure.kind)) {
			refusedAt = undefined;
			return true;
		}
		refusedAt ??= now();
		return mayBeRefusedForNow(failure, now() - refusedAt);
	};
	const read = async (timeoutMs: number) => {
		const response = await api.getVideo(id, timeoutMs);
		jobs.requireOwn(response.job);
		return response;
	};
	let lastError: unknown;

	return async (timeoutMs): Promise<StatusCheck> => {
		const endsAt = now() + timeoutMs;
		if (!(await statusLimiter.acquire(endsAt - MIN_CHECK_MS)))
			return { transientError: lastError, notSent: true };

		const result = await resultOf(read(endsAt - now()));
		if (result.ok) {
			statusLimiter.recover();
			refusedAt = undefined;
			return result.value;
		}
		stop.throwIfStopped();
		const failure = failureOf(result.error);
		if (!failure || !canBeTransient(failure)) throw result.error;
		const { retryAfterMs } = failure;
		if (REFUSALS.includes(failure.kind))
			statusLimiter.backOff(retryAfterMs && Math.min(retryAfterMs, MAX_HINT_MS));
		lastError = result.error;
		return { transientError: result.error, hintMs: retryAfterMs };
	};
}

/** Logs each new state once, in n8n's log and, in a manual run, in the editor's browser console. */
function createReporter({ execution }: ItemContext): PolledJob['report'] {
	let reported = '';
	return (job, waitedMs) => {
		const progress = job.progress === undefined ? '' : `, ${Math.round(job.progress)} %`;
		const state = `Video ${job.id} is ${job.status}${progress}`;
		if (state === reported) return;
		reported = state;
		const line = `${state} after ${Math.round(waitedMs / 1000)} s`;
		execution.logger.info(line, { videoId: job.id, status: job.status });
		if (execution.getMode() === 'manual') execution.sendMessageToUI(line);
	};
}

function timedOut({ job, waitedMs, transientError }: PollResult & { end: 'deadline' }): Error {
	const lastError = failureOf(transientError)?.message;
	const why = [
		job.phase === 'unknown' && whyUnknown(job),
		lastError && `the last status check failed (${lastError})`,
	].filter(Boolean);
	return waitErrors.timedOut({
		videoId: job.id,
		status: job.status,
		waitedSeconds: Math.round(waitedMs / 1000),
		...(why.length > 0 && { serverMessage: why.join('; ') }),
	});
}

function whyUnknown({ status, error }: Job): string {
	return error?.message
		? `the server says: ${tidyServerText(error.message)}`
		: `'${status}' is not a status that this node recognizes`;
}

/** Returns the measured times. If the job was final before the first status check, they are unknown. */
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

import { isPending, type Job } from '../job/job';
import type { Runtime } from '../support/runtime';
import { MIN_PAUSE_MS, nextPauseMs, type LikelyEnd, type PollLimits } from './pollSchedule';

/**
 * What one status check found: the state of the job, or a transient error, which says nothing about the job.
 * `hintMs` is the pause the server asks for; `notSent` where the check could not even be sent.
 */
export type StatusCheck =
	| { job: Job; hintMs?: number }
	| { transientError: unknown; hintMs?: number; notSent?: boolean };

/** The job as seen from the wait. */
export interface PolledJob {
	/** One status check that takes at most `timeoutMs`. Rejects only when checking again is pointless. */
	check(timeoutMs: number): Promise<StatusCheck>;
	/** Called with every state, for the log. */
	report(job: Job, waitedMs: number): void;
	/** When the job is likely to end, by what is known at the moment. */
	likelyEnd(): LikelyEnd | undefined;
}

export interface PollOptions extends PollLimits {
	timeoutMs: number;
	/** Whether time in the server's queue counts towards the timeout. */
	queueCounts: boolean;
}

/**
 * How a wait ended.
 * - `queuedMs`: until when the job was seen in the queue; absent where no check found it there.
 * - `endedMs`: when the job ended, as far as the checks before and after it tell.
 * - `transientError`: that of the newest check, where the newest check failed.
 */
export type PollResult =
	| {
			end: 'finished';
			job: Job;
			polls: number;
			waitedMs: number;
			queuedMs?: number;
			endedMs: number;
	  }
	| { end: 'deadline'; job: Job; polls: number; waitedMs: number; transientError?: unknown };

/** A status check may be slow, yet must neither hang for ever nor run far past the deadline. */
const MAX_CHECK_MS = 15_000;
export const MIN_CHECK_MS = 1_000;
/** Even a queue that does not count ends some day. */
const MAX_QUEUE_MS = 24 * 3_600_000;

/**
 * Waits until the job is final or the deadline has come. One failed status check is not a failed job: it is repeated,
 * and the last known state is returned at the deadline, so that the id is never lost.
 * @throws what `check` and `sleep` reject with
 */
export async function pollUntilDone(
	start: Job,
	{ check, report, likelyEnd }: PolledJob,
	options: PollOptions,
	{ now, sleep, random }: Runtime,
): Promise<PollResult> {
	const startedAt = now();
	const waited = () => now() - startedAt;
	const remaining = () => {
		const freeMs = options.queueCounts ? 0 : Math.min(queuedMs ?? 0, MAX_QUEUE_MS);
		return options.timeoutMs + freeMs - waited();
	};
	let job = start;
	let polls = 0;
	let checkedMs: number | undefined;
	let queuedMs: number | undefined;
	let pendingMs = 0;
	let last: StatusCheck = { job };

	while (isPending(job)) {
		const remainingMs = remaining();
		if (remainingMs <= 0 || (checkedMs !== undefined && remainingMs < MIN_PAUSE_MS)) {
			const failed = 'transientError' in last && { transientError: last.transientError };
			return { end: 'deadline', job, polls, waitedMs: waited(), ...failed };
		}

		const moment = { waitedMs: waited(), checkedMs, remainingMs, hintMs: last.hintMs };
		await sleep(nextPauseMs({ ...moment, likelyEnd: likelyEnd(), random: random() }, options));

		checkedMs = waited();
		last = await check(Math.min(MAX_CHECK_MS, Math.max(remaining(), MIN_CHECK_MS)));
		if ('job' in last) {
			job = last.job;
			if (job.phase === 'queued') queuedMs = waited();
			if (isPending(job)) pendingMs = checkedMs;
			report(job, waited());
		}
		if (!('notSent' in last)) polls++;
	}
	const waitedMs = waited();
	return { end: 'finished', job, polls, queuedMs, waitedMs, endedMs: (pendingMs + waitedMs) / 2 };
}

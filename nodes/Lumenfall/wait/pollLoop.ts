import { isPending, type Job } from '../job/job';
import type { Runtime } from '../support/runtime';
import { MIN_PAUSE_MS, nextPauseMs, type LikelyEnd, type PollLimits } from './pollSchedule';

/**
 * The result of one status check: the state of the job, or a transient error, from which nothing follows about the job.
 * - `hintMs`: the delay that the server asks for.
 * - `notSent`: the rate limiter did not let the check through in time.
 */
export type StatusCheck =
	| { job: Job; hintMs?: number }
	| { transientError: unknown; hintMs?: number; notSent?: boolean };

/** What the poll loop uses of a job. */
export interface PolledJob {
	/** Makes one status check of at most `timeoutMs`. Rejects only if another check is pointless. */
	check(timeoutMs: number): Promise<StatusCheck>;
	/** Called after every successful check, for the log. */
	report(job: Job, waitedMs: number): void;
	/** When the job is likely to end, as far as known now. */
	likelyEnd(): LikelyEnd | undefined;
}

export interface PollOptions extends PollLimits {
	timeoutMs: number;
	/** Whether time in the server's queue counts towards the timeout. */
	queueCounts: boolean;
}

/**
 * How a wait ended.
 * - `queuedMs`: when a check last found the job in the queue; absent if none did.
 * - `endedMs`: when the job ended, estimated from the checks before and after.
 * - `transientError`: the error of the last check, if it failed.
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

/** A status check may be slow, but must neither hang nor run far past the deadline. */
const MAX_CHECK_MS = 15_000;
export const MIN_CHECK_MS = 1_000;
/** Upper bound of the queue time that is excluded from the timeout. */
const MAX_QUEUE_MS = 24 * 3_600_000;

/**
 * Waits until the job is final or the deadline is reached. A failed status check is not a failed job: it is repeated,
 * and at the deadline the last known state is returned, so that the ID is never lost.
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

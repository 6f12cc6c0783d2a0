import { isPending, type Job } from '../job/job';
import { nextPauseMs, type PollLimits } from './pollSchedule';

/**
 * What one look at a job found: its state, or a blip that says nothing about the job.
 * `hintMs` is the server's wish for the next look.
 */
export type StatusCheck = { job: Job; hintMs?: number } | { blip: unknown; hintMs?: number };

/** Everything the wait needs from outside, so that tests give it a clock of their own and no sockets. */
export interface PollRuntime {
	/** One status call that takes at most `timeoutMs`. Rejects only when asking again is pointless. */
	check(timeoutMs: number): Promise<StatusCheck>;
	/** Rejects when the user stops the execution. */
	sleep(milliseconds: number): Promise<void>;
	/** Milliseconds on any steady clock. */
	now(): number;
	/** 0 to 1. */
	random(): number;
	/** Told about every answer, for the log. */
	report(job: Job, waitedMs: number): void;
}

export interface PollOptions extends PollLimits {
	timeoutMs: number;
	/** Whether time in the server's queue counts towards the timeout. */
	queueCounts: boolean;
}

/**
 * How a wait ended. `queuedMs` is until when the job was seen in the queue, absent where no look found it there; `blip` is
 * the newest check's fault, where the newest check failed.
 */
export type PollResult =
	| { end: 'finished'; job: Job; polls: number; queuedMs?: number; waitedMs: number }
	| { end: 'deadline'; job: Job; polls: number; waitedMs: number; blip?: unknown };

/** A status call may be slow, yet must neither hang for ever nor run far past the deadline. */
const STATUS_TIMEOUT_MS = 30_000;
const MIN_STATUS_TIMEOUT_MS = 1_000;
/** Even a queue that does not count ends some day. */
const MAX_QUEUE_MS = 24 * 3_600_000;

/**
 * Waits until the job is final or the deadline has come. One failed status call is not a failed job: blips are
 * ridden out, and the last known state is handed back with the deadline, so that the id is never lost.
 * @throws what `check` and `pause` reject with
 */
export async function pollUntilDone(
	start: Job,
	doors: PollRuntime,
	limits: PollOptions,
): Promise<PollResult> {
	const startedAt = doors.now();
	const waited = () => doors.now() - startedAt;
	const remaining = () => {
		const freeMs = limits.queueCounts ? 0 : Math.min(queuedMs ?? 0, MAX_QUEUE_MS);
		return limits.timeoutMs + freeMs - waited();
	};
	let job = start;
	let polls = 0;
	let queuedMs: number | undefined;
	let last: StatusCheck = { job };

	while (isPending(job)) {
		const waitedMs = waited();
		const remainingMs = remaining();
		if (remainingMs <= 0) {
			return { end: 'deadline', job, polls, waitedMs, ...('blip' in last && { blip: last.blip }) };
		}

		const moment = { waitedMs, remainingMs, polls, hintMs: last.hintMs, random: doors.random() };
		await doors.sleep(nextPauseMs(moment, limits));

		const leftMs = Math.max(remaining(), MIN_STATUS_TIMEOUT_MS);
		last = await doors.check(Math.min(STATUS_TIMEOUT_MS, leftMs));
		polls++;
		if ('job' in last) {
			job = last.job;
			if (job.phase === 'queued') queuedMs = waited();
			doors.report(job, waited());
		}
	}
	return { end: 'finished', job, polls, queuedMs, waitedMs: waited() };
}

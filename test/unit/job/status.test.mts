import fc from 'fast-check';
import { isPending, type Job } from '../../../nodes/Lumenfall/job/job';
import { readStatus } from '../../../nodes/Lumenfall/job/status';

const pendingOf = (word: string) => isPending({ id: 'v', ...readStatus(word) });

/** The status words of real servers and providers, by phase. */
const WORDS = {
	queued: [
		...['queued', 'pending', 'submitted', 'created', 'waiting', 'in_queue', 'IN_QUEUE', 'WAIT'],
		...[
			'not_started',
			'notStarted',
			'NOT_START',
			'Queueing',
			'queuing',
			'THROTTLED',
			'video.queued',
		],
	],
	running: [
		...['in_progress', 'in-progress', 'In Progress', 'InProgress', ' in progress ', 'PROCESSING'],
		...['running', 'RUN', 'preprocessing', 'Preparing', 'generating', 'rendering', 'dreaming'],
		...['starting', 'finalizing', 'moderating', 'cancelling', 'TASK_STATUS_PROCESSING'],
		...['initializing', 'processing...', 'video.in_progress'],
	],
	completed: [
		...['completed', 'complete', 'succeeded', 'SUCCESS', 'succeed', 'done', 'finished', 'Ready'],
		...['TASK_STATUS_SUCCEED', 'JOB_STATE_SUCCEEDED', 'VideoGenerationStatusCompleted'],
		...['video.completed', 'task_succeeded', 'GENERATION_COMPLETE', 'completed!'],
	],
};

describe.each(Object.entries(WORDS))('%s', (phase, words) => {
	test.each(words)('%s', (word) => {
		const status = phase === 'running' ? 'in_progress' : phase;
		expect(readStatus(word)).toEqual({ phase, status });
	});
});

test.each([
	['failed', 'failed'],
	['Fail', 'failed'],
	['FAILURE', 'failed'],
	['error', 'error'],
	['rejected', 'rejected'],
	['upstream_failure', 'upstream_failure'],
	['dead', 'dead'],
	['moderated', 'moderated'],
	['Content Moderated', 'content_moderated'],
	['expired', 'expired'],
	['Timed out', 'timed_out'],
	['JOB_STATE_FAILED', 'job_state_failed'],
	['video.failed', 'video_failed'],
	['Generation Failed', 'generation_failed'],
	['TERMINATED', 'terminated'],
	['content_policy_violation', 'content_policy_violation'],
])('the status "%s" means that the job failed, and is shown as "%s"', (word, status) => {
	expect(readStatus(word)).toEqual({ phase: 'failed', status });
});

test.each(['cancelled', 'canceled', 'CANCELED', 'Cancel', 'deleted', 'JOB_STATE_CANCELLED'])(
	'the status "%s" means cancelled, which is not failed, and is never shown in the American spelling',
	(word) => {
		expect(readStatus(word)).toEqual({ phase: 'cancelled', status: 'cancelled' });
	},
);

test.each([
	['unknown', 'unknown'],
	['transmogrified', 'transmogrified'],
	['Trans Mogrified!', 'trans_mogrified'],
	['paused', 'paused'],
	['PENDING_REVIEW', 'pending_review'],
	['server_error', 'server_error'],
	['not_found', 'not_found'],
	['video', 'video'],
	['', 'unknown'],
	['???', 'unknown'],
	['7', '7'],
	['constructor', 'constructor'],
	['__proto__', 'proto'],
	['state', 'state'],
])('the status "%s" is unknown, keeps the job pending, and is shown as "%s"', (word, status) => {
	expect(readStatus(word)).toEqual({ phase: 'unknown', status });
	expect(pendingOf(word)).toBe(true);
});

test('a job with a file is completed if its status is unknown, and only then', () => {
	expect(readStatus('transmogrified', true)).toEqual({ phase: 'completed', status: 'completed' });
	expect(readStatus('unknown', true).phase).toBe('completed');
	for (const word of ['in_progress', 'failed', 'cancelled'])
		expect(readStatus(word, true)).toEqual(readStatus(word));
});

test('only a known final status ends the wait, whatever a server sends', () => {
	fc.assert(
		fc.property(fc.string({ unit: 'grapheme' }), (word) => {
			const { phase, status } = readStatus(word);
			expect(status.length).toBeGreaterThan(0);
			expect(status.length).toBeLessThanOrEqual(130);
			if (phase === 'unknown') expect(pendingOf(word)).toBe(true);
		}),
	);
});

test.each(['completed', 'failed', 'cancelled'] as const)('a %s job is not pending', (phase) => {
	const job: Job = { id: 'v', phase, status: phase };
	expect(isPending(job)).toBe(false);
});

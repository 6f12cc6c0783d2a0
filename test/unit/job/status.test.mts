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
		...['Waiting in Queue', 'Pre-Queue', 'initialized', '排队中'],
	],
	running: [
		...['in_progress', 'in-progress', 'In Progress', 'InProgress', ' in progress ', 'PROCESSING'],
		...['running', 'RUN', 'preprocessing', 'Preparing', 'generating', 'rendering', 'dreaming'],
		...['starting', 'finalizing', 'moderating', 'cancelling', 'TASK_STATUS_PROCESSING'],
		...['initializing', 'processing...', 'video.in_progress'],
		...['INPROGRESS', 'in process', 'On-Going', 'EXECUTING', 'prediction.processing', '生成中'],
	],
	completed: [
		...['completed', 'complete', 'succeeded', 'SUCCESS', 'succeed', 'done', 'finished', 'Ready'],
		...['TASK_STATUS_SUCCEED', 'JOB_STATE_SUCCEEDED', 'VideoGenerationStatusCompleted'],
		...['video.completed', 'task_succeeded', 'GENERATION_COMPLETE', 'completed!'],
		...['Completed Successfully', 'prediction.succeeded', 'generate_success', '已完成'],
		...['video.generated', 'Rendered', 'ready for download', '生成完成'],
		...['COMPLETED_WITH_ERRORS', 'finished_with_errors', 'PARTIAL_SUCCESS'],
	],
};

test.each(
	Object.entries(WORDS).flatMap(([phase, words]) => words.map((word) => [word, phase] as const)),
)('the status "%s" means that the job is %s', (word, phase) => {
	const status = phase === 'running' ? 'in_progress' : phase;
	expect(readStatus(word)).toEqual({ phase, status });
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
	['CREATE_TASK_FAILED', 'create_task_failed'],
	['GENERATE_FAILED', 'generate_failed'],
	['SENSITIVE_WORD_ERROR', 'sensitive_word_error'],
	['Failed (NSFW)', 'failed_nsfw'],
	['PROCESSING_FAILED', 'processing_failed'],
	['killed', 'killed'],
	['生成失败', '生成失败'],
	['video_generation_failed', 'video_generation_failed'],
	['VIDEO_UPSAMPLING_FAILED', 'video_upsampling_failed'],
	['rejected_nsfw', 'rejected_nsfw'],
	['Prompt Rejected', 'prompt_rejected'],
	['unsafe_content', 'unsafe_content'],
	['UPSTREAM_FAILED', 'upstream_failed'],
	['审核不通过', '审核不通过'],
	['审核未通过', '审核未通过'],
	['生成失敗', '生成失敗'],
	['실패', '실패'],
	['copyright_violation', 'copyright_violation'],
	// An expired video may have been paid, so the word is the same on every server.
	['JOB_STATE_EXPIRED', 'expired'],
	['TaskExpired', 'expired'],
	['video.expired', 'expired'],
	['已过期', 'expired'],
	['blocked_by_moderation', 'blocked_by_moderation'],
	['failed_due_to_timeout', 'failed_due_to_timeout'],
	['Failed (timeout)', 'failed_timeout'],
	['TIMEOUT_ERROR', 'timeout_error'],
	['content-filtered', 'content_filtered'],
	['FAILED: the prompt was refused', 'failed'],
	['error：no GPU', 'error'],
])('the status "%s" means that the job failed, and is shown as "%s"', (word, status) => {
	expect(readStatus(word)).toEqual({ phase: 'failed', status });
});

test.each([
	...['cancelled', 'canceled', 'CANCELED', 'Cancel', 'deleted', 'JOB_STATE_CANCELLED'],
	...['Canceled by user', 'user-aborted', '已取消', 'cancelled_by_provider', 'aborted_by_system'],
])(
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
	['completed (40%)', 'completed_40'],
	['failed, retrying', 'failed_retrying'],
	['failed: trying again', 'failed_trying_again'],
	['video_generation_completed', 'video_generation_completed'],
	['image_downloading', 'image_downloading'],
	['input_moderated', 'input_moderated'],
	['callback_failed', 'callback_failed'],
	['create_task_success', 'create_task_success'],
	['TEXT_SUCCESS', 'text_success'],
	['GENERATE_AUDIO_FAILED', 'generate_audio_failed'],
	['submit_success', 'submit_success'],
	['intermediate-complete', 'intermediate_complete'],
	['partially_completed', 'partially_completed'],
	['incomplete', 'incomplete'],
	['pending_moderation', 'pending_moderation'],
	['cancel_requested', 'cancel_requested'],
	['retry_failed', 'retry_failed'],
	['failed_due_to_gpu_retrying', 'failed_due_to_gpu_retrying'],
	['processed', 'processed'],
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

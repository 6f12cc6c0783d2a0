/**
 * The phases of a job. Only `completed`, `failed` and `cancelled` are final. A status that is not in the list is
 * `unknown`, and the node keeps waiting: servers report `unknown`, `throttled` or `finalizing` for jobs that then
 * complete and are paid.
 */
export type JobPhase = 'queued' | 'running' | 'completed' | 'failed' | 'cancelled' | 'unknown';

type KnownPhase = Exclude<JobPhase, 'unknown'>;

/** An expired video may have been finished and paid, so it is not created again like a failed one. */
const EXPIRED_SYNONYMS = ['expired', '已过期'];

/**
 * The status words of the servers in docs/protocols, and of the providers whose words relays pass on unchanged. A word
 * belongs to a final phase only if it cannot mean anything else.
 */
const WORDS: Record<KnownPhase, string[]> = {
	queued: [
		...['queued', 'queue', 'queueing', 'queuing', 'in_queue', 'enqueued', 'pending', 'waiting'],
		...['wait', 'submitted', 'submitting', 'submit', 'created', 'creating', 'accepted', 'received'],
		...['scheduled', 'not_start', 'not_started', 'notstarted', 'throttled', 'new', 'staged'],
		...['waiting_in_queue', 'queued_for_processing', 'pre_queue', 'backlog', 'awaiting'],
		...['initialized', 'initialised', 'initial', 'init', 'assigned', 'dispatching'],
		...['排队中', '等待中', '待处理'],
	],
	running: [
		...['in_progress', 'progress', 'processing', 'process', 'running', 'run', 'active', 'working'],
		...['generating', 'rendering', 'dreaming', 'starting', 'started', 'start', 'preparing'],
		...['initializing', 'initialising', 'loading', 'saving', 'transcoding'],
		...['preprocessing', 'pre_processing', 'postprocessing', 'post_processing', 'encoding'],
		...['uploading', 'downloading', 'upscaling', 'finalizing', 'finalising', 'finishing'],
		...['moderating', 'retrying', 'cancelling', 'canceling'],
		...['inprogress', 'in_process', 'ongoing', 'on_going', 'executing', 'execution', 'inference'],
		...['sampling', 'denoising', 'decoding', 'merging', 'compositing', 'synthesizing'],
		...['prepare', 'warming_up', 'booting', 'postprocess', 'transcode', 'reviewing'],
		...['生成中', '处理中', '进行中', '执行中'],
	],
	completed: [
		...['completed', 'complete', 'succeeded', 'succeed', 'success', 'successful', 'done'],
		...['finished', 'finish', 'ready', 'fulfilled', 'generated', 'rendered', 'ready_for_download'],
		...['completed_successfully', 'finished_successfully', 'successfully_completed'],
		...['success_with_warnings', 'completed_with_warnings', 'completed_with_errors'],
		...['finished_with_warnings', 'finished_with_errors', 'partial_success'],
		...['成功', '生成成功', '已完成', '完成', '生成完成', '已生成', '完了'],
	],
	failed: [
		...['failed', 'fail', 'failure', 'error', 'errored', 'rejected', 'refused', 'denied', 'dead'],
		...EXPIRED_SYNONYMS,
		...['timeout', 'timed_out', 'time_out', 'exception', 'failed_to_generate'],
		...['aborted', 'moderated', 'request_moderated', 'content_moderated', 'content_filtered'],
		...['blocked', 'flagged', 'invalid', 'timedout'],
		...['terminated', 'crashed', 'killed', 'reject', 'unsuccessful'],
		...['create_task_failed', 'sensitive_word_error'],
		...['失败', '生成失败', '任务失败', '审核失败', '已失败', '违规', '审核不通过', '审核未通过'],
		...['失敗', '生成失敗', '任務失敗', '已超时', '실패'],
	],
	cancelled: [
		...['cancelled', 'canceled', 'cancel', 'user_cancelled', 'user_canceled', 'stopped'],
		...['cancelled_by_user', 'canceled_by_user', 'user_aborted', 'aborted_by_user'],
		...['revoked', 'deleted', 'removed', 'withdrawn', '取消', '已取消'],
	],
};

const PHASES = new Map(
	Object.entries(WORDS).flatMap(([phase, words]) =>
		words.map((word) => [word, phase as KnownPhase] as const),
	),
);

/** What failed in the making of the video, or who refused it. A failure of anything else may be followed by a retry. */
const MAKING = [
	...['video', 'generation', 'creation', 'processing', 'rendering', 'inference', 'upsampling'],
	...['moderation', 'content', 'policy', 'safety', 'audit', 'prompt', 'input', 'output', 'image'],
	'copyright',
	...['upstream', 'permanently', 'detected', 'timeout'],
].join('|');
const FAILED = 'fail|failed|failure|error|reject|rejected|blocked|flagged|nsfw|unsafe|violation';
/** Two or more words: `moderation_blocked`, `video_generation_failed`, `failed_nsfw`. */
const FAILED_MAKING = new RegExp(
	`^(?:(?:${MAKING})_)*(?:${FAILED})(?:_(?:(?:by|due_to|in)_)?(?:${MAKING}|${FAILED}))*$`,
);
/** Who cancelled it: `cancelled_by_system`, `aborted_by_provider`. */
const CANCELLED_BY = /^(?:cancell?ed|aborted|stopped|terminated)_(?:by|due_to)_[a-z_]+$/;

/** Some relays write the reason behind the status: `FAILED: the prompt was rejected`. */
const WITH_REASON = /^\s*(fail(?:ed|ure)?|error|rejected)\s*[:：]\s*(\S.*)$/is;

/** Returns the reason of a failure that is part of the status. */
export function reasonInStatus(word: string): string | undefined {
	const reason = WITH_REASON.exec(word)?.[2];
	return reason !== undefined && /\bretr(y|ies|ying)\b|\bagain\b/i.test(reason)
		? undefined
		: reason;
}

/** The status that users see for each phase. A failed job keeps the server's own word. */
const SHOWN_STATUS: Partial<Record<JobPhase, string>> = {
	queued: 'queued',
	running: 'in_progress',
	completed: 'completed',
	// n8n ends the whole execution if an error text contains the American spelling.
	cancelled: 'cancelled',
};
const FAILED_SYNONYMS = ['fail', 'failure'];

/**
 * In other APIs, words begin with the name of their type or of the job: `TASK_STATUS_SUCCEED`, `JobStateFailed`,
 * `video.completed`, `generation_failed`.
 */
const TYPE_NAME =
	/^(?:(?:[a-z]+_)*(?:status|state)|task|job|video|generation|generate|render|prediction|execution|run)_(?=.)/;
/** Only this many characters of a status are read. */
const MAX_WORD = 60;

/**
 * Reads a server's status, in any case and notation.
 * @param hasFile whether the response contains the file of the video; then an unknown status means completed
 * @returns the phase, and the status that users see
 */
export function readStatus(word: string, hasFile = false): { phase: JobPhase; status: string } {
	const plain = normalized(reasonInStatus(word) === undefined ? word : word.split(/[:：]/)[0]);
	const inner = plain.replace(TYPE_NAME, '');
	const phase =
		PHASES.get(plain) ??
		PHASES.get(inner) ??
		(FAILED_MAKING.test(plain) ? 'failed' : undefined) ??
		(CANCELLED_BY.test(plain) ? 'cancelled' : undefined);
	if (phase === undefined)
		return hasFile
			? { phase: 'completed', status: 'completed' }
			: { phase: 'unknown', status: plain || 'unknown' };
	if (EXPIRED_SYNONYMS.includes(inner)) return { phase, status: 'expired' };
	const own = FAILED_SYNONYMS.includes(plain) ? 'failed' : plain;
	return { phase, status: SHOWN_STATUS[phase] ?? own };
}

/** Normalizes a status: `InProgress`, ` in-progress ` and `IN PROGRESS` are the same. */
function normalized(word: string): string {
	return word
		.slice(0, MAX_WORD)
		.replace(/([a-z\d])([A-Z])/g, '$1_$2')
		.toLowerCase()
		.replace(/[^\p{Letter}\p{Number}]+/gu, '_')
		.replace(/^_|_$/g, '');
}

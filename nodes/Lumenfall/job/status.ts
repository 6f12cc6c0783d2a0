/**
 * The life of a job. Only `completed`, `failed` and `cancelled` are final. A word that nobody knows is `unknown`, and
 * the job is waited for: servers say `unknown`, `throttled` or `finalizing` about jobs that then complete and are paid.
 */
export type JobPhase = 'queued' | 'running' | 'completed' | 'failed' | 'cancelled' | 'unknown';

type KnownPhase = Exclude<JobPhase, 'unknown'>;

/**
 * The words of the servers in docs/protocols, and of the providers whose words relays hand on unchanged. A word stands
 * under a final phase only where it can mean nothing else.
 */
const WORDS: Record<KnownPhase, string[]> = {
	queued: [
		...['queued', 'queue', 'queueing', 'queuing', 'in_queue', 'enqueued', 'pending', 'waiting'],
		...['wait', 'submitted', 'submitting', 'submit', 'created', 'creating', 'accepted', 'received'],
		...['scheduled', 'not_start', 'not_started', 'throttled', 'new'],
	],
	running: [
		...['in_progress', 'progress', 'processing', 'process', 'running', 'run', 'active', 'working'],
		...['generating', 'rendering', 'dreaming', 'starting', 'started', 'start', 'preparing'],
		...['preprocessing', 'pre_processing', 'postprocessing', 'post_processing', 'encoding'],
		...['uploading', 'downloading', 'upscaling', 'finalizing', 'finalising', 'finishing'],
		...['moderating', 'retrying', 'cancelling', 'canceling'],
	],
	completed: [
		...['completed', 'complete', 'succeeded', 'succeed', 'success', 'successful', 'done'],
		...['finished', 'finish', 'ready'],
	],
	failed: [
		...['failed', 'fail', 'failure', 'error', 'errored', 'rejected', 'refused', 'denied', 'dead'],
		...['upstream_failure', 'upstream_error', 'expired', 'timeout', 'timed_out', 'time_out'],
		...['aborted', 'moderated', 'request_moderated', 'content_moderated', 'moderation_failed'],
		...['moderation_blocked', 'blocked', 'flagged', 'nsfw', 'invalid'],
	],
	cancelled: [
		...['cancelled', 'canceled', 'cancel', 'user_cancelled', 'user_canceled', 'stopped'],
		...['revoked', 'deleted'],
	],
};

const PHASES = new Map(
	Object.entries(WORDS).flatMap(([phase, words]) =>
		words.map((word) => [word, phase as KnownPhase] as const),
	),
);

/** What users see of a phase whose words all say the same; a failed job keeps the server's word. */
const COMMON_WORDS: Partial<Record<JobPhase, string>> = {
	queued: 'queued',
	running: 'in_progress',
	completed: 'completed',
	// n8n ends the whole execution when it meets the American spelling in an error text.
	cancelled: 'cancelled',
};
const SAME_AS_FAILED = ['fail', 'failure'];

/** Constants of other APIs carry the name of their type: `TASK_STATUS_SUCCEED`, `JobStateFailed`. */
const TYPE_NAME = /^(?:[a-z]+_)*(?:status|state)_(?=.)/;
/** Nobody reads more of a word than so many characters. */
const MAX_WORD = 60;

/**
 * Reads a server's status word, in any case and spelling.
 * @param hasFile whether the answer names the file of the video, which then is completed whatever an unknown word says
 * @returns the phase, and the word that users see
 */
export function readStatus(word: string, hasFile = false): { phase: JobPhase; status: string } {
	const plain = plainWord(word);
	const phase = PHASES.get(plain) ?? PHASES.get(plain.replace(TYPE_NAME, ''));
	if (phase === undefined)
		return hasFile
			? { phase: 'completed', status: 'completed' }
			: { phase: 'unknown', status: plain || 'unknown' };
	const own = SAME_AS_FAILED.includes(plain) ? 'failed' : plain;
	return { phase, status: COMMON_WORDS[phase] ?? own };
}

/** `InProgress`, ` in-progress ` and `IN PROGRESS` are one word. */
function plainWord(word: string): string {
	return word
		.slice(0, MAX_WORD)
		.replace(/([a-z\d])([A-Z])/g, '$1_$2')
		.toLowerCase()
		.replace(/[^\p{Letter}\p{Number}]+/gu, '_')
		.replace(/^_|_$/g, '');
}

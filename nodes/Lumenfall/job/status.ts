/**
 * The life of a job. Only `queued` and `running` are worth waiting for. A word we do not know ends the wait too,
 * because polling an unknown final word to the deadline is what users suffer from; but it is `unknown`, not `failed`:
 * a video may exist and be paid for, so nothing is ordered anew because of it.
 */
export type JobPhase = 'queued' | 'running' | 'completed' | 'failed' | 'unknown';

const WORDS: Record<Exclude<JobPhase, 'unknown'>, string[]> = {
	queued: ['queued', 'pending', 'submitted', 'created', 'waiting', 'in_queue', 'not_started'],
	running: [
		'in_progress',
		'processing',
		'running',
		'preprocessing',
		'generating',
		'rendering',
		'starting',
		'started',
		'cancelling',
	],
	completed: ['completed', 'succeeded', 'success', 'succeed', 'done', 'finished'],
	failed: ['failed', 'failure', 'error', 'rejected', 'upstream_failure', 'cancelled', 'canceled'],
};

/** The words of the OpenAI vocabulary, for statuses that have one there. */
const COMMON_WORD: Partial<Record<JobPhase, string>> = {
	queued: 'queued',
	running: 'in_progress',
	completed: 'completed',
};

/** Reads a server's status word: its phase, and the word users see. */
export function readStatus(word: string): { phase: JobPhase; status: string } {
	const plain = word
		.trim()
		.toLowerCase()
		.replace(/[\s-]+/g, '_');
	const phases = Object.keys(WORDS) as Array<keyof typeof WORDS>;
	const phase = phases.find((name) => WORDS[name].includes(plain)) ?? 'unknown';
	// n8n ends the whole execution when it meets the American spelling in an error text.
	const own = plain === 'canceled' ? 'cancelled' : plain.slice(0, 60) || 'unknown';
	return { phase, status: COMMON_WORD[phase] ?? own };
}

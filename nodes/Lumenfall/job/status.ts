/**
 * The life of a job in four phases. Only `queued` and `running` are worth waiting for; a word we do not know
 * ends the wait as `failed`, because polling an unknown final word to the deadline is what users suffer from.
 */
export type JobPhase = 'queued' | 'running' | 'completed' | 'failed';

const QUEUED = ['queued', 'pending', 'submitted', 'created', 'waiting'];
const RUNNING = [
	'in_progress',
	'processing',
	'running',
	'preprocessing',
	'generating',
	'cancelling',
];
const COMPLETED = ['completed', 'succeeded', 'success'];
const CANCELLED = ['cancelled', 'canceled'];

/** Reads a server's status word: its phase, and the word users see (the OpenAI vocabulary where there is one). */
export function readStatus(word: string): { phase: JobPhase; status: string } {
	const plain = word
		.trim()
		.toLowerCase()
		.replace(/[\s-]+/g, '_');
	if (QUEUED.includes(plain)) return { phase: 'queued', status: 'queued' };
	if (RUNNING.includes(plain)) return { phase: 'running', status: 'in_progress' };
	if (COMPLETED.includes(plain)) return { phase: 'completed', status: 'completed' };
	// n8n ends the whole execution when it meets the American spelling in an error text.
	if (CANCELLED.includes(plain)) return { phase: 'failed', status: 'cancelled' };
	return { phase: 'failed', status: plain.slice(0, 60) || 'unknown' };
}

import { isPending, type Job } from '../job/job';
import { readStatus } from '../job/status';
import { slugOf } from '../models/profiles';
import { Cell } from './cell';
import type { Form } from './form';
import { inputErrors } from './inputErrors';
import { optionalTime } from './times';
import { choice, flag, identifier, textIn } from './values';
import { optionalNumber } from './numbers';

const STATUSES = ['any', 'running', 'completed', 'failed', 'cancelled'] as const;

/** Which videos of a list are returned. */
export interface VideoFilters {
	limit: number;
	/** `running` is also a video that waits in the queue. */
	status: (typeof STATUSES)[number] | 'queued';
	model?: string;
	/** Milliseconds since 1970, as is the other. */
	createdAfter?: number;
	createdBefore?: number;
	/** Whether videos that this workflow has delivered are left out. */
	onlyUndelivered: boolean;
}

/** An empty filter lets every video through, also in front of 'Cancel'. */
const HINTED = {
	createdAfter: 'Created After',
	createdBefore: 'Created Before',
	model: 'Model ID',
	status: 'Status',
};

/**
 * Reads which videos of a list are returned.
 * @param zone the time zone of a time without one
 * @throws FailureError naming the field
 */
export function readVideoFilters(form: Form, zone: string): VideoFilters {
	const filters = form.collection('filters', 'Filters');
	form.noteEmpty(filters, HINTED, 'it filters nothing');
	return {
		limit: readLimit(form),
		status: readStatusFilter(filters.status),
		model: identifier('Model ID').parse(filters.model) || undefined,
		createdAfter: optionalTime('Created After', zone).parse(filters.createdAfter),
		createdBefore: optionalTime('Created Before', zone).parse(filters.createdBefore),
		onlyUndelivered: flag('Only Undelivered').parse(filters.onlyUndelivered) ?? false,
	};
}

/** Reads a status of the form, or the word of a server for it. */
function readStatusFilter(given: unknown): VideoFilters['status'] {
	const { phase } = readStatus(textIn(Cell.of(given), 'Status'));
	return phase === 'unknown' ? (choice('Status', STATUSES).parse(given) ?? 'any') : phase;
}

/** A video whose creation time is unknown matches every time. */
export function matches(
	job: Job,
	{ status, model, createdAfter, createdBefore }: VideoFilters,
): boolean {
	const { createdAt } = job;
	if (model && !isNamed(model, job.model)) return false;
	if (createdAfter !== undefined && createdAt !== undefined && createdAt < createdAfter)
		return false;
	if (createdBefore !== undefined && createdAt !== undefined && createdAt >= createdBefore)
		return false;
	if (status === 'any') return true;
	return status === 'running' ? isPending(job) : job.phase === status;
}

/** A name without a provider means the model of any provider: `sora-2` also `openai/sora-2`. */
function isNamed(wanted: string, model: string | undefined): boolean {
	return model === wanted || (model !== undefined && slugOf(model) === wanted.toLowerCase());
}

const MODES = ['any', 'image-to-video', 'text-to-video', 'video-to-video'] as const;

/** Reads which models of a list are returned. */
export function readModelFilters(form: Form): { limit: number; mode: (typeof MODES)[number] } {
	const { mode } = form.collection('filters', 'Filters');
	return {
		limit: readLimit(form),
		mode: choice('Mode', MODES).parse(mode) ?? 'any',
	};
}

const LIMIT = optionalNumber('Limit', {
	min: 1,
	max: Number.MAX_SAFE_INTEGER,
	isWhole: true,
	expected: 'a whole number of 1 or more',
});

/** Reads the maximum number of results. */
function readLimit(form: Form): number {
	if (form.flag('returnAll', 'Return All', false)) return Number.POSITIVE_INFINITY;
	return form.orDefault('limit', 'Limit', LIMIT, 50);
}

/**
 * Returns the model in the form.
 * @throws FailureError if it is empty
 */
export function readModel(form: Form): string {
	const model = form.identifier('model', 'Model');
	if (!model) throw inputErrors.emptyModel();
	return model;
}

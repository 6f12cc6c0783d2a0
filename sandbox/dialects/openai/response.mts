import { plainError, type ApiError } from '../../server/apiError.mts';
import { unixSeconds } from '../../clock.mts';
import { describeFailure, type FailureKind, type FailureWords } from '../../jobs/failures.mts';
import type { Job } from '../../jobs/jobs.mts';
import type { Model } from '../../models/models.mts';
import type { SandboxState } from '../../state.mts';

/** The forms of OpenAI's contract that other servers repeat or vary. */

/** The envelope of errors; some servers put something else into `code`. */
export function envelope(
	{ message, type, param, code }: Pick<ApiError, 'message' | 'type' | 'param' | 'code'>,
	otherCode: string | number | null = code,
) {
	return { error: { message, type, param, code: otherCode } };
}

/** OpenAI's video object. */
export function formatVideo(job: Job, { jobs }: SandboxState) {
	return {
		id: job.id,
		object: 'video',
		created_at: unixSeconds(job.createdAt),
		status: job.status,
		completed_at: job.output && job.finishedAt ? unixSeconds(job.finishedAt) : null,
		expires_at: job.output ? unixSeconds(job.output.expiresAt) : null,
		error: describeFailure(job.failure, failureWords),
		model: job.model,
		progress: jobs.progress(job),
		prompt: job.prompt,
		remixed_from_video_id: null,
		seconds: String(job.seconds),
		size: job.size,
	};
}

export const failureWords: Record<FailureKind, FailureWords> = {
	moderation: {
		code: 'moderation_blocked',
		message: 'Your request was blocked by our moderation system.',
	},
	provider: {
		code: 'processing_error',
		message: "We're under heavy load. Please try again later.",
	},
};

/** The server's word for a status, or the raw word of a fault. */
export function statusWord(job: Job, words: Record<string, string>): string {
	const isRaw = job.quirk?.do === 'job-status' && job.startedAt !== undefined;
	return isRaw ? job.status : (words[job.status] ?? job.status);
}

/** Progress of servers that report only 0 and 100. */
export function coarseProgress({ output }: Job): number {
	return output ? 100 : 0;
}

export interface ListQuery {
	limit?: string;
	order?: 'asc' | 'desc';
	after?: string;
}

const defaultPageSize = 20;

/** OpenAI's list with its cursors. */
export function formatPage<Video>(
	{ limit, order = 'desc', after }: ListQuery,
	{ jobs }: SandboxState,
	format: (job: Job) => Video,
) {
	const kept = jobs.all().filter(({ deleted }) => !deleted);
	const sorted = order === 'asc' ? kept : [...kept].reverse();
	const start = sorted.findIndex(({ id }) => id === after) + 1;
	const page = sorted.slice(start, start + Number(limit ?? defaultPageSize));
	return {
		object: 'list',
		data: page.map(format),
		first_id: page.at(0)?.id ?? null,
		last_id: page.at(-1)?.id ?? null,
		has_more: start + page.length < sorted.length,
	};
}

export function formatModel({ id, creator }: Model) {
	return { id, object: 'model', created: 1_760_000_000, owned_by: creator.toLowerCase() };
}

export function formatDeleted({ id }: Job) {
	return { id, object: 'video.deleted', deleted: true };
}

export function unknownVideo(id: string): ApiError {
	return plainError(404, `Video with id '${id}' not found.`);
}

export function notReady({ id }: Job): ApiError {
	return plainError(404, `Video is not ready yet, use GET /v1/videos/${id} to check status.`);
}

export function unknownUrl(method: string, path: string): ApiError {
	return plainError(404, `Invalid URL (${method} ${path})`);
}

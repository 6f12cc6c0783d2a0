import { plainError, type ApiError } from '../apiError.mts';
import { unixSeconds } from '../clock.mts';
import { tellFailure, type FailureKind, type FailureWords } from '../failures.mts';
import type { Job } from '../jobs.mts';
import type { Model } from '../models.mts';
import type { World } from '../world.mts';

/** The forms of OpenAI's contract that other servers repeat or vary (OpenAI reference, section 1). */

/** The envelope of section 1.6; some servers put something else where the code belongs. */
export function envelope(
	{ message, type, param, code }: Pick<ApiError, 'message' | 'type' | 'param' | 'code'>,
	otherCode: string | number | null = code,
) {
	return { error: { message, type, param, code: otherCode } };
}

/** The video object of section 1.3. */
export function formatVideo(job: Job, { jobs }: World) {
	return {
		id: job.id,
		object: 'video',
		created_at: unixSeconds(job.createdAt),
		status: job.status,
		completed_at: job.output && job.finishedAt ? unixSeconds(job.finishedAt) : null,
		expires_at: job.output ? unixSeconds(job.output.expiresAt) : null,
		error: tellFailure(job.failure, failureWords),
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

/** The word of a server for a status, unless a fault wants its own word on the wire untouched. */
export function statusWord(job: Job, words: Record<string, string>): string {
	const isRaw = job.quirk?.do === 'job-status' && job.startedAt !== undefined;
	return isRaw ? job.status : (words[job.status] ?? job.status);
}

/** Progress of the servers that know only the beginning and the end. */
export function coarseProgress({ output }: Job): number {
	return output ? 100 : 0;
}

export interface ListQuery {
	limit?: string;
	order?: 'asc' | 'desc';
	after?: string;
}

const defaultPageSize = 20;

/** The list of section 1.4 with its cursors. */
export function formatPage<Video>(
	{ limit, order = 'desc', after }: ListQuery,
	{ jobs }: World,
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

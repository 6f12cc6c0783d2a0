import type { VideoView } from './videoView.mts';
import { plainError, type ApiError } from '../../server/apiError.mts';
import type { FailureKind, FailureText } from '../../jobs/failures.mts';
import type { Job } from '../../jobs/job.mts';
import type { Model } from '../../models/models.mts';
import type { SandboxState } from '../../state.mts';

/** Response formats of OpenAI's contract, which other servers use or vary. */

/** The error format. Some servers put other values into `code`. */
export function envelope(
	{ message, type, param, code }: Pick<ApiError, 'message' | 'type' | 'param' | 'code'>,
	otherCode: string | number | null = code,
) {
	return { error: { message, type, param, code: otherCode } };
}

/** OpenAI's video object. Every field is always present. */
export function openAiVideo(video: VideoView) {
	return {
		id: video.id,
		object: 'video',
		created_at: video.createdAt,
		status: video.status,
		completed_at: video.completedAt,
		expires_at: video.expiresAt,
		error: video.error,
		model: video.model,
		progress: video.progress,
		prompt: video.prompt,
		remixed_from_video_id: video.sourceId,
		seconds: String(video.seconds),
		size: video.size,
	};
}

export const failureText: Record<FailureKind, FailureText> = {
	moderation: {
		code: 'moderation_blocked',
		message: 'Your request was blocked by our moderation system.',
	},
	provider: {
		code: 'processing_error',
		message: "We're under heavy load. Please try again later.",
	},
};

/** Returns the server's own word for a status, or the raw word of a fault. */
export function statusWord(job: Job, words: Record<string, string>): string {
	const isRaw =
		(job.jobFault?.do === 'job-status' && job.startedAt !== undefined) ||
		(job.jobFault?.do === 'job-ends' && job.finishedAt !== undefined);
	return isRaw ? job.status : (words[job.status] ?? job.status);
}

export interface ListQuery {
	limit?: string;
	order?: 'asc' | 'desc';
	after?: string;
}

const DEFAULT_PAGE_SIZE = 20;

/** OpenAI's list with its cursors. */
export function formatPage<Video>(
	{ limit, order = 'desc', after }: ListQuery,
	{ jobs }: SandboxState,
	format: (job: Job) => Video,
) {
	const kept = jobs.all().filter(({ deleted }) => !deleted);
	const sorted = order === 'asc' ? kept : [...kept].reverse();
	const start = sorted.findIndex(({ id }) => id === after) + 1;
	const page = sorted.slice(start, start + Number(limit ?? DEFAULT_PAGE_SIZE));
	return {
		object: 'list',
		data: page.map(format),
		first_id: page.at(0)?.id ?? null,
		last_id: page.at(-1)?.id ?? null,
		has_more: start + page.length < sorted.length,
	};
}

/** OpenAI's model object. */
export function formatModel({ id, creator }: Model) {
	return { id, object: 'model', created: 1_760_000_000, owned_by: creator.toLowerCase() };
}

/** The response to a DELETE. */
export function formatDeleted({ id }: Job) {
	return { id, object: 'video.deleted', deleted: true };
}

/** The refusal of an unknown ID. */
export function unknownVideo(id: string): ApiError {
	return plainError(404, `Video with id '${id}' not found.`);
}

/** The refusal of the file of an unfinished video. */
export function notReady({ id }: Job): ApiError {
	return plainError(404, `Video is not ready yet, use GET /v1/videos/${id} to check status.`);
}

/** The refusal of an unknown route. */
export function unknownUrl(method: string, path: string): ApiError {
	return plainError(404, `Invalid URL (${method} ${path})`);
}

/** OpenAI's message that lists the supported values. */
export function invalidValue(param: string, value: string, values: string[]): ApiError {
	const quoted = values.map((one) => `'${one}'`);
	const last = quoted.pop();
	const list = quoted.length > 1 ? `${quoted.join(', ')}, and ${last}` : `${quoted[0]} and ${last}`;
	const message = `Invalid value: '${value}'. Supported values are: ${list}.`;
	return plainError(400, message, { code: 'invalid_value', param });
}

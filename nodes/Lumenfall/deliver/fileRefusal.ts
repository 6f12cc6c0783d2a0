import type { FailureError } from '../errors/failure';
import { serverErrors, type Refusal } from '../errors/serverErrors';
import { tidyServerText } from '../errors/serverText';
import { anyOf } from '../errors/textPatterns';
import type { FileVariant, Job } from '../job/job';
import { readReason } from '../transport/decode/reason';
import type { HttpResponse } from '../transport/httpResponse';
import { downloadErrors, type FileSubject } from './downloadErrors';

/** The requested file of a job. */
export interface RequestedFile {
	job: Job;
	variant: FileVariant;
}

/** `errors/textPatterns.ts` says how to add a phrase. */
const NOT_READY = anyOf(
	/not (?:yet )?(?:ready|completed?|finished|available yet)/,
	/\b(?:still|is|being) (?:being )?(?:process|generat|render|upload|runn|queued|pending)/,
	/in progress/,
	// Chinese
	/尚未|未完成/,
	/生成中|处理中/,
);

const NO_ROUTE = String.raw`(?<!\b(?:endpoint|route|method|feature)\b[^.]{0,60}|\bapi (?:is )?)`;
/** A file that is gone, and not a route of the API. */
const EXPIRED = anyOf(
	/\bexpired\b/, // Google Cloud Storage
	/expiredtoken/, // Amazon S3
	/not valid in the specified time frame/, // Azure
	String.raw`${NO_ROUTE}\bno longer (?:available|exists)`,
	String.raw`${NO_ROUTE}\b(?:been|was|were|is|already) (?:deleted|removed|purged)`,
	// Chinese
	/已(?:过期|失效)/,
	/已(?:删除|清理)/,
);

/**
 * Classifies the response of a server that refuses a file. The file counts as expired only if it existed before, such
 * as at a URL of a file host that the server had returned, or if the server says so.
 * @param isOwn whether the API itself refused the file. A file host does not know the API key
 */
export function refusalOfFile(
	response: HttpResponse,
	isOwn: boolean,
	requested: RequestedFile,
): FailureError {
	const { statusCode } = response;
	const { message } = readReason(response.json);
	const about = {
		...aboutFile(requested),
		httpStatus: statusCode,
		...(message && { serverMessage: tidyServerText(message) }),
		...response.retryAfter,
	};
	if (statusCode === 402 && isOwn) return serverErrors.insufficientBalance(about);
	if (statusCode === 429) return serverErrors.rateLimited(about);
	if (statusCode === 408 || statusCode >= 500) return serverErrors.serverUnavailable(about);
	if (requested.variant !== 'video') return notThere(requested, about);
	const isGone = statusCode === 410 || (statusCode === 404 && !isOwn);
	if (isGone || EXPIRED.test(message ?? '') || hasExpired(requested.job))
		return downloadErrors.expired(about);
	if ([202, 409, 425].includes(statusCode) || NOT_READY.test(message ?? ''))
		return downloadErrors.notReady(about);
	if (statusCode === 401 && isOwn) return serverErrors.invalidApiKey(about);
	if (statusCode < 300) return downloadErrors.failed(about);
	// A file host has no other routes, so it is about the file.
	if (!isOwn || statusCode === 401 || statusCode === 403)
		return downloadErrors.failed({
			...about,
			cause: `the ${isOwn ? 'server' : 'file host'} refused it (HTTP ${statusCode})`,
		});
	return notThere(requested, about);
}

/** Creates the error for a file that no URL has. */
export function notThere(requested: RequestedFile, refusal: Refusal = {}): FailureError {
	// Some servers report a job that failed as completed, with an error instead of a file.
	const reason = requested.job.error?.message;
	const serverMessage = reason === undefined ? refusal.serverMessage : tidyServerText(reason);
	const known = { ...aboutFile(requested), ...refusal, ...(serverMessage && { serverMessage }) };
	return requested.variant === 'video'
		? downloadErrors.noFile(known)
		: downloadErrors.noVariant({ ...known, variant: requested.variant });
}

/** Returns the details that every error about a file contains. */
export function aboutFile({ job, variant }: RequestedFile): FileSubject {
	return { videoId: job.id, status: job.status, ...(variant !== 'video' && { variant }) };
}

function hasExpired({ expiresAt }: Job): boolean {
	return expiresAt !== undefined && expiresAt < Date.now();
}

import { fail } from '../errors/messages';
import type { FailureDetails, FailureError } from '../errors/failure';
import { tidyServerText } from '../errors/serverText';
import type { FileVariant, Job } from '../job/job';
import { readReason } from '../transport/decode/error';
import type { HttpResponse } from '../transport/httpTypes';
import { retryAfterIn } from '../transport/readResponse';

/** Which file of which job is fetched. */
export interface WantedFile {
	job: Job;
	variant: FileVariant;
}

const NOT_READY = /not ready|still.in.progress|still being processed|in progress/i;
const EXPIRED = /\bexpired\b|no longer available|has been (deleted|removed|purged)/i;

/**
 * What a refusal to hand out a file means. "Expired" only where the server says so: a file that is not there may never have
 * been.
 * @param isOwn whether the refusing server is that of the API, which has the key; a file host knows of none
 */
export function refusalOfFile(
	{ statusCode, headers, body }: HttpResponse,
	isOwn: boolean,
	wanted: WantedFile,
): FailureError {
	const { message } = readReason(body);
	const about: FailureDetails = {
		...aboutFile(wanted),
		httpStatus: statusCode,
		...(message && { serverMessage: tidyServerText(message) }),
		...retryAfterIn(headers),
	};
	if (statusCode === 429) return fail('rateLimited', about);
	if (statusCode === 408 || statusCode >= 500) return fail('serverUnavailable', about);
	if (wanted.variant !== 'video') return notThere(wanted, about);
	if (statusCode === 410 || EXPIRED.test(message ?? '') || hasExpired(wanted.job))
		return fail('fileExpired', about);
	if ([202, 409, 425].includes(statusCode) || NOT_READY.test(message ?? ''))
		return fail('notReady', { ...about, status: wanted.job.status });
	if (statusCode === 401 && isOwn) return fail('invalidApiKey', about);
	if (statusCode === 401 || statusCode === 403)
		return fail('downloadFailed', {
			...about,
			cause: `the file host refused it (HTTP ${statusCode})`,
		});
	return notThere(wanted, about);
}

/** No place has the file. */
export function notThere(wanted: WantedFile, details: FailureDetails = {}): FailureError {
	const kind = wanted.variant === 'video' ? 'noFile' : 'noVariant';
	return fail(kind, { ...aboutFile(wanted), ...details });
}

/** What every failure about a file names. */
export function aboutFile({ job, variant }: WantedFile): FailureDetails {
	return { videoId: job.id, status: job.status, ...(variant !== 'video' && { variant }) };
}

function hasExpired({ expiresAt }: Job): boolean {
	return expiresAt !== undefined && expiresAt < Date.now();
}

import { serverErrors } from '../errors/serverErrors';
import { tidyServerText } from '../errors/serverText';
import type { Job } from '../job/job';
import { readError } from './decode/error';
import { fileUrlsIn } from './decode/fileUrls';
import { isJobId, strongIdIn } from './decode/jobId';
import { jsonInText } from './decode/jsonInText';
import { decodeJob } from './decode/video';
import type { HttpResponse } from './httpTypes';
import { isSuccess } from './readResponse';
import { targetOf } from './redirects';

/**
 * Reads the job in the response to a create. A job was paid for as soon as its ID is known, so the ID is taken from any place
 * that cannot mean anything else.
 * @param base the part of the server's URLs before `/videos`
 * @returns undefined if the response is a refusal, whatever its HTTP status, or if it has no ID
 */
export function createdJob(response: HttpResponse, base: string): Job | undefined {
	const job = jobInBody(response, base) ?? jobInLink(response, base);
	// `success` without a file describes the create request. The first status check reports the status of the job.
	const isOfRequest = job?.phase === 'completed' && !job.fileUrls;
	return isOfRequest ? { ...job, phase: 'queued', status: 'queued' } : job;
}

function jobInBody(response: HttpResponse, base: string): Job | undefined {
	if (!isSuccess(response)) return undefined;
	const isText = typeof response.body === 'string';
	const body = isText ? jsonInText(response.body as string) : response.body;
	const hasStrongId = strongIdIn(body) !== undefined;
	// Some gateways send a refusal with status 200 and with the id of a log entry. A text may lack the id of the job.
	if (!hasStrongId && (isText || readError(body))) return undefined;
	return decodeJob(body, { base });
}

/** After 302 and 303, a create was done, and its result is elsewhere (RFC 9110, 15.4.4). */
const SEE_OTHER = [302, 303];

/** A response may name the created video only by its URL: in `Location` (RFC 9110, 15.3.2), or such as `polling_url`. */
function jobInLink(response: HttpResponse, base: string): Job | undefined {
	const mayName = isSuccess(response) || SEE_OTHER.includes(response.statusCode);
	if (!mayName || readError(response.body)) return undefined;
	const location = targetOf(response, `${base}/videos`) ?? [];
	const links = [location, linksIn(response.body, base)].flat();
	const [id, ...others] = new Set(links.flatMap((url) => idInUrl(url, base) ?? []));
	return id === undefined || others.length > 0
		? undefined
		: { id, phase: 'queued', status: 'queued' };
}

/** Returns the id in the URL of a video on this server. */
function idInUrl(url: string, base: string): string | undefined {
	const videos = `${base}/videos/`;
	const id = url.startsWith(videos) ? decodeSegment(url.slice(videos.length)) : undefined;
	// A word without a digit is rather a route, such as `extensions` or `login`.
	return id && /\d/.test(id) && isJobId(id) ? id : undefined;
}

/** Links are not nested deeper. */
const MAX_DEPTH = 4;
/** The video that the new one is made of. */
const OTHER_VIDEO = /source|input|reference|previous|parent|remix|extend|edit/i;

function linksIn(value: unknown, base: string, depth = 0): string[] {
	if (typeof value === 'string')
		return /^(https?:\/)?\//.test(value) && URL.canParse(value, base)
			? [new URL(value, base).href]
			: [];
	if (typeof value !== 'object' || value === null || depth > MAX_DEPTH) return [];
	return Object.entries(value).flatMap(([name, one]) =>
		OTHER_VIDEO.test(name) ? [] : linksIn(one, base, depth + 1),
	);
}

function decodeSegment(segment: string): string | undefined {
	const [, encoded] = /^([^/?#]+)\/?(?:[?#]|$)/.exec(segment) ?? [];
	try {
		return encoded && decodeURIComponent(encoded);
	} catch {
		return undefined;
	}
}

/**
 * A server that responds only when the video is finished may return its file without an ID.
 * @throws FailureError that contains the URL, which is the only trace of a paid video
 */
export function requireNoFile(response: HttpResponse, base: string): void {
	const { statusCode, body } = response;
	const isAccepted = isSuccess(response) && !readError(body);
	const url = isAccepted ? fileUrlsIn(body, base).find((one) => /^https?:/i.test(one)) : undefined;
	if (url === undefined) return;
	const serverMessage = tidyServerText(`it has no ID, but a file: ${url}`);
	throw serverErrors.unreadableAnswer({ httpStatus: statusCode, serverMessage });
}

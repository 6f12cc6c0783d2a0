import { meansFailedCheck, meansServerFault } from '../errors/serverFaultWords';
import { textsOf } from '../errors/textPatterns';
import type { Job } from '../job/job';
import { strongIdIn } from './decode/jobId';
import { readReason } from './decode/reason';
import { hasStatusOfRequest } from './decode/statusWord';
import { decodeJob } from './decode/video';
import type { HttpResponse } from './httpResponse';

/**
 * A response with one of these is about the status check: the key, a limit, a proxy in front of the API, or a server that
 * does not know the job yet.
 */
const OF_THE_CHECK = [401, 403, 404, 407, 408, 409, 425, 429, 502, 503, 504];

/**
 * Reads the response to a status check. A failed status check is not a failed job.
 * @param id the requested ID. The response need not repeat it
 * @param base the part of the server's URLs before `/videos`
 * @returns the job, or undefined if the response describes no job, or is about the check alone
 */
export function readStatusResponse(
	response: HttpResponse,
	id: string,
	base: string,
): Job | undefined {
	const { statusCode, isSuccess, json } = response;
	// xAI responds with 202 and no body while a job is running.
	if (statusCode === 202 && !response.body) return { id, phase: 'running', status: 'in_progress' };
	if (isSuccess) return decodeJob(json, { id, base });
	// Some servers report a failed job with the status of an error.
	if (OF_THE_CHECK.includes(statusCode) || strongIdIn(json) !== id) return undefined;
	const job = decodeJob(json, { id, base });
	const isOver = job?.phase === 'failed' || job?.phase === 'cancelled';
	if (!isOver || hasStatusOfRequest(json)) return undefined;
	const { code, message } = readReason(json);
	const texts = textsOf(message, code);
	return meansServerFault(texts) || meansFailedCheck(texts) ? undefined : job;
}

import { classify, type Phase, type RequestDetails } from '../errors/classify';
import type { FailureError } from '../errors/failure';
import { meansServerFault, meansUnreadRequest, textsOf } from '../errors/refusalWords';
import { serverErrors, type Refusal } from '../errors/serverErrors';
import { tidyServerText } from '../errors/serverText';
import type { Job } from '../job/job';
import { withoutQuery } from '../support/publicUrl';
import { readError, type RefusalInBody } from './decode/error';
import { mayHaveId, strongIdIn } from './decode/jobId';
import { readReason, type Reason } from './decode/reason';
import { decodeJob } from './decode/video';
import { redirectOf } from './redirects';
import { retryAfterIn } from './retryAfter';
import type { HttpResponse } from './httpTypes';

/** Reports whether the status is 2xx. */
export function isSuccess({ statusCode }: Pick<HttpResponse, 'statusCode'>): boolean {
	return statusCode >= 200 && statusCode < 300;
}

/** Returns the failure for a response that is an error. Secrets in its text are hidden already: see `parseResponse`. */
export function refusalOf(
	response: HttpResponse,
	phase: Phase,
	{ nothingMade, ...about }: RequestDetails & Pick<Refusal, 'nothingMade'> = {},
): FailureError {
	const { statusCode, headers, body } = response;
	const error = isSuccess(response) ? readError(body) : undefined;
	const refusal: Refusal = {
		httpStatus: error?.httpStatus ?? statusCode,
		...tidy(error ?? readReason(body)),
		...retryAfterIn(headers),
		...(nothingMade && { nothingMade }),
	};
	if (phase === 'status' ? isPage(response) : isBotCheck(response))
		return serverErrors.serverUnavailable({ ...about, ...refusal });
	const words = refusal.serverMessage ?? redirectWords(response);
	return classify({ ...refusal, ...(words && { serverMessage: words }) }, phase, about);
}

/**
 * A text instead of JSON comes from a proxy, and contains no information about a video. But many servers answer 404 and
 * 410 with plain words themselves.
 */
function isPage({ statusCode, body }: HttpResponse): boolean {
	if (statusCode < 402 || typeof body !== 'string') return false;
	return ![404, 410].includes(statusCode) || isHtml(body);
}

/** A proxy refuses a request with 403 before the API sees it, so the page contains no information about the key. */
function isBotCheck({ statusCode, body }: HttpResponse): boolean {
	const isCloudflare = typeof body === 'string' && /^error code: 1\d{3}$/.test(body.trim());
	return statusCode === 403 && (isCloudflare || isHtml(body));
}

function isHtml(body: unknown): boolean {
	return typeof body === 'string' && /<(!doctype html|html|head|body|title)\b/i.test(body);
}

/** Returns the failure for a job that ended without a video. */
export function failureOfJob({ id, status, error, cost, currency = 'USD' }: Job): FailureError {
	const reason = error?.message ?? error?.code;
	const message = reason ?? `the server says '${status}' and gives no reason`;
	return classify(tidy({ ...error, message }), 'job', {
		videoId: id,
		status: tidyServerText(status),
		...(cost && currency === 'USD' && { cost }),
	});
}

/**
 * Refusals that a proxy in front of the API may send too. The request did not reach the API's own code. 407 and 511 come
 * from a proxy that requires a login, and 421 and 426 from a server that does not process the request in this way.
 */
const BEFORE_THE_API = [401, 404, 405, 406, 407, 410, 411, 413, 414, 415, 421, 426, 429, 431, 511];
/** Refusals of the key, the account or the content. No fault of the server has these statuses. */
const CLEAR = [...BEFORE_THE_API, 402, 403, 451];
/** The API's own refusals. Others, such as 408, 409, 418 or 499, may come after the video was created. */
const BY_THE_API = [...CLEAR, 400, 422];
/** The request was meant for another URL. After 302 and 303, the server may have done the work. */
const ELSEWHERE = [301, 307, 308];

/**
 * Reports whether a response to a create proves that no video was created: the API refused it with an error field and
 * no id, or with a failed job, or the request did not reach the API. A message alone proves nothing.
 */
export function provesNothingMade(response: HttpResponse): boolean {
	const { statusCode, body } = response;
	// Some relays write a refusal as a job of its own that has failed.
	if (strongIdIn(body) !== undefined)
		return BY_THE_API.includes(statusCode) && decodeJob(body)?.phase === 'failed';
	if (isSuccess(response)) {
		const error = mayHaveId(body) ? undefined : readError(body);
		return error !== undefined && !isServerFault(error);
	}
	if (ELSEWHERE.includes(statusCode) || BEFORE_THE_API.includes(statusCode)) return true;
	const isOfApi = typeof body === 'string' ? isOfParser(body) : body !== null;
	return (
		isOfApi &&
		BY_THE_API.includes(statusCode) &&
		!isServerFault({ ...readReason(body), httpStatus: statusCode })
	);
}

/** Libraries of Go and Rust write what their parser says as plain text. The API's own code did not run. */
function isOfParser(body: string): boolean {
	return !isHtml(body) && meansUnreadRequest(body);
}

/**
 * A relay may pass on a 5xx with another status. Then as little is known as after the 5xx itself.
 */
function isServerFault({ httpStatus = 400, code, message }: RefusalInBody): boolean {
	if (httpStatus >= 500) return true;
	return !CLEAR.includes(httpStatus) && meansServerFault(textsOf(message, code));
}

function tidy({ code, message }: Reason): Pick<Refusal, 'code' | 'serverMessage'> {
	return {
		...(code && { code: tidyServerText(code) }),
		...(message && { serverMessage: tidyServerText(message) }),
	};
}

const SAME_SERVER = 'http://same.invalid';

/** Describes the target of a redirect that is not followed. Leaves out the query, which may contain a token. */
function redirectWords(response: HttpResponse): string | undefined {
	const target = redirectOf(response, SAME_SERVER);
	return (
		target && tidyServerText(`it redirects to ${withoutQuery(target).replace(SAME_SERVER, '')}`)
	);
}

/** How far the server's clock is ahead of ours, in milliseconds, as a range. */
export interface ClockLead {
	leastMs: number;
	mostMs: number;
}

/** Without a `Date` header, the clocks are assumed to agree. */
const UNKNOWN_LEAD: ClockLead = { leastMs: 0, mostMs: 0 };

/**
 * Compares the clocks by the `Date` header. The header has whole seconds (RFC 9110, 6.6.1), and the server wrote it at
 * some moment between request and response. A slow response makes the range wider, but never wrong.
 */
export function clockLead(
	{ headers }: Pick<HttpResponse, 'headers'>,
	{ sentAt, receivedAt }: { sentAt: number; receivedAt: number },
): ClockLead {
	const serverTime = Date.parse(String(headers.date));
	if (Number.isNaN(serverTime)) return UNKNOWN_LEAD;
	return { leastMs: serverTime - receivedAt, mostMs: serverTime + 999 - sentAt };
}

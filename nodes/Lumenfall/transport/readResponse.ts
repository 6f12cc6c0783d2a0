import type { IDataObject } from 'n8n-workflow';
import { classify, type Phase, type RequestDetails } from '../errors/classify';
import type { FailureError } from '../errors/failure';
import { serverErrors, type Refusal } from '../errors/serverErrors';
import { tidyServerText } from '../errors/serverText';
import type { Job } from '../job/job';
import { readError, readReason, type Reason } from './decode/error';
import { strongIdIn } from './decode/video';
import { redirectOf } from './connection';
import type { HttpResponse } from './httpTypes';

export function isSuccess({ statusCode }: Pick<HttpResponse, 'statusCode'>): boolean {
	return statusCode >= 200 && statusCode < 300;
}

/** The failure that a refusing answer means. Its text is free of secrets already: see `parseAnswer`. */
export function refusalOf(
	answer: HttpResponse,
	phase: Phase,
	{ nothingMade, ...about }: RequestDetails & Pick<Refusal, 'nothingMade'> = {},
): FailureError {
	const { statusCode, headers, body } = answer;
	const error = isSuccess(answer) ? readError(body) : undefined;
	const refusal: Refusal = {
		httpStatus: error?.httpStatus ?? statusCode,
		...tidy(error ?? readReason(body)),
		...retryAfterIn(headers),
		...(nothingMade && { nothingMade }),
	};
	if (phase === 'status' && isPage(answer))
		return serverErrors.serverUnavailable({ ...about, ...refusal });
	const words = refusal.serverMessage ?? redirectWords(answer);
	return classify({ ...refusal, ...(words && { serverMessage: words }) }, phase, about);
}

/** A web page in the place of an answer is a proxy's, and says nothing about a video. */
function isPage({ statusCode, body }: HttpResponse): boolean {
	return (
		statusCode >= 402 &&
		typeof body === 'string' &&
		/<(!doctype|html|head|body|title)\b/i.test(body)
	);
}

/** The failure that a job which ended without a video means. */
export function failureOfJob({ id, status, error }: Job): FailureError {
	const message = error?.message ?? `the server says '${status}' and gives no reason`;
	return classify(tidy({ ...error, message }), 'job', {
		videoId: id,
		status: tidyServerText(status),
	});
}

/** Refusals of a server's gate, which no API has to have written: the request did not get any further. */
const BEFORE_THE_API = [401, 404, 405, 406, 410, 411, 413, 414, 415, 429, 431];
/** The API's own refusals. Others, such as 408, 409, 418 or 499, may come after the work. */
const BY_THE_API = [...BEFORE_THE_API, 400, 402, 403, 422, 451];
/** The request was meant for another URL. After 302 and 303 the work may be done. */
const ELSEWHERE = [301, 307, 308];

/**
 * Whether an answer to a create proves that no video was made: a refusal of the API with an error in an error's place and
 * no id, or one that came before the API. Words prove nothing.
 */
export function provesNothingMade(answer: HttpResponse): boolean {
	const { statusCode, body } = answer;
	if (strongIdIn(body) !== undefined) return false;
	if (isSuccess(answer)) {
		const error = readError(body);
		return error !== undefined && (error.httpStatus ?? 400) < 500;
	}
	if (ELSEWHERE.includes(statusCode) || BEFORE_THE_API.includes(statusCode)) return true;
	const isOfApi = typeof body === 'object' && body !== null;
	return isOfApi && BY_THE_API.includes(statusCode);
}

function tidy({ code, message }: Reason): Pick<Refusal, 'code' | 'serverMessage'> {
	return {
		...(code && { code: tidyServerText(code) }),
		...(message && { serverMessage: tidyServerText(message) }),
	};
}

/** Names the target of a redirect that is not followed, without the query, which may carry a token. */
function redirectWords(answer: HttpResponse): string | undefined {
	const target = redirectOf(answer, 'http://localhost');
	if (!target) return undefined;
	const { origin, pathname } = new URL(target);
	return tidyServerText(`it redirects to ${origin}${pathname}`);
}

/** OpenAI's own pollers obey this header: docs/protocols/openai-videos.md#polling-and-idempotency. */
export function pollHint({ headers }: Pick<HttpResponse, 'headers'>): { hintMs?: number } {
	const hinted = Number(headers['openai-poll-after-ms'] ?? Number.NaN);
	const hintMs =
		hinted > 0 && Number.isFinite(hinted) ? hinted : retryAfterIn(headers).retryAfterMs;
	return hintMs === undefined ? {} : { hintMs };
}

/** `Retry-After` in milliseconds, from seconds or from a date (RFC 9110, 10.2.3); a malformed one is no hint. */
export function retryAfterIn({ 'retry-after': value, date }: IDataObject): {
	retryAfterMs?: number;
} {
	if (typeof value !== 'string') return {};
	// Both dates are the server's, so that its clock may be wrong.
	const now = Date.parse(String(date));
	const milliseconds = /^\d+(\.\d+)?$/.test(value)
		? Number(value) * 1000
		: Date.parse(value) - (Number.isNaN(now) ? Date.now() : now);
	return Number.isFinite(milliseconds) ? { retryAfterMs: Math.max(0, milliseconds) } : {};
}

/** How far a server's clock is ahead of ours, in milliseconds: somewhere between these two. */
export interface ClockLead {
	leastMs: number;
	mostMs: number;
}

/** An answer without a date tells nothing: the clocks are then taken to agree. */
const UNKNOWN_LEAD: ClockLead = { leastMs: 0, mostMs: 0 };

/**
 * Compares clocks by the `Date` header, which is cut to whole seconds (RFC 9110, 6.6.1) and was written at some moment
 * between question and answer. A slow answer makes the range wider, never wrong.
 */
export function clockLead(
	{ headers }: Pick<HttpResponse, 'headers'>,
	{ askedAt, answeredAt }: { askedAt: number; answeredAt: number },
): ClockLead {
	const serverTime = Date.parse(String(headers.date));
	if (Number.isNaN(serverTime)) return UNKNOWN_LEAD;
	return { leastMs: serverTime - answeredAt, mostMs: serverTime + 999 - askedAt };
}

import { classify, type RequestKind, type RequestDetails } from '../errors/classify';
import type { FailureError } from '../errors/failure';
import { meansPlainHttp } from '../errors/serverFaultWords';
import { serverErrors, type Refusal } from '../errors/serverErrors';
import { tidyServerText } from '../errors/serverText';
import { usdCostOf, type Job } from '../job/job';
import { withoutQuery } from '../support/urls';
import { readError, type RefusalInBody } from './decode/error';
import { readReason, type Reason } from './decode/reason';
import type { HttpResponse } from './httpResponse';

/**
 * Returns the failure for a response that is an error. Secrets in its text are hidden already: see `parseResponse`.
 * @param reason the reason in the body, if it has been read already
 */
export function failureOfResponse(
	response: HttpResponse,
	kind: RequestKind,
	{ nothingMade, ...about }: RequestDetails & Pick<Refusal, 'nothingMade'> = {},
	reason: RefusalInBody = reasonIn(response),
): FailureError {
	const refusal: Refusal = {
		httpStatus: reason.httpStatus ?? response.statusCode,
		...tidy(reason),
		...response.retryAfter,
		...(nothingMade && { nothingMade }),
	};
	if (kind === 'status' ? isPage(response) : isBotCheck(response))
		return serverErrors.serverUnavailable({ ...about, ...refusal });
	// Web servers send a page with a redirect, which does not say where it leads.
	const words = redirectWords(response) ?? refusal.serverMessage;
	return classify({ ...refusal, ...(words && { serverMessage: words }) }, kind, about);
}

function reasonIn({ isSuccess, json }: HttpResponse): RefusalInBody {
	return (isSuccess ? readError(json) : undefined) ?? readReason(json);
}

/** Many servers answer with plain words themselves. */
const PLAIN_WORDS = [400, 404, 410];

/** A text instead of JSON comes from a proxy, and contains no information about a video. */
function isPage({ statusCode, body }: HttpResponse): boolean {
	if (typeof body !== 'string') return false;
	if (!PLAIN_WORDS.includes(statusCode)) return statusCode >= 402;
	return isHtml(body) && !meansPlainHttp(body);
}

/** A proxy refuses a request with 403 before the API sees it, so the page contains no information about the key. */
function isBotCheck({ statusCode, body }: HttpResponse): boolean {
	const isCloudflare = typeof body === 'string' && /^error code: 1\d{3}$/.test(body.trim());
	return statusCode === 403 && (isCloudflare || isHtml(body));
}

/** Reports whether a body is a page for people, which no API wrote. */
export function isHtml(body: unknown): boolean {
	return typeof body === 'string' && /<(!doctype html|html|head|body|title)\b/i.test(body);
}

/** Returns the failure for a job that ended without a video. */
export function failureOfJob(job: Job): FailureError {
	const { id, status, error } = job;
	const cost = usdCostOf(job);
	const reason = error?.message ?? error?.code;
	const message = reason ?? `the server says '${status}' and gives no reason`;
	return classify(tidy({ ...error, message }), 'job', {
		videoId: id,
		status: tidyServerText(status),
		...(cost && { cost }),
	});
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
	const target = response.redirectFrom(SAME_SERVER);
	return (
		target && tidyServerText(`it redirects to ${withoutQuery(target).replace(SAME_SERVER, '')}`)
	);
}

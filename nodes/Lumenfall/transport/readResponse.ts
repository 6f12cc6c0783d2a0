import type { IDataObject } from 'n8n-workflow';
import { classify, type Phase, type Refusal } from '../errors/classify';
import type { FailureError, FailureDetails } from '../errors/failure';
import { tidyServerText } from '../errors/serverText';
import type { Job } from '../job/job';
import { decodeRefusal } from './decode/video';
import type { HttpResponse } from './http';

export function isSuccess({ statusCode }: HttpResponse): boolean {
	return statusCode >= 200 && statusCode < 300;
}

/** Reads what a server refuses and why, with the secrets taken out of its words. */
export interface ResponseReader {
	/** The failure that a refusing answer means. */
	refusalOf(answer: HttpResponse, phase: Phase, facts?: FailureDetails): FailureError;
	/** The failure that a job which ended without a video means. */
	failureOfJob(job: Job): FailureError;
}

/** @param secrets the key, which some servers repeat in their messages */
export function createResponseReader(secrets: string[]): ResponseReader {
	const tidy = (text: string) => tidyServerText(text, secrets);
	const wordsOf = ({ code, message }: { code?: string; message?: string }): Refusal => ({
		...(code && { code: tidy(code) }),
		...(message && { serverMessage: tidy(message) }),
	});

	return {
		refusalOf: ({ statusCode, headers, body }, phase, facts = {}) => {
			const retryAfterMs = retryAfter(headers);
			const timing = retryAfterMs !== undefined && { retryAfterMs };
			return classify(
				{ httpStatus: statusCode, ...wordsOf(decodeRefusal(body)), ...timing },
				phase,
				facts,
			);
		},
		failureOfJob: ({ id, status, error }) => {
			const message = error?.message ?? `the server says '${status}' and gives no reason`;
			return classify(wordsOf({ ...error, message }), 'job', { videoId: id, status: tidy(status) });
		},
	};
}

/** OpenAI's own pollers obey this header: docs/protocols/openai-videos.md#polling-and-idempotency. */
export function pollHint({ headers }: HttpResponse): { hintMs?: number } {
	const hinted = Number(headers['openai-poll-after-ms'] ?? Number.NaN);
	const hintMs = hinted > 0 ? hinted : retryAfter(headers);
	return hintMs === undefined ? {} : { hintMs };
}

/** `Retry-After` in milliseconds, from seconds or from a date (RFC 9110, 10.2.3); a malformed one is no hint. */
function retryAfter(headers: IDataObject): number | undefined {
	const value = headers['retry-after'];
	if (typeof value !== 'string') return undefined;
	const milliseconds = /^\d+(\.\d+)?$/.test(value)
		? Number(value) * 1000
		: Date.parse(value) - Date.now();
	return Number.isNaN(milliseconds) ? undefined : Math.max(0, milliseconds);
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

import type { IDataObject } from 'n8n-workflow';
import { classify, type Phase, type Refusal } from '../errors/classify';
import type { FailureError, FailureFacts } from '../errors/failure';
import { tidyServerText } from '../errors/serverText';
import type { Job } from '../job/job';
import { decodeRefusal } from './dialects/decode';
import type { HttpAnswer } from './http';

export function isSuccess({ statusCode }: HttpAnswer): boolean {
	return statusCode >= 200 && statusCode < 300;
}

/** Reads what a server refuses and why, with the secrets taken out of its words. */
export interface AnswerReader {
	/** The failure that a refusing answer means. */
	refusalOf(answer: HttpAnswer, phase: Phase, facts?: FailureFacts): FailureError;
	/** The failure that a job which ended without a video means. */
	failureOfJob(job: Job): FailureError;
}

/** @param secrets the key, which some servers repeat in their messages */
export function createAnswerReader(secrets: string[]): AnswerReader {
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

/** OpenAI's own pollers obey this header (openai-videos-api section 1.5). */
export function pollHint({ headers }: HttpAnswer): { hintMs?: number } {
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

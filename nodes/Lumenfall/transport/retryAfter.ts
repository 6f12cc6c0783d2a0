import type { IDataObject } from 'n8n-workflow';
import type { HttpResponse } from './httpTypes';

/** How long the server asks the node to wait. */

/** OpenAI's own SDKs follow this header when they poll: docs/protocols/openai-videos.md#polling-and-idempotency. */
export function pollHint({ headers }: Pick<HttpResponse, 'headers'>): { hintMs?: number } {
	const hinted = Number(headers['openai-poll-after-ms'] ?? Number.NaN);
	const hintMs =
		hinted > 0 && Number.isFinite(hinted) ? hinted : retryAfterIn(headers).retryAfterMs;
	return hintMs === undefined ? {} : { hintMs };
}

/**
 * Reads `Retry-After`, in seconds or as a date (RFC 9110, 10.2.3), and returns milliseconds. Azure OpenAI also sends
 * milliseconds. Ignores a malformed value.
 */
export function retryAfterIn({
	'retry-after': value,
	'retry-after-ms': inMilliseconds,
	date,
}: IDataObject): { retryAfterMs?: number } {
	if (isNumber(inMilliseconds)) return { retryAfterMs: Number(inMilliseconds) };
	// `Date.parse` also reads `-5` and `5, 10`, as dates of the past.
	const isDate = typeof value === 'string' && /[a-z]/i.test(value);
	if (!isNumber(value) && !isDate) return {};
	// Both dates come from the server, so a wrong server clock does not matter.
	const now = Date.parse(String(date));
	const milliseconds = isNumber(value)
		? Number(value) * 1000
		: Date.parse(value) - (Number.isNaN(now) ? Date.now() : now);
	return Number.isFinite(milliseconds) ? { retryAfterMs: Math.max(0, milliseconds) } : {};
}

function isNumber(header: unknown): header is string {
	return typeof header === 'string' && /^\d+(\.\d+)?$/.test(header);
}

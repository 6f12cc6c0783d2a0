import type { HttpResponse } from './httpTypes';

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

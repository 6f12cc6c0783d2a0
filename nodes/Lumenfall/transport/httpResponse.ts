import type { IDataObject } from 'n8n-workflow';
import type { FailureError } from '../errors/failure';
import { JsonBody } from './decode/jsonBody';

/** A response as n8n returns it. */
export interface ReceivedResponse<Body> {
	statusCode: number;
	/** Header names are in lower case. */
	headers: IDataObject;
	body: Body;
	/** Why the body broke off. It is then what has arrived, see `HttpRequest.keepsPart`. */
	brokenBy?: FailureError;
}

/** How far the server's clock is ahead of ours, in milliseconds, as a range. */
export interface ClockLead {
	leastMs: number;
	mostMs: number;
}

/** Without a `Date` header, the clocks are assumed to agree. */
const UNKNOWN_LEAD: ClockLead = { leastMs: 0, mostMs: 0 };

/** A response of a server, and what its status and its headers say. */
export class HttpResponse<Body = unknown> {
	readonly statusCode: number;
	readonly headers: IDataObject;
	readonly body: Body;
	readonly brokenBy?: FailureError;
	private opened?: JsonBody;

	constructor({ statusCode, headers, body, brokenBy }: ReceivedResponse<Body>) {
		this.statusCode = statusCode;
		this.headers = headers;
		this.body = body;
		this.brokenBy = brokenBy;
	}

	/** Returns the response with something else in it, such as its body after it has been read. */
	with<Other = Body>(
		change: Partial<ReceivedResponse<Other>> & { body: Other },
	): HttpResponse<Other> {
		const { statusCode, headers, brokenBy } = this;
		return new HttpResponse({ statusCode, headers, brokenBy, ...change });
	}

	/** Whether the status is 2xx. */
	get isSuccess(): boolean {
		return this.statusCode >= 200 && this.statusCode < 300;
	}

	/** The JSON of the body, opened once. */
	get json(): JsonBody {
		return (this.opened ??= JsonBody.open(this.body));
	}

	/**
	 * Returns the target of a redirect, or undefined if the response is not a redirect.
	 * @param url the requested URL
	 */
	redirectFrom(url: string): string | undefined {
		const isRedirect = this.statusCode >= 300 && this.statusCode <= 399;
		return isRedirect ? this.linkFrom(url) : undefined;
	}

	/**
	 * Returns the URL in the `Location` header of any response. Undefined if it has none.
	 * @param url the base of a relative URL
	 */
	linkFrom(url: string): string | undefined {
		const { location } = this.headers;
		if (typeof location !== 'string' || !URL.canParse(location, url)) return undefined;
		return new URL(location, url).href;
	}

	/** How long the server asks to wait before the next status check, in milliseconds. Empty if it does not say so. */
	get pollHint(): { hintMs?: number } {
		// OpenAI's own SDKs follow this header when they poll: docs/protocols/openai-videos.md#polling-and-idempotency.
		const hinted = Number(this.headers['openai-poll-after-ms'] ?? Number.NaN);
		const hintMs = hinted > 0 && Number.isFinite(hinted) ? hinted : this.retryAfter.retryAfterMs;
		return hintMs === undefined ? {} : { hintMs };
	}

	/**
	 * How long the server asks to wait: `Retry-After`, in seconds or as a date (RFC 9110, 10.2.3), in milliseconds. Azure
	 * OpenAI also sends milliseconds. A malformed value is ignored.
	 */
	get retryAfter(): { retryAfterMs?: number } {
		const { 'retry-after': value, 'retry-after-ms': inMilliseconds, date } = this.headers;
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

	/**
	 * Compares the clocks by the `Date` header. The header has whole seconds (RFC 9110, 6.6.1), and the server wrote it at
	 * some moment between request and response. A slow response makes the range wider, but never wrong.
	 * @param times by our clock, in milliseconds since 1970
	 */
	clockLead({ sentAt, receivedAt }: { sentAt: number; receivedAt: number }): ClockLead {
		const serverTime = Date.parse(String(this.headers.date));
		if (Number.isNaN(serverTime)) return UNKNOWN_LEAD;
		return { leastMs: serverTime - receivedAt, mostMs: serverTime + 999 - sentAt };
	}
}

function isNumber(header: unknown): header is string {
	return typeof header === 'string' && /^\d+(\.\d+)?$/.test(header);
}

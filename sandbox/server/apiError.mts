import { STATUS_CODES } from 'node:http';

interface ErrorKind {
	type: string;
	code?: string | null;
	param?: string;
	/** Real seconds that the client is asked to wait. */
	retryAfterSeconds?: number;
}

/** An answer other than success; each dialect has its own way to write it down. */
export class ApiError extends Error {
	readonly status: number;
	readonly type: string;
	readonly code: string | null;
	readonly param: string | null;
	readonly retryAfterSeconds?: number;

	constructor(status: number, message: string, kind: ErrorKind) {
		super(message);
		this.status = status;
		this.type = kind.type;
		this.code = kind.code ?? null;
		this.param = kind.param ?? null;
		this.retryAfterSeconds = kind.retryAfterSeconds;
	}
}

/** An error with nothing to say but its sentence; the type is OpenAI's for such a status. */
export function plainError(
	status: number,
	message = STATUS_CODES[status] ?? `Status ${status}`,
	details: Omit<ErrorKind, 'type'> = {},
): ApiError {
	const type = status < 500 ? 'invalid_request_error' : 'server_error';
	return new ApiError(status, message, { type, ...details });
}

export type ErrorWords = readonly [type: string, code: string | null, message: string];

/** Turns a table of known statuses into errors; `other` is what every other status says. */
export function errorTable(
	words: Record<number, ErrorWords>,
	other: ErrorWords,
): (status: number) => ApiError {
	return (status) => {
		const [type, code, message] = words[status] ?? other;
		return new ApiError(status, message, { type, code });
	};
}

/** The value of `Retry-After` in either form that HTTP allows: seconds, or the date when they are over. */
export function retryAfterHeader(seconds: number, asDate = false): string {
	if (!asDate) return String(seconds);
	// An HTTP date has no milliseconds, so it is rounded up: never earlier than the wait is over.
	return new Date(Math.ceil(Date.now() / 1000 + seconds) * 1000).toUTCString();
}

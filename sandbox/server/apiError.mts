import { STATUS_CODES } from 'node:http';

interface ErrorKind {
	type: string;
	code?: string | null;
	param?: string;
	/** Real seconds for the header `Retry-After`. */
	retryAfterSeconds?: number;
}

/** An error response. Each dialect has its own format for it. */
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

/** Creates an error with only a message. Its type is OpenAI's for the status. */
export function plainError(
	status: number,
	message = STATUS_CODES[status] ?? `Status ${status}`,
	details: Omit<ErrorKind, 'type'> = {},
): ApiError {
	const type = status < 500 ? 'invalid_request_error' : 'server_error';
	return new ApiError(status, message, { type, ...details });
}

export type ErrorText = readonly [type: string, code: string | null, message: string];

/** Creates a function that returns the error for a status. `other` is used for statuses that are not in the table. */
export function errorTable(
	words: Record<number, ErrorText>,
	other: ErrorText,
): (status: number) => ApiError {
	return (status) => {
		const [type, code, message] = words[status] ?? other;
		return new ApiError(status, message, { type, code });
	};
}

/** Returns the value of `Retry-After` in one of the two forms of HTTP: seconds, or the date when they have passed. */
export function retryAfterHeader(seconds: number, asDate = false): string {
	if (!asDate) return String(seconds);
	// An HTTP date has no milliseconds. It is rounded up, so that it is never too early.
	return new Date(Math.ceil(Date.now() / 1000 + seconds) * 1000).toUTCString();
}

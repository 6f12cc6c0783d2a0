import type { MessageName } from './serverErrors';

/** The kind of request. The meaning of a status such as 404 depends on it. */
export type RequestKind =
	| 'create'
	| 'status'
	| 'models'
	| 'list'
	| 'cancel'
	| 'balance'
	| 'webhookSecret';

/** The connection leads to the wrong server, or has the wrong protocol. */
const ELSEWHERE = [421, 426];
/** 407 is of a proxy that requires a login, 499 of one whose client closed the connection. */
const TRY_LATER = [407, 408, 425, 499];
/** Says nothing about the video when its status is read: a conflict, a bot check, a lock. */
const BUSY = [409, 418, 423];

const NOT_FOUND: Record<RequestKind, MessageName> = {
	// If the text does not mention a model, the route is missing or was removed, as OpenAI's own since 2026-09-24.
	create: 'invalidBaseUrl',
	models: 'invalidBaseUrl',
	status: 'videoNotFound',
	list: 'noList',
	balance: 'balanceUnsupported',
	webhookSecret: 'webhooksUnsupported',
	cancel: 'videoNotFound',
};

const BAD_REQUEST: Record<RequestKind, MessageName> = {
	create: 'invalidParameter',
	models: 'invalidBaseUrl',
	status: 'videoNotFound',
	list: 'noList',
	balance: 'balanceUnsupported',
	webhookSecret: 'webhooksUnsupported',
	cancel: 'notCancellable',
};

/** Returns what an HTTP status means in the response to a request, if the response says nothing else. */
export function meaningOfStatus(httpStatus: number, kind: RequestKind): MessageName {
	if (httpStatus === 401) return 'invalidApiKey';
	if (httpStatus === 402) return 'insufficientBalance';
	if (httpStatus === 403) return 'accessDenied';
	if (httpStatus === 429) return 'rateLimited';
	if (httpStatus === 405 && kind === 'cancel') return 'notCancellable';
	if (httpStatus === 404 || httpStatus === 405 || httpStatus === 410) return NOT_FOUND[kind];
	if (ELSEWHERE.includes(httpStatus))
		return kind === 'status' ? 'serverUnavailable' : 'invalidBaseUrl';
	if (TRY_LATER.includes(httpStatus) || httpStatus >= 500) return 'serverUnavailable';
	if (kind === 'status' && (BUSY.includes(httpStatus) || isElsewhereForNow(httpStatus)))
		return 'serverUnavailable';
	if (httpStatus === 413 && kind === 'create') return 'requestTooLarge';
	if (httpStatus >= 400) return BAD_REQUEST[kind];
	return httpStatus >= 300 ? 'invalidBaseUrl' : 'unreadableAnswer';
}

/** A login page or a page about maintenance. 301 and 308 mean that the server has moved (RFC 9110, 15.4). */
function isElsewhereForNow(httpStatus: number): boolean {
	return httpStatus >= 300 && httpStatus < 400 && ![301, 308].includes(httpStatus);
}

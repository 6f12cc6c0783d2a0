import type { FailureError } from './failure';
import {
	meaningOfFailure,
	meaningOfRefusal,
	meansInvalidApiKey,
	meansPlainHttp,
	textsOf,
} from './refusalWords';
import { serverErrors, type Refusal, type Subject } from './serverErrors';

export type { Refusal };

/** The kind of request. The meaning of a status such as 404 depends on it. */
export type Phase =
	| 'create'
	| 'status'
	| 'models'
	| 'list'
	| 'cancel'
	| 'balance'
	| 'webhookSecret'
	| 'job';

type PhaseOfCall = Exclude<Phase, 'job'>;
type MessageName = Exclude<
	keyof typeof serverErrors,
	'network' | 'dryRunCreatedVideo' | 'serverChanged'
>;

/** The subject of the request. The sizes are needed if a server requires the image to have the size of the video. */
export interface RequestDetails extends Subject {
	imageSize?: string;
	videoSize?: string;
}

/**
 * Codes with the same meaning on every server: Lumenfall's (docs/protocols/lumenfall.md, in upper case there), those of
 * the OpenAI Videos contract (docs/protocols/openai-videos.md), and of gateways and providers behind them. Generic
 * codes such as `invalid_request_error` are classified by the error text and the HTTP status.
 */
const KIND_BY_CODE: Record<string, MessageName> = {
	authentication_failed: 'invalidApiKey',
	authentication_error: 'invalidApiKey',
	invalid_api_key: 'invalidApiKey',
	unauthenticated: 'invalidApiKey',
	unauthorized: 'invalidApiKey',
	permission_denied: 'accessDenied',
	permission_error: 'accessDenied',
	insufficient_balance: 'insufficientBalance',
	insufficient_credits: 'insufficientBalance',
	insufficient_quota: 'insufficientBalance',
	insufficient_user_quota: 'insufficientBalance',
	billing_hard_limit_reached: 'insufficientBalance',
	billing_error: 'insufficientBalance',
	content_policy_violation: 'contentPolicy',
	content_filter: 'contentPolicy',
	moderation_blocked: 'contentPolicy',
	sentinel_block: 'contentPolicy',
	model_not_found: 'modelUnavailable',
	model_disabled: 'modelUnavailable',
	invalid_request: 'invalidParameter',
	invalid_argument: 'invalidParameter',
	invalid_value: 'invalidParameter',
	invalid_type: 'invalidParameter',
	missing_required_parameter: 'invalidParameter',
	rate_limited: 'rateLimited',
	rate_limit_error: 'rateLimited',
	rate_limit_exceeded: 'rateLimited',
	upstream_error: 'providerFailed',
	all_providers_exhausted: 'providerFailed',
	processing_error: 'providerFailed',
};

/**
 * Codes that count in the response to any request. The other codes describe a create; gateways use them loosely
 * elsewhere.
 */
const VALID_FOR_ANY_REQUEST: MessageName[] = [
	'invalidApiKey',
	'insufficientBalance',
	'rateLimited',
];
/**
 * Codes that count in a 5xx response to a create. Other codes may come from a part of the gateway that does not know
 * whether a video was created.
 */
const VALID_AFTER_5XX: MessageName[] = ['providerFailed', 'rateLimited'];
/** Codes for many reasons. The text and the HTTP status show which one it is. */
const GENERIC_REFUSALS = ['invalid_request', 'invalid_argument', 'invalid_value'];
const GENERIC_CODES = [...GENERIC_REFUSALS, 'upstream_error'];
const GENERIC_FAILURES = [...GENERIC_CODES, 'processing_error'];
/** Statuses that are more specific than a generic code. */
const PLAIN_STATUSES = [401, 402, 403, 413, 429];

/** Returns the error for a refusal. */
export function classify(refusal: Refusal, phase: Phase, about: RequestDetails = {}): FailureError {
	const known = { ...subjectOf(about), ...refusal };
	const name = phase === 'job' ? meaningOfJob(refusal, about) : meaningOfCall(refusal, phase);
	return name === 'imageSize'
		? serverErrors.imageSize({ ...about, ...refusal })
		: serverErrors[name](known);
}

/** Leaves out the sizes, which are shown only if the size is the reason of the refusal. */
function subjectOf({ videoId, model, status }: RequestDetails): Subject {
	return { ...(videoId && { videoId }), ...(model && { model }), ...(status && { status }) };
}

/** Returns the reason why a job ended without a video. */
function meaningOfJob({ code, serverMessage }: Refusal, { status }: Subject): MessageName {
	const byCode = meaningOfCode(code);
	const byWords = meaningOfFailure(textsOf(serverMessage, code, status));
	return byCode && !isOneOf(GENERIC_FAILURES, code)
		? byCode
		: (byWords ?? byCode ?? 'providerFailed');
}

function meaningOfCall(refusal: Refusal, phase: PhaseOfCall): MessageName {
	const { code, serverMessage = '' } = refusal;
	const texts = textsOf(serverMessage, code);
	const httpStatus = statusOf(refusal);
	const isPlain = isPlainRefusal(refusal);
	const byCode = hasClearerReason(refusal, httpStatus) ? undefined : meaningOfCode(code);
	const byWords = phase === 'create' && isPlain ? meaningOfRefusal(texts, httpStatus) : undefined;
	if (byWords === 'imageSize') return byWords;

	if (
		byCode &&
		(phase === 'create'
			? isPlain || VALID_AFTER_5XX.includes(byCode)
			: VALID_FOR_ANY_REQUEST.includes(byCode))
	)
		return isOneOf(GENERIC_CODES, code) ? (byWords ?? byCode) : byCode;
	if (byWords) return byWords;
	if (httpStatus === 400 && meansPlainHttp(serverMessage)) return 'invalidBaseUrl';
	if (isPlain && meansInvalidApiKey(texts)) return 'invalidApiKey';
	return meaningOfStatus(httpStatus, phase);
}

/** Reports whether the status, or the text about the key, is more specific than a generic code. */
function hasClearerReason({ code, serverMessage }: Refusal, httpStatus: number): boolean {
	if (!isOneOf(GENERIC_REFUSALS, code)) return false;
	return PLAIN_STATUSES.includes(httpStatus) || meansInvalidApiKey(textsOf(serverMessage));
}

/** Relays put the status into the body and return 200. Without one, a clear refusal is like a 400. */
function statusOf({ httpStatus = 0, code = '', nothingMade }: Refusal): number {
	if (httpStatus >= 300) return httpStatus;
	if (/^[45]\d\d$/.test(code)) return Number(code);
	return nothingMade ? 400 : httpStatus;
}

/** A server may send any code, including the name of a property that every object has. */
function meaningOfCode(code = ''): MessageName | undefined {
	const plain = code.toLowerCase();
	return Object.prototype.hasOwnProperty.call(KIND_BY_CODE, plain)
		? KIND_BY_CODE[plain]
		: undefined;
}

function isOneOf(codes: string[], code = ''): boolean {
	return codes.includes(code.toLowerCase());
}

/**
 * Reports whether the response is a refusal whose text can be trusted. The text and most codes of other responses prove
 * nothing: after a 5xx, or a 2xx without an error field, a video may exist.
 */
function isPlainRefusal({ httpStatus = 0, nothingMade }: Refusal): boolean {
	return httpStatus < 300 ? nothingMade === true : httpStatus >= 400 && httpStatus < 500;
}

function meaningOfStatus(httpStatus: number, phase: PhaseOfCall): MessageName {
	if (httpStatus === 401) return 'invalidApiKey';
	if (httpStatus === 403) return 'accessDenied';
	if (httpStatus === 429) return 'rateLimited';
	if (httpStatus === 405 && phase === 'cancel') return 'notCancellable';
	if (httpStatus === 404 || httpStatus === 405 || httpStatus === 410) return NOT_FOUND[phase];
	if (BY_A_PROXY.includes(httpStatus))
		return phase === 'status' ? 'serverUnavailable' : 'invalidBaseUrl';
	if (TRY_LATER.includes(httpStatus) || httpStatus >= 500) return 'serverUnavailable';
	if (phase === 'status' && (BUSY.includes(httpStatus) || isElsewhereForNow(httpStatus)))
		return 'serverUnavailable';
	if (httpStatus === 402 && phase === 'create') return 'insufficientBalance';
	if (httpStatus === 413 && phase === 'create') return 'requestTooLarge';
	if (httpStatus >= 400) return BAD_REQUEST[phase];
	return httpStatus >= 300 ? 'invalidBaseUrl' : 'unreadableAnswer';
}

/** A proxy requires a login, or the connection leads to the wrong server or has the wrong protocol. */
const BY_A_PROXY = [407, 421, 426];
/** 499 is a proxy's status for a client that closed the connection. */
const TRY_LATER = [408, 425, 499];
/** Says nothing about the video when its status is read: a conflict, a bot check, a lock. */
const BUSY = [409, 418, 423];

/** A login page or a page about maintenance. 301 and 308 mean that the server has moved (RFC 9110, 15.4). */
function isElsewhereForNow(httpStatus: number): boolean {
	return httpStatus >= 300 && httpStatus < 400 && ![301, 308].includes(httpStatus);
}

const NOT_FOUND: Record<PhaseOfCall, MessageName> = {
	// If the text does not mention a model, the route is missing or was removed, as OpenAI's own since 2026-09-24.
	create: 'invalidBaseUrl',
	models: 'invalidBaseUrl',
	status: 'videoNotFound',
	list: 'noList',
	balance: 'balanceUnsupported',
	webhookSecret: 'webhooksUnsupported',
	cancel: 'videoNotFound',
};

const BAD_REQUEST: Record<PhaseOfCall, MessageName> = {
	create: 'invalidParameter',
	models: 'invalidBaseUrl',
	status: 'videoNotFound',
	list: 'noList',
	balance: 'balanceUnsupported',
	webhookSecret: 'webhooksUnsupported',
	cancel: 'notCancellable',
};

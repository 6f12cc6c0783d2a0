import type { MessageName } from './serverErrors';

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

/** A server may send any code, including the name of a property that every object has. */
export function meaningOfCode(code = ''): MessageName | undefined {
	const plain = code.toLowerCase();
	return Object.prototype.hasOwnProperty.call(KIND_BY_CODE, plain)
		? KIND_BY_CODE[plain]
		: undefined;
}

/**
 * Codes that count in the response to any request. The other codes describe a create; gateways use them loosely
 * elsewhere.
 */
export const VALID_FOR_ANY_REQUEST: MessageName[] = [
	'invalidApiKey',
	'insufficientBalance',
	'rateLimited',
];
/**
 * Codes that count in a 5xx response to a create. Other codes may come from a part of the gateway that does not know
 * whether a video was created.
 */
export const VALID_AFTER_5XX: MessageName[] = ['providerFailed', 'rateLimited'];
/** Codes for many reasons. The text and the HTTP status show which one it is. */
export const GENERIC_REFUSALS = ['invalid_request', 'invalid_argument', 'invalid_value'];
export const GENERIC_CODES = [...GENERIC_REFUSALS, 'upstream_error'];
export const GENERIC_FAILURES = [...GENERIC_CODES, 'processing_error'];

/** Reports whether a code of a server is one of these. */
export function isOneOf(codes: string[], code = ''): boolean {
	return codes.includes(code.toLowerCase());
}

import { fail } from './messages';
import type { FailureError, FailureDetails, FailureKind } from './failure';
import { meansModelUnavailable } from './modelUnavailable';

/** A refusal as read from an answer or from a failed job; the text is already tidy. */
export interface Refusal {
	httpStatus?: number;
	code?: string;
	serverMessage?: string;
	retryAfterMs?: number;
}

/**
 * What was being asked when the refusal came: a 404 means something else for each. `file` is the content route, which
 * takes the key; `link` is the address in the job, which does not.
 */
export type Phase =
	| 'create'
	| 'status'
	| 'file'
	| 'models'
	| 'list'
	| 'cancel'
	| 'balance'
	| 'webhookSecret'
	| 'link'
	| 'job';

type PhaseOfCall = Exclude<Phase, 'job'>;
type Kind = Parameters<typeof fail>[0];

/**
 * Codes that mean the same wherever they come. Sources: docs/protocols/lumenfall.md#errors (upper case codes) and
 * docs/protocols/openai-videos.md#errors (lower case codes). Generic ones such as `invalid_request_error` are left to the HTTP status.
 */
const KIND_BY_CODE: Record<string, Kind> = {
	authentication_failed: 'invalidApiKey',
	invalid_api_key: 'invalidApiKey',
	insufficient_balance: 'insufficientBalance',
	insufficient_quota: 'insufficientBalance',
	billing_hard_limit_reached: 'insufficientBalance',
	content_policy_violation: 'contentPolicy',
	moderation_blocked: 'contentPolicy',
	sentinel_block: 'contentPolicy',
	model_not_found: 'modelUnavailable',
	model_disabled: 'modelUnavailable',
	invalid_request: 'invalidParameter',
	invalid_value: 'invalidParameter',
	invalid_type: 'invalidParameter',
	missing_required_parameter: 'invalidParameter',
	rate_limited: 'rateLimited',
	rate_limit_exceeded: 'rateLimited',
	upstream_error: 'providerFailed',
	all_providers_exhausted: 'providerFailed',
	processing_error: 'providerFailed',
};

/** What these say is true of any call. The other codes are about an order; elsewhere a gateway uses them loosely. */
const TRUE_OF_ANY_CALL: Kind[] = ['invalidApiKey', 'insufficientBalance', 'rateLimited'];
/** Codes given for many reasons, of which a model that is gone is one. */
const SAYS_LITTLE = ['invalid_request', 'invalid_value'];

/** Words about an order or a job that tell more than a generic code. */
const KIND_BY_WORDS: Array<[RegExp, Kind]> = [
	[/moderation|content policy|safety system|people-in-user-uploads/i, 'contentPolicy'],
	[/too many running tasks/i, 'tooManyJobs'],
];
/** docs/protocols/openai-videos.md#errors. Its code differs from server to server and says nothing. */
const PICTURE_SIZE = /inpaint image must match/i;
const NOT_READY = /not ready yet|still in.progress|still being processed/i;

/** The failure that a refusal means, worded by the catalogue. */
export function classify(refusal: Refusal, phase: Phase, facts: FailureDetails = {}): FailureError {
	return fail(kindOf(refusal, phase), { ...facts, ...refusal });
}

/** Faults that say nothing about the job: worth asking again. */
export function isTransient(kind: FailureKind): boolean {
	return [
		'network',
		'serverUnavailable',
		'rateLimited',
		'tooManyJobs',
		'unreadableAnswer',
	].includes(kind);
}

function kindOf({ code, serverMessage = '', httpStatus = 0 }: Refusal, phase: Phase): Kind {
	const isAboutOrder = phase === 'create' || phase === 'job';
	if (isAboutOrder && PICTURE_SIZE.test(serverMessage)) return 'imageSize';

	const plainCode = code?.toLowerCase() ?? '';
	const byCode = kindOfCode(plainCode);
	const byWords = isAboutOrder ? kindOfWords(serverMessage, httpStatus, phase) : undefined;
	if (byCode && (isAboutOrder || TRUE_OF_ANY_CALL.includes(byCode))) {
		const wordsTellMore = byWords === 'modelUnavailable' && SAYS_LITTLE.includes(plainCode);
		return wordsTellMore ? byWords : byCode;
	}
	if (byWords) return byWords;

	if (phase === 'job') return 'providerFailed';
	if (phase === 'file' && NOT_READY.test(serverMessage)) return 'notReady';
	return kindOfStatus(httpStatus, phase);
}

/** A server may send any word, also one that every object answers to. */
function kindOfCode(code: string): Kind | undefined {
	return Object.prototype.hasOwnProperty.call(KIND_BY_CODE, code) ? KIND_BY_CODE[code] : undefined;
}

function kindOfWords(words: string, httpStatus: number, phase: Phase): Kind | undefined {
	const known = KIND_BY_WORDS.find(([pattern]) => pattern.test(words))?.[1];
	// Of a job that failed, it is the provider who says so.
	const isGone = phase === 'create' && meansModelUnavailable(words, httpStatus);
	return known ?? (isGone ? 'modelUnavailable' : undefined);
}

function kindOfStatus(httpStatus: number, phase: PhaseOfCall): Kind {
	if (phase === 'link' && httpStatus >= 400 && httpStatus < 429) return 'fileExpired';
	if (httpStatus === 401) return 'invalidApiKey';
	if (httpStatus === 403) return phase === 'file' ? 'fileExpired' : 'accessDenied';
	if (httpStatus === 429) return 'rateLimited';
	if (httpStatus === 413) return 'requestTooLarge';
	if (httpStatus === 404 || httpStatus === 405 || httpStatus === 410)
		return MEANING_OF_NOT_FOUND[phase];
	if (httpStatus === 408 || httpStatus === 425 || httpStatus >= 500) return 'serverUnavailable';
	if (httpStatus >= 400)
		return httpStatus === 402 && phase === 'create'
			? 'insufficientBalance'
			: MEANING_OF_BAD_REQUEST[phase];
	if (httpStatus >= 300) return 'invalidBaseUrl';
	return 'unreadableAnswer';
}

const MEANING_OF_NOT_FOUND: Record<PhaseOfCall, Kind> = {
	// Without words about a model it is the route that is missing or gone, as OpenAI's own since 2026-09-24.
	create: 'invalidBaseUrl',
	models: 'invalidBaseUrl',
	status: 'videoNotFound',
	list: 'noList',
	balance: 'balanceUnsupported',
	webhookSecret: 'webhooksUnsupported',
	cancel: 'videoNotFound',
	file: 'fileExpired',
	link: 'fileExpired',
};

const MEANING_OF_BAD_REQUEST: Record<PhaseOfCall, Kind> = {
	create: 'invalidParameter',
	models: 'invalidBaseUrl',
	status: 'videoNotFound',
	list: 'noList',
	balance: 'balanceUnsupported',
	webhookSecret: 'webhooksUnsupported',
	cancel: 'notCancellable',
	file: 'downloadFailed',
	link: 'fileExpired',
};

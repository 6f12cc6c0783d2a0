import { meansInvalidApiKey, meansKeyWithoutRight } from './apiKeyWords';
import {
	GENERIC_CODES,
	GENERIC_FAILURES,
	GENERIC_REFUSALS,
	isOneOf,
	meaningOfCode,
	VALID_AFTER_5XX,
	VALID_FOR_ANY_REQUEST,
} from './errorCodes';
import type { FailureError } from './failure';
import { meaningOfStatus, type RequestKind } from './httpStatuses';
import { meaningOfFailure, meaningOfRefusal } from './refusalWords';
import { serverErrors, type MessageName, type Refusal, type Subject } from './serverErrors';
import { meansFailedCheck, meansNoJob, meansPlainHttp, meansServerFault } from './serverFaultWords';
import { textsOf } from './textPatterns';

export type { Refusal, RequestKind };

/** The subject of the request. The sizes are needed if a server requires the image to have the size of the video. */
export interface RequestDetails extends Subject {
	imageSize?: string;
	videoSize?: string;
}

/**
 * Returns the error for a refusal.
 * @param kind of the refused request, or `job` for the reason that a failed job reports
 */
export function classify(
	refusal: Refusal,
	kind: RequestKind | 'job',
	about: RequestDetails = {},
): FailureError {
	const known = { ...subjectOf(about), ...refusal };
	const name = kind === 'job' ? meaningOfJob(refusal, about) : meaningOfRequest(refusal, kind);
	return name === 'imageSize'
		? serverErrors.imageSize({ ...about, ...refusal })
		: serverErrors[name](known);
}

/** Leaves out the sizes, which are shown only if the size is the reason of the refusal. */
function subjectOf({ videoId, model, status, cost }: RequestDetails): Subject {
	return {
		...(videoId && { videoId }),
		...(model && { model }),
		...(status && { status }),
		...(cost && { cost }),
	};
}

/** Returns the reason why a job ended without a video. */
function meaningOfJob({ code, serverMessage }: Refusal, { status }: Subject): MessageName {
	const byCode = meaningOfCode(code);
	const byWords = meaningOfFailure(textsOf(serverMessage, code, status));
	return byCode && !isOneOf(GENERIC_FAILURES, code)
		? byCode
		: (byWords ?? byCode ?? 'providerFailed');
}

function meaningOfRequest(refusal: Refusal, kind: RequestKind): MessageName {
	const { code, serverMessage = '' } = refusal;
	const texts = textsOf(serverMessage, code);
	const httpStatus = statusOf(refusal);
	const isPlain = isPlainRefusal(refusal);
	const byCode = hasClearerReason(refusal, httpStatus) ? undefined : meaningOfCode(code);
	const byWords = kind === 'create' && isPlain ? meaningOfRefusal(texts, httpStatus) : undefined;
	if (byWords === 'imageSize') return byWords;

	if (
		byCode &&
		(kind === 'create'
			? isPlain || VALID_AFTER_5XX.includes(byCode)
			: VALID_FOR_ANY_REQUEST.includes(byCode))
	)
		return isOneOf(GENERIC_CODES, code) ? (byWords ?? byCode) : byCode;
	if (byWords) return byWords;
	if (httpStatus === 400 && meansPlainHttp(serverMessage)) return 'invalidBaseUrl';
	if (isPlain && meansInvalidApiKey(texts)) return 'invalidApiKey';
	if (httpStatus === 401 && meansKeyWithoutRight(texts)) return 'accessDenied';
	const byStatus = meaningOfStatus(httpStatus, kind);
	// Relays pass on the fault of the server behind them with a 400 or 422.
	const isUnclear = byStatus === 'videoNotFound' && [400, 422].includes(httpStatus);
	const isOfCheck = meansFailedCheck(texts) && !meansNoJob(texts);
	const isOfServer = meansServerFault(texts) || isOfCheck;
	return isUnclear && isOfServer ? 'serverUnavailable' : byStatus;
}

/** Statuses that are more specific than a generic code. */
const PLAIN_STATUSES = [401, 402, 403, 413, 429];

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

/**
 * Reports whether the response is a refusal whose text can be trusted. The text and most codes of other responses prove
 * nothing: after a 5xx, or a 2xx without an error field, a video may exist.
 */
function isPlainRefusal({ httpStatus = 0, nothingMade }: Refusal): boolean {
	return httpStatus < 300 ? nothingMade === true : httpStatus >= 400 && httpStatus < 500;
}

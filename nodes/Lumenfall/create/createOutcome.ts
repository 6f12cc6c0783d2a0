import type { ItemContext } from '../context';
import type { Failure } from '../errors/failure';
import type { JobRecord } from '../job/record';

/** What is known of the request when the failure of a create is classified. */
interface CreateAttempt {
	/** A repeat with the same key returns the job of the first request: see `mayRepeat`. */
	isRepeatable: boolean;
	/** The request was sent before with the same key. */
	isRepeat: boolean;
}

/**
 * What the failure of a create means.
 * - `refused`: certainly no job exists. Only then may the request be sent with another key, or for another model.
 * - `busy`: certainly no job exists, because of a rate limit or job limit. The whole run backs off and retries.
 * - `unknown`: a job may exist.
 */
export type CreateOutcome = 'refused' | 'busy' | 'unknown';

/** Returns what the failure of a create means. */
export function outcomeOf(failure: Failure, attempt: CreateAttempt): CreateOutcome {
	if (isCertain(failure)) {
		if (isBusy(failure)) return 'busy';
		// The refusal of a repeat only proves that the repeat created nothing. The first request may have.
		return attempt.isRepeat ? 'unknown' : 'refused';
	}
	return provesNoJobWithKey(failure, attempt) ? 'refused' : 'unknown';
}

/**
 * Reports whether it is certain that no job exists. Neither the error text nor the kind proves that: they say what went
 * wrong, not when. The response itself is classified in `transport/createResponse.ts`.
 */
function isCertain({ kind, neverSent, nothingMade }: Failure): boolean {
	return kind === 'invalidInput' || neverSent === true || nothingMade === true;
}

function isBusy({ kind }: Failure): boolean {
	return kind === 'rateLimited' || kind === 'tooManyJobs';
}

/** For a repeat, the gateway returns its own error only if no video has this key. */
function provesNoJobWithKey(
	{ code, httpStatus = 0 }: Failure,
	{ isRepeatable, isRepeat }: CreateAttempt,
): boolean {
	return isRepeatable && isRepeat && httpStatus >= 500 && isOutOfProviders(code);
}

/** Whether the gateway tried every provider of the model without success (docs/protocols/lumenfall.md#errors). */
export function isOutOfProviders(code: string | undefined): boolean {
	return code?.toLowerCase() === 'all_providers_exhausted';
}

/** It is not documented how long a server remembers a key. Services that document it usually promise a day. */
const KEY_LIFETIME_MS = 24 * 3_600_000;

/**
 * Whether a create with an unknown outcome may be sent again, because a repeat with the same key finds its job: the server
 * supports keys and still remembers this one, and the create was sent with the same credential.
 */
export async function mayRepeat(
	{ api, runtime }: Pick<ItemContext, 'api' | 'runtime'>,
	{ sent, sentAt }: Pick<JobRecord, 'sent' | 'sentAt'>,
): Promise<boolean> {
	if (sentAt !== undefined) {
		// A time in the future was written by a wrong clock, so the age of the key is unknown.
		if (Math.abs(runtime.wallTime() - Date.parse(sentAt)) > KEY_LIFETIME_MS) return false;
		// Another account does not know the key.
		if (sent?.account !== undefined && sent.account !== api.account) return false;
	}
	return await api.supportsIdempotencyKey();
}

import type { Failure } from '../errors/failure';

/** What is known of the server and of the request when the failure of a create is classified. */
export interface CreateAttempt {
	/** The server returns the same video for the same idempotency key. */
	supportsIdempotencyKey: boolean;
	/** The request was sent before with the same key, so the server would return a video of it. */
	isRepeat?: boolean;
}

/**
 * Whether the failure of a create proves that no video was made. Only then may the request be sent again with another
 * key, for another model, or in another form. Otherwise the outcome is unknown. Neither the error text nor the kind
 * proves anything: they say what went wrong, not when. The response itself is classified in
 * `transport/createResponse.ts`.
 */
export function provesNothingWasMade(
	{ kind, neverSent, nothingMade, code, httpStatus = 0 }: Failure,
	{ supportsIdempotencyKey, isRepeat = false }: CreateAttempt,
): boolean {
	if (kind === 'invalidInput' || neverSent || nothingMade) return true;
	// The gateway returns its own error only if no video has this key.
	return httpStatus >= 500 && supportsIdempotencyKey && isRepeat && isOutOfProviders(code);
}

/** Whether the gateway tried every provider of the model without success (docs/protocols/lumenfall.md#errors). */
export function isOutOfProviders(code: string | undefined): boolean {
	return code?.toLowerCase() === 'all_providers_exhausted';
}

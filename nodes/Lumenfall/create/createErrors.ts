import { FailureError, type Failure } from '../errors/failure';
import { failure, invalid, said } from '../errors/message';
import type { Refusal } from '../errors/serverErrors';

/** What is known of a create without a usable response. */
export interface UnknownOutcome extends Refusal {
	model?: string;
	/** Why the connection failed, as text for the user. */
	cause?: string;
	/** When the request was sent, as ISO time. */
	mayExistSince?: string;
	/** A retry sends the same key to a server that supports keys. */
	sameKey?: boolean;
	hasNoList?: boolean;
	/** Videos in the server's list that may belong to this create. */
	candidateVideoIds?: string[];
}

/** How a create can fail without a refusal. */
export const createErrors = {
	outcomeUnknown: (known: UnknownOutcome = {}) =>
		failure('createOutcomeUnknown', known, (k) => ({
			message: `The create request got no usable response${k.cause ? ` (${k.cause})` : ''}, so a video may have been created${k.mayExistSince ? ` at ${k.mayExistSince}` : ''}${said(k)}`,
			advice: `Look for the video first, ${
				k.hasNoList
					? "in your account at the server: it has no list for the operation 'Get Many'"
					: "with the operation 'Get Many' or in your account at the server"
			}. ${
				k.candidateVideoIds?.length
					? `It may be ${k.candidateVideoIds.join(' or ')}: check with the operation 'Get'. `
					: ''
			}${
				k.sameKey
					? 'A retry of this execution sends the same idempotency key, so it cannot create a second video.'
					: 'A retry of this execution does not create the video again.'
			} A new execution would.`,
		})),

	/** A failed video that the server returns again for the user's own key. */
	failedWithOwnKey: (known: Failure) =>
		new FailureError({
			...known,
			advice: `${known.advice.trim()} The server returns this video again for the same 'Idempotency Key', so use another key.`,
		}),

	sharedKey: () =>
		invalid(
			"'Idempotency Key' is the same for two different requests",
			"The server would return the same video for both. Use a different key per item, e.g. 'post-{{ $json.id }}', or leave it empty.",
		),
};

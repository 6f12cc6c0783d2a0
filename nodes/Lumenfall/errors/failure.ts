import type { IDataObject } from 'n8n-workflow';

/** What went wrong, from the user's point of view: `details.kind` of a failed item. Workflows may depend on these words. */
export const FAILURE_KINDS = [
	'invalidInput',
	'invalidApiKey',
	'accessDenied',
	'insufficientBalance',
	'contentPolicy',
	'invalidParameter',
	'requestTooLarge',
	'imageSize',
	'modelUnavailable',
	'rateLimited',
	'tooManyJobs',
	'providerFailed',
	'serverUnavailable',
	'network',
	'invalidBaseUrl',
	'unreadableAnswer',
	'createOutcomeUnknown',
	'dryRunCreatedVideo',
	'balanceUnsupported',
	'webhooksUnsupported',
	'serverChanged',
	'timedOut',
	'stopped',
	'videoNotFound',
	'notReady',
	'allModelsFailed',
	'notCancellable',
	'noList',
	'noVariant',
	'noFile',
	'fileExpired',
	'downloadFailed',
	'unexpectedError',
] as const;

export type FailureKind = (typeof FAILURE_KINDS)[number];

/** The one record behind every error, log line and failed item. Holds no secret and no untidied server text. */
export interface Failure {
	kind: FailureKind;
	/** What happened, one sentence in the user's words. */
	message: string;
	/** How to get unstuck. */
	advice: string;
	/** Set whenever a job exists. */
	videoId?: string;
	/** The server's own words, tidied. */
	serverMessage?: string;
	/** The server's own code. */
	code?: string;
	httpStatus?: number;
	/** The answer proves that no video was made. */
	nothingMade?: boolean;
	/** The job's last known status. */
	status?: string;
	retryAfterMs?: number;
	/** The connection was never made, so the server cannot have acted on the request. */
	neverSent?: boolean;
	/** Why the network or a file broke off, in plain words. */
	cause?: string;
	model?: string;
	/** Pixel sizes of the given image and of the video, e.g. `1280x720`. */
	imageSize?: string;
	videoSize?: string;
	/** The wanted form of the file, e.g. `thumbnail`. */
	variant?: string;
	/** Models that can be chosen instead. */
	alternatives?: string[];
	waitedSeconds?: number;
	/** For a create of unknown outcome: the moment it was sent, as ISO time. */
	mayExistSince?: string;
	/** Videos in the server's list that may be the one of such a create. */
	candidateVideoIds?: string[];
	/** The server has no list in which such a video could be found. */
	hasNoList?: boolean;
	/** Whether a repeat would carry the same idempotency key to a server that knows keys. */
	sameKey?: boolean;
	/** Why each model of a comparison created no video. */
	models?: Array<{ model: string; kind: FailureKind; message: string; videoId?: string }>;
	/** Videos of other items that were created in the same run and are not in the output. */
	otherVideoIds?: string[];
}

/** What can be known about a failure besides its kind and its words. */
export type FailureDetails = Partial<Omit<Failure, 'kind' | 'message' | 'advice'>>;

/** Carries a failure record up to the one catch in the node. */
export class FailureError extends Error {
	/**
	 * @param withVideoId makes the same error about a video whose id was not known where it was thrown; absent where the
	 * record was stored and read again
	 */
	constructor(
		readonly failure: Failure,
		readonly withVideoId?: (videoId: string) => FailureError,
	) {
		super(failure.message);
		this.name = 'FailureError';
	}
}

/** The failure an error carries, if it is one of ours. */
export function failureOf(error: unknown): Failure | undefined {
	return error instanceof FailureError ? error.failure : undefined;
}

/** What a failed item and an n8n error say of a failure besides its words. */
export function detailsOf(failure: Failure): IDataObject {
	const details: IDataObject = { ...failure };
	for (const key of ['message', 'advice', 'nothingMade']) delete details[key];
	return details;
}

/** Faults that say nothing about the job: worth asking again. */
const TRANSIENT: readonly FailureKind[] = [
	'network',
	'serverUnavailable',
	'rateLimited',
	'tooManyJobs',
	'unreadableAnswer',
];

export function isTransient(kind: FailureKind): boolean {
	return TRANSIENT.includes(kind);
}

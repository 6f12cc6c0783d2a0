import type { IDataObject } from 'n8n-workflow';

/** The kinds of failures, shown as `details.kind` of a failed item. Workflows may depend on these values. */
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
	'notRegistered',
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

/** The record behind every error, log line and failed item. Contains no secret and no unsanitized server text. */
export interface Failure {
	kind: FailureKind;
	/** What happened: one sentence for the user. */
	message: string;
	/** What to do: one sentence or more. */
	advice: string;
	/** Set whenever a job exists. */
	videoId?: string;
	/** The server's error message, sanitized. */
	serverMessage?: string;
	/** The server's error code. */
	code?: string;
	httpStatus?: number;
	/** The response proves that no video was created. */
	nothingMade?: boolean;
	/** The last known status of the job. */
	status?: string;
	/** What the server charged for a failed video, in USD, if it reports that. */
	cost?: number;
	retryAfterMs?: number;
	/** The connection was never made, so the server cannot have processed the request. */
	neverSent?: boolean;
	/** Why the network or a file failed: a phrase for the user. */
	cause?: string;
	model?: string;
	/** Pixel sizes of the given image and of the video, e.g. `1280x720`. */
	imageSize?: string;
	videoSize?: string;
	/** The requested form of the file, e.g. `thumbnail`. */
	variant?: string;
	/** Models that the user can select instead. */
	alternatives?: string[];
	waitedSeconds?: number;
	/** For a create with an unknown outcome: when it was sent, as ISO time. */
	mayExistSince?: string;
	/** Videos in the server's list that may belong to such a create. */
	candidateVideoIds?: string[];
	/** The server has no list of videos, so the video cannot be searched for. */
	hasNoList?: boolean;
	/** Whether a retry sends the same idempotency key to a server that supports keys. */
	sameKey?: boolean;
	/** Why each model of a comparison failed. */
	models?: Array<{ model: string; kind: FailureKind; message: string; videoId?: string }>;
	/** The created videos of all scenes of a storyboard. */
	videoIds?: string[];
	/** Other videos of the item, or of the run that the failure ends. They are not in the output. */
	otherVideoIds?: string[];
}

/** The details of a failure, without its kind and its text. */
export type FailureDetails = Partial<Omit<Failure, 'kind' | 'message' | 'advice'>>;

/** Carries a failure record to the one `catch` in the node. */
export class FailureError extends Error {
	/**
	 * @param withVideoId returns the same error with a video ID that was not known where the error was thrown; absent if
	 * the record was stored and read again
	 */
	constructor(
		readonly failure: Failure,
		readonly withVideoId?: (videoId: string) => FailureError,
	) {
		super(failure.message);
		this.name = 'FailureError';
	}
}

/** Returns the failure of an error that this package has thrown, else undefined. */
export function failureOf(error: unknown): Failure | undefined {
	return error instanceof FailureError ? error.failure : undefined;
}

/** Returns the details that a failed item and an n8n error show in addition to the text. */
export function detailsOf(failure: Failure): IDataObject {
	const details: IDataObject = { ...failure };
	for (const key of ['message', 'advice', 'nothingMade']) delete details[key];
	return details;
}

/** Errors that do not describe the job itself, so a retry is useful. */
const TRANSIENT: readonly FailureKind[] = [
	'network',
	'serverUnavailable',
	'rateLimited',
	'tooManyJobs',
	'unreadableAnswer',
];

/** Reports whether a failure says nothing about the job itself. */
export function isTransient(kind: FailureKind): boolean {
	return TRANSIENT.includes(kind);
}

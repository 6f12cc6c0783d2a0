import type { Adjusted } from '../request/videoRequest';

/** Why another model than the selected one makes the video. */
export interface Fallback {
	from: string;
	reason: string;
}

/** What was decided for a request before it was sent. A retry uses it instead of deciding again. */
export interface Decision {
	model: string;
	adjusted?: Adjusted;
	fallback?: Fallback;
	/** USD that the video can cost at most. Counts as spent from the moment of the decision. */
	reservedUsd?: number;
	/** USD, if the price is one number. */
	estimatedCost?: number;
	/** USD, if the price is a range. */
	estimatedRange?: { from: number; upTo?: number };
}

/** What a create carried, as far as a retry must recognize it. */
export interface SentRequest {
	model: string;
	seconds: number;
	/** Hash of the prompt. An expression such as `{{ $now }}` gives another prompt on a retry. */
	prompt: string;
	/** Hash of the webhook URL, if the server was asked to call one. */
	webhook?: string;
}

/**
 * Everything that is kept about one request, from before its first byte until its cost is known. Plain JSON: n8n keeps it
 * across re-runs of the node (Retry On Fail) and stores it with the execution (Retry of a failed execution).
 */
export interface JobRecord {
	/** Sent with the create. Written before its first byte, so that every repeat sends the same key. */
	idempotencyKey: string;
	/** Whether it is the user's own. It is never varied. */
	isUserKey?: boolean;
	/** How many jobs of this request ended without a video. */
	attempt: number;
	/** Present while a job exists or may exist, or is about to be created. */
	decision?: Decision;
	sent?: SentRequest;
	/** When a create was sent whose outcome is not known, as ISO time. A job may exist since then. */
	sentAt?: string;
	/** When its response was lost, as ISO time. */
	lostAt?: string;
	videoId?: string;
	/** USD that the video did cost. */
	cost?: number;
}

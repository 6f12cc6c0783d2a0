import type { Change } from '../request/sourceVideo';
import type { Adjusted } from '../request/videoRequest';

/** Why another model than the selected one creates the video. */
export interface Fallback {
	from: string;
	reason: string;
}

/** The decisions about a request before it was sent. A retry uses them instead of deciding again. */
export interface Decision {
	model: string;
	adjusted?: Adjusted;
	fallback?: Fallback;
	/** Highest possible cost in USD. Counts as spent from the moment of the decision. */
	reservedUsd?: number;
	/** USD, if the price is one number. */
	estimatedCost?: number;
	/** USD, if the price is a range. */
	estimatedRange?: { from: number; upTo?: number };
}

/** The parts of a create that a retry must recognize. */
export interface SentRequest {
	model: string;
	seconds?: number;
	/** How an earlier video is changed, and its length, if it is known. */
	change?: Change;
	sourceSeconds?: number;
	/** Hash of the prompt. An expression such as `{{ $now }}` gives another prompt on a retry. */
	prompt: string;
	/** Hash of the webhook URL, if the create contained one. */
	webhook?: string;
	/** The server that it was sent to. An ID or a key means nothing on another one. */
	baseUrl?: string;
	/** Hash of the server and the API key. */
	account?: string;
}

/**
 * Everything that is stored about one request, from before its first byte is sent until its cost is known. Plain JSON:
 * n8n keeps it across re-runs of the node (Retry On Fail) and stores it with the execution (Retry of a failed
 * execution).
 */
export interface JobRecord {
	/** Sent with the create. Saved before the first byte is sent, so that every repeat has the same key. */
	idempotencyKey: string;
	/** Whether the user entered the key. Such a key never changes. */
	isUserKey?: boolean;
	/** Number of jobs of this request that ended without a video. */
	attempt: number;
	/** Present while a job exists or may exist, or is about to be created. */
	decision?: Decision;
	sent?: SentRequest;
	/** When a create with an unknown outcome was sent, as ISO time. A job may exist since then. */
	sentAt?: string;
	/** When the response to it was lost, as ISO time. */
	lostAt?: string;
	/** The ID in such a response, which may be that of the job. */
	namedVideoId?: string;
	videoId?: string;
	/** When the server accepted the create, or earlier if a response was lost, as ISO time by our clock. */
	createdAt?: string;
	/** The video was completed once, so it is paid, whatever the server reports later. */
	isCompleted?: true;
	/** Actual cost of the video in USD, also if it has failed. */
	cost?: number;
	/** What earlier videos of this request cost although they failed, in USD. */
	costOfFailed?: number;
}

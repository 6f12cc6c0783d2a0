import type { VideoView } from './videoView.mts';
import type { Job } from '../../jobs/jobs.mts';
import type { ApiError } from '../../server/apiError.mts';
import type { FailureKind, FailureWords } from '../../jobs/failures.mts';
import type { ContentRules } from './routes.mts';
import type { ChangeRules } from './changes.mts';
import type { Model } from '../../models/models.mts';
import type { CreateReader } from './createRequest.mts';

/** A server that speaks the Videos API in its own way, as data. */
export interface ServerSpec {
	/** Path of the API below the host, as in the base URL of a credential. */
	basePath: string;
	/** Other paths with the same routes. */
	alsoAt?: string[];
	newId(): string;
	/** Headers that may hold the bare key instead of `Authorization: Bearer`. */
	keyHeaders?: string[];
	maxRunningJobs?: number;
	fileLifetimeSeconds?: number;
	create: CreateReader;
	/** How it answers a create, where that is not the video with status 200. */
	created?: {
		status?: number;
		body?(video: VideoView): unknown;
		headers?: Record<string, string>;
		/** The answer comes when the video is finished. */
		waits?: boolean;
	};
	/** `POST {base}/videos` answers 307 to the same path with a slash at its end. */
	redirectsToSlash?: boolean;
	/** Its words for statuses, where they are not OpenAI's. */
	statuses?: Record<string, string>;
	/** Its words for failures, where they are not OpenAI's. */
	failures?: Record<FailureKind, FailureWords>;
	/** The answer to a status call and an entry of the list. */
	video(video: VideoView): unknown;
	/** A running job is answered 202 without a body. */
	emptyWhileRunning?: boolean;
	/** No status route at all. */
	hasNoStatus?: boolean;
	/** Where the URL in `VideoView.url` leads; it is on the media origin by default. */
	fileUrl?: 'media' | 'api' | 'relative' | 'data-uri';
	content?: ContentRules;
	list?: ListRules;
	/** Deletes the job and returns the answer. */
	remove?: RemoveRule;
	/** Routes that work on an earlier video. */
	changes?: ChangeRules;
	/** The model list; it has one by default. */
	hasNoModels?: boolean;
	/** The model of that name, or the refusal; any name by default. */
	requireModel?: (id: string) => Model;
	errors: ErrorStyle;
}

export interface ListRules {
	/** Whether it has OpenAI's cursors beside the videos. */
	cursors: boolean;
	/** A query parameter without which it is refused. */
	requiredQuery?: string;
}

/**
 * `ended`: only a job that has ended can be deleted, as with OpenAI. `abort`: a running one is stopped. `cancel`: the same,
 * and it stays. `mark`: the same as `abort`, and the answer is the video with the status `deleted`.
 */
export type RemoveRule = 'ended' | 'abort' | 'cancel' | 'mark';

/** How a server words its errors. */
export interface ErrorStyle {
	body(error: ApiError): unknown;
	unauthorized(): ApiError;
	unknownPath(method: string, path: string): ApiError;
	unknownVideo(id: string): ApiError;
	notReady(job: Job): ApiError;
	/** The error with such a status, as a fault injects it. */
	withStatus(status: number): ApiError;
}

import type { FastifyReply, FastifyRequest } from 'fastify';
import type { SandboxState } from '../../state.mts';
import type { VideoView } from './videoView.mts';
import type { Job } from '../../jobs/job.mts';
import type { ApiError } from '../../server/apiError.mts';
import type { FailureKind, FailureText } from '../../jobs/failures.mts';
import type { ChangeRules } from './changes.mts';
import type { Model } from '../../models/models.mts';
import type { CreateReader } from './createRequest.mts';

/** A variant of the Videos API on one server, as data. */
export interface ServerSpec {
	/** Path of the API after the host, as in the base URL of a credential. */
	basePath: string;
	/** Other paths with the same routes. */
	alsoAt?: string[];
	newId(): string;
	/** Headers that may contain the key without `Bearer`, instead of `Authorization`. */
	keyHeaders?: string[];
	maxRunningJobs?: number;
	fileLifetimeSeconds?: number;
	create: CreateReader;
	/** The response to a create, if it is not the video with status 200. */
	created?: {
		status?: number;
		body?(video: VideoView): unknown;
		headers?: Record<string, string>;
		/** The response is sent when the video is finished. */
		waits?: boolean;
	};
	/** `POST {base}/videos` responds with a 307 to the same path with a trailing slash. */
	redirectsToSlash?: boolean;
	/** The status words, if they differ from OpenAI's. */
	statuses?: Record<string, string>;
	/** The messages of failures, if they differ from OpenAI's. */
	failures?: Record<FailureKind, FailureText>;
	/** The response to a status check, and an entry of the list. */
	video(video: VideoView): unknown;
	/** While a job is running, the response is 202 without a body. */
	emptyWhileRunning?: boolean;
	/** The server has no status route. */
	hasNoStatus?: boolean;
	/** Where the URL in `VideoView.url` points to. The media origin by default. */
	fileUrl?: 'media' | 'api' | 'relative' | 'data-uri';
	content?: ContentRules;
	list?: ListRules;
	/** Deletes the job and returns the response. */
	remove?: RemoveRule;
	/** Routes that use an earlier video. */
	changes?: ChangeRules;
	/** Whether the model list is missing. */
	hasNoModels?: boolean;
	/** The owner of every model in the list. The creator by default. */
	modelOwner?: string;
	/** Returns the model of that name, or throws the refusal. By default, any name is accepted. */
	requireModel?: (id: string) => Model;
	errors: ErrorStyle;
}

export interface ListRules {
	/** Whether the list has OpenAI's cursors. Without them, it contains only the videos. */
	cursors: boolean;
	/** A query parameter that the list requires. */
	requiredQuery?: string;
}

/**
 * The rule for DELETE. `ended`: only a job that has ended can be deleted, as on OpenAI. `abort`: a running job is
 * stopped and deleted. `cancel`: a running job is stopped and stays in the list. `mark`: like `abort`, but the response
 * is the video with the status `deleted`.
 */
type RemoveRule = 'ended' | 'abort' | 'cancel' | 'mark';

/** The format and the messages of a server's errors. */
export interface ErrorStyle {
	body(error: ApiError): unknown;
	unauthorized(): ApiError;
	unknownPath(method: string, path: string): ApiError;
	unknownVideo(id: string): ApiError;
	notReady(job: Job): ApiError;
	/** Returns the error for this status, for a fault. */
	withStatus(status: number): ApiError;
}

export interface ContentRules {
	notReady?(job: Job): ApiError;
	/** Called before the file of a finished job is sent. Throws to refuse it, or sets headers. */
	prepare?(request: FastifyRequest, reply: FastifyReply, state: SandboxState): void;
	/** Sends another variant than the video. If absent, the variant is ignored. */
	sendVariant?(reply: FastifyReply, videoPath: string, variant: string): Promise<unknown>;
}

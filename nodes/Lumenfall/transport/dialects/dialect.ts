import type { IDataObject } from 'n8n-workflow';
import type { ProfileUse } from '../../models/mergeInfo';
import type { ModelInfo } from '../../models/modelInfo';
import type { VideoRequest } from '../../request/videoRequest';
import type { Connection } from '../connection';
import type { Balance } from './lumenfall/balance';
import type { Estimate } from './lumenfall/dryRun';

/**
 * How one kind of server is spoken to. What servers answer about jobs is read alike for all, in `decode/`: which job, how
 * it is, why it failed and where its file is.
 */
export interface Dialect {
	/**
	 * Whether the kind of server makes one job for one key, so that a create of unknown outcome may be repeated. Whether
	 * this server is of the kind, `VideoApi.supportsIdempotencyKey` finds out.
	 */
	readonly supportsIdempotencyKey: boolean;
	/** Whether the server sends a signed webhook when a video has ended. */
	readonly supportsWebhooks: boolean;
	/** Whether the server fits an image to the video; others may want it to have exactly the video's size. */
	readonly resizesImages: boolean;
	/** Where a finished file is fetched, best first: the URLs in the job, or `GET /videos/{id}/content`. */
	readonly fileSources: ReadonlyArray<'url' | 'content'>;
	/** What costs are in where an answer does not say it. */
	readonly currency?: 'USD';
	readonly models: ModelList;
	/** What the server has beside the contract. Absent: the server is not asked for any of it. */
	readonly extras?: ServerExtras;
	/**
	 * Whether the server has a field for all that is in a request; what it would drop or mistake in silence is not sent.
	 * @throws FailureError naming the parameter, before anything is spent
	 */
	check(request: VideoRequest, facts: ModelInfo): void;
	/** The body of `POST /videos`, for a request that passed the check. */
	encodeCreate(request: VideoRequest, idempotencyKey: string, form?: RequestForm): RequestBody;
	/** The form to try next, where a refusal says that the last one was not understood; absent where there is one form. */
	nextForm?(last: SentForm, refusal: FormRefusal): RequestForm | undefined;
	/** The URL of one page of the server's jobs, newest first; absent where the server has no list of them. */
	listUrl?(base: string, page: { limit: number; after?: string }): string;
}

export type RequestBody = IDataObject | FormData;

/** How the same request is written for servers that read the contract differently. Absent fields are the contract's own. */
export interface RequestForm {
	/** JSON without a file and multipart with one, unless said otherwise. */
	body?: 'json' | 'multipart';
	/** `seconds` as a number instead of a text; in JSON only. */
	secondsAsNumber?: true;
	/** `input_reference` as a plain text instead of an object; in JSON only. */
	imageAsText?: true;
}

/** A form and what its body came to be. */
export interface SentForm {
	form: RequestForm;
	isMultipart: boolean;
}

/** What a server said of a form. */
export interface FormRefusal {
	httpStatus: number;
	words: string;
}

/** The server's list of models. */
export interface ModelList {
	/** Behind the base. */
	readonly path: string;
	/** Whether it reports what models support, so that it is worth a request before every create. */
	readonly listsLimits: boolean;
	/** What our own table of models is worth on this server. */
	readonly profiles: ProfileUse;
	/** Every model of a list answer; entries that are no models are left out. */
	decode(answer: unknown): ModelInfo[];
}

/** Routes of one server, beside the contract. */
export interface ServerExtras {
	/** Whether the server behind the base URL showed to be of this kind. */
	isConfirmed(server: Connection): Promise<boolean>;
	/** What the parameter schema of a model says. */
	describeModel(server: Connection, model: string, timeoutMs: number): Promise<Partial<ModelInfo>>;
	/** What a request would cost, without making the video; undefined where the server cannot be asked. */
	estimateCost(
		server: Connection,
		request: VideoRequest,
		key: string,
	): Promise<Estimate | undefined>;
	getBalance(server: Connection, timeoutMs: number): Promise<Balance>;
	/** What the server signs its webhooks with. */
	webhookSecret(server: Connection): Promise<string>;
}

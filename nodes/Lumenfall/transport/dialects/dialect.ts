import type { IDataObject } from 'n8n-workflow';
import type { ProfileUse } from '../../models/mergeInfo';
import type { ModelInfo } from '../../models/modelInfo';
import type { Change, ChangeWay, SourceKind, SourceVideo } from '../../request/sourceVideo';
import type { InputImage, VideoRequest } from '../../request/videoRequest';
import type { Connection } from '../connection';
import type { WebhookDialect } from './webhookDialect';

/**
 * Everything that differs between kinds of servers, except responses about jobs: `decode/` reads those in the same way
 * for all servers.
 */
export interface Dialect {
	/**
	 * Whether this kind of server creates one job per key, so that a create with an unknown outcome may be repeated.
	 * `VideoApi.supportsIdempotencyKey` checks whether this server really is of that kind.
	 */
	readonly supportsIdempotencyKey: boolean;
	/** The server's webhooks. Absent if it sends none. */
	readonly webhook?: WebhookDialect;
	/** Whether the server resizes images to the size of the video. Others may require that exact size. */
	readonly resizesImages: boolean;
	/** Where to download a finished file, best first: from the URLs in the job, or from `GET /videos/{id}/content`. */
	readonly fileSources: ReadonlyArray<'url' | 'content'>;
	/** Whether some models generate a video from an image without a prompt. */
	readonly supportsEmptyPrompt: boolean;
	/** How the server extends and edits an earlier video. */
	readonly changes: ChangeSupport;
	/** The currency of costs, if the response does not include it. */
	readonly currency?: 'USD';
	readonly models: ModelList;
	/** Routes beyond the contract. If absent, none of them is used. */
	readonly extras?: ServerExtras;
	/**
	 * Checks that the server has a field for everything in the request. The server would silently ignore or misread the
	 * rest.
	 * @throws FailureError naming the parameter, before anything is spent
	 */
	check(request: VideoRequest, model: ModelInfo): void;
	/** Returns the path of the create, relative to the base URL. `/videos` if absent. */
	createPath?(request: VideoRequest, form?: RequestForm): string;
	/** Builds the body of the create for a request that passed the check. */
	encodeCreate(request: VideoRequest, idempotencyKey: string, form?: RequestForm): RequestBody;
	/**
	 * Returns the form to try next, if a refusal reports that the last form was not understood. Absent if there is only
	 * one form.
	 */
	nextForm?(last: SentForm, refusal: FormRefusal): RequestForm | undefined;
	/** Reports whether a refusal is only about the content type, so that it says nothing about the request. */
	refusesContentType?(refusal: FormRefusal): boolean;
	/** Returns the URL of one page of the server's jobs, newest first. Absent if the server has no such list. */
	listUrl?(base: string, page: { limit: number; after?: string }): string;
}

export type RequestBody = IDataObject | FormData;

/**
 * How to write the same request for servers that read the contract differently. An absent field means the contract's
 * own form.
 */
export interface RequestForm {
	/** By default, JSON without a file and multipart with one. */
	body?: 'json' | 'multipart';
	/** `seconds` as a number instead of a text; in JSON only. */
	secondsAsNumber?: true;
	/** An image as a text instead of an object. */
	imageAsText?: true;
	/** An image by URL as a file: it is downloaded first. `ifPossible`: the server did not ask for a file by words. */
	imageAsFile?: true | 'ifPossible';
	/** `duration` instead of `seconds`, on a route that extends a video. */
	secondsAsDuration?: true;
	/** The other way to send the earlier video, because the server has no route for the first. */
	otherWay?: true;
}

/** A form that was sent, and the content type of its body. */
export interface SentForm {
	form: RequestForm;
	isMultipart: boolean;
	/** How the request contains its main image, if it has one. */
	image?: InputImage['kind'];
	/** The duration that the request contains. */
	seconds?: number;
	source?: SourceVideo;
}

/** A server's refusal of a form. */
export interface FormRefusal {
	httpStatus: number;
	words: string;
}

/** How one kind of server extends and edits an earlier video. */
export interface ChangeSupport {
	/** The server's name in messages. */
	readonly server: string;
	/** The ways that the server may support, by the value of the option 'Send Video As'. */
	readonly ways: Partial<Record<ChangeWay, WayRules>>;
	/** Returns the ways to use if the user selects none, best first. Contains no way that the server would ignore. */
	automatic(change: Change, known: KnownServer): ChangeWay[];
	/** Returns what to do instead if there is no way: a sentence. */
	advice(change: Change): string;
}

/** The rules of one way. */
export interface WayRules {
	changes: readonly Change[];
	/** The supported kinds of the earlier video, best first. */
	kinds: readonly SourceKind[];
	/** The model must list videos as an input. Otherwise it would ignore the video. */
	mustBeListed?: true;
}

/** The known details of a server and a model when a way is chosen. */
export interface KnownServer {
	model: ModelInfo;
	/** The owner of all models in the list, e.g. `vllm`. */
	owner?: string;
}

/** The server's list of models. */
interface ModelList {
	/** Path of the list, relative to the base URL. */
	readonly path: string;
	/** Whether the list reports what models support, so that it is worth a request before every create. */
	readonly listsLimits: boolean;
	/** How far the built-in profiles apply on this server. */
	readonly profiles: ProfileUse;
	/** Returns every model of a list response. Ignores entries that are not models. */
	decode(response: unknown): ModelInfo[];
}

/** Routes of one server beyond the contract. */
interface ServerExtras {
	/** Reports whether the server is confirmed to be of this kind. */
	isConfirmed(server: Connection): Promise<boolean>;
	/** Returns the model info from a model's parameter schema. */
	describeModel(server: Connection, model: string, timeoutMs: number): Promise<Partial<ModelInfo>>;
	/** Returns the cost of a request without creating the video. Undefined if the server cannot estimate. */
	estimateCost(
		server: Connection,
		request: VideoRequest,
		key: string,
	): Promise<Estimate | undefined>;
	getBalance(server: Connection, timeoutMs: number): Promise<Balance>;
}

/** The account balance. Values that the server does not report are absent. */
export interface Balance {
	/** `prepaid` or `postpaid`. */
	billingType?: string;
	/** The remaining amount in `currency`; negative if the account is overdrawn. */
	amount?: number;
	/** In upper case. */
	currency?: string;
}

/** The estimated cost of a video. */
export interface Estimate {
	usd: number;
	/** The provider that the server would use now. */
	provider?: string;
}

import type { IDataObject } from 'n8n-workflow';
import type { ProfileUse } from '../../models/mergeInfo';
import type { ModelInfo } from '../../models/modelInfo';
import type { VideoRequest } from '../../request/videoRequest';

/** How one kind of server wants to be spoken to. What servers answer about jobs is read alike for all, in `decode.ts`. */
export interface Dialect {
	/** Whether the same key makes the same job, so that a create of unknown outcome may be repeated. */
	readonly supportsIdempotencyKey: boolean;
	/** Whether the server calls an address when a video has ended, and signs its call. */
	readonly supportsWebhooks: boolean;
	/** Whether the server fits a picture to the video; others may want it to have exactly the video's size. */
	readonly resizesImages: boolean;
	/** Where a finished file is fetched, best first: the address in the job, or `GET /videos/{id}/content`. */
	readonly fileSources: ReadonlyArray<'url' | 'content'>;
	/** What costs are in where an answer does not say it. */
	readonly currency?: 'USD';
	readonly models: ModelList;
	/**
	 * The base of what only Lumenfall has beside the contract: balance, parameter schemas, and a dry run. Absent for other
	 * servers, which are not asked for any of it.
	 */
	nativeBase?(base: string): string;
	/**
	 * Whether the server has a field for all that is in a request; what it would drop or mistake in silence is not sent.
	 * @throws FailureError naming the parameter, before anything is spent
	 */
	check(request: VideoRequest, facts: ModelInfo): void;
	/** The body of `POST /videos`, for a request that passed the check. */
	encodeCreate(request: VideoRequest, idempotencyKey: string): IDataObject | FormData;
	/** The same order in another form, where the answer says that the first form was not even read. */
	encodeAsForm?(body: IDataObject | FormData, statusCode: number): FormData | undefined;
	/** The address of one page of the server's jobs, newest first; absent where the server has no list of them. */
	listUrl?(base: string, page: { limit: number; after?: string }): string;
}

/** The server's list of models. */
export interface ModelList {
	/** Behind the base. */
	readonly path: string;
	/** Whether it tells what models take, so that it is worth a question before every order. */
	readonly listsLimits: boolean;
	/** What our own table of models is worth on this server. */
	readonly profiles: ProfileUse;
	/** Every model of a list answer; entries that are no models are left out. */
	decode(answer: unknown): ModelInfo[];
}

import type { FastifyInstance } from 'fastify';
import type { ApiError } from './apiError.mts';
import type { Clock } from './clock.mts';
import type { Job, Jobs } from './jobs.mts';
import type { Media } from './media.mts';
import type { ModelStates } from './modelStates.mts';
import type { Notifier } from './webhooks.mts';

/** Everything a route may ask for. */
export interface World {
	clock: Clock;
	jobs: Jobs;
	media: Media;
	notifier: Notifier;
	models: ModelStates;
	/** Whether the model list tells more than ids. */
	modelList: 'rich' | 'minimal';
	/** Prepaid credit in USD; null on an account that pays afterwards. */
	creditUsd: number | null;
	pollAfterMs?: number;
	/** Sandbox seconds for which files are kept; undefined when nobody has said so. */
	fileLifetimeSeconds?: number;
	/** Files are handed out by the media origin only, where a dialect can do both. */
	cloudUrl: boolean;
	/** By which of its two names a delivery calls a job. */
	deliveryIds: 'request' | 'video';
}

/** One way to speak the Videos API: its routes, its words for errors, its notices. */
export interface Dialect {
	/** Path of the API below the host, as in the base URL of a credential. */
	basePath: string;
	/** A new name for a job. */
	newId(): string;
	/** What the server imposes when the sandbox is not told otherwise. */
	maxRunningJobs?: number;
	fileLifetimeSeconds?: number;
	register(api: FastifyInstance, world: World): void;
	errorBody(error: ApiError): unknown;
	unauthorized(): ApiError;
	unknownPath(method: string, path: string): ApiError;
	/** The error that a server of this kind gives with such a status. */
	faultError(status: number): ApiError;
	/** Tells the outside that a job has ended, where the dialect has such notices. */
	announce?(job: Job, world: World): void;
}

import type { FastifyInstance } from 'fastify';
import type { Job } from '../jobs/job.mts';
import type { ApiError } from '../server/apiError.mts';
import type { SandboxState } from '../state.mts';

/** Everything that differs between the servers: routes, errors and webhooks. */
export interface Dialect {
	/** Path of the API after the host, as in the base URL of a credential. */
	basePath: string;
	/** Returns a new id for a job. */
	newId(): string;
	/** Headers that may contain the key without `Bearer`, instead of `Authorization`. */
	keyHeaders?: string[];
	/** The server's limits, unless a sandbox option replaces them. */
	maxRunningJobs?: number;
	fileLifetimeSeconds?: number;
	register(api: FastifyInstance, state: SandboxState): void;
	errorBody(error: ApiError): unknown;
	unauthorized(): ApiError;
	unknownPath(method: string, path: string): ApiError;
	/** Returns the server's error for this status. */
	faultError(status: number): ApiError;
	/** The field of a create for the URL of a webhook. Absent if the server has no webhooks. */
	webhookField?: string;
	/** Sends the webhook of a job that has ended. Absent if the server has no webhooks. */
	sendWebhook?(job: Job, state: SandboxState): void;
}

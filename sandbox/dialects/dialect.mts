import type { FastifyInstance } from 'fastify';
import type { Job } from '../jobs/jobs.mts';
import type { ApiError } from '../server/apiError.mts';
import type { SandboxState } from '../state.mts';

/** One way to speak the Videos API: its routes, its errors, its webhooks. */
export interface Dialect {
	/** Path of the API below the host, as in the base URL of a credential. */
	basePath: string;
	/** A new id for a job. */
	newId(): string;
	/** Headers that may hold the bare key instead of `Authorization: Bearer`. */
	keyHeaders?: string[];
	/** The limits of the server, unless a sandbox option replaces them. */
	maxRunningJobs?: number;
	fileLifetimeSeconds?: number;
	register(api: FastifyInstance, state: SandboxState): void;
	errorBody(error: ApiError): unknown;
	unauthorized(): ApiError;
	unknownPath(method: string, path: string): ApiError;
	/** The error that a server of this kind gives with such a status. */
	faultError(status: number): ApiError;
	/** The field of a create with the URL of a webhook, where the dialect has webhooks. */
	webhookField?: string;
	/** Sends the webhook of a job that has ended, where the dialect has webhooks. */
	sendWebhook?(job: Job, state: SandboxState): void;
}

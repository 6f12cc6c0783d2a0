import type { Clock } from './clock.mts';
import type { Jobs } from './jobs/jobs.mts';
import type { Media } from './server/mediaServer.mts';
import type { ModelStates } from './models/modelStates.mts';
import type { WebhookSender } from './webhooks/sendWebhooks.mts';

/** The data that the routes of every dialect share: jobs, files, models, settings. */
export interface SandboxState {
	clock: Clock;
	jobs: Jobs;
	media: Media;
	webhooks: WebhookSender;
	models: ModelStates;
	/** Whether the model list contains more than ids. */
	modelList: 'rich' | 'minimal';
	/** Prepaid credit in USD. Null for an account with later payment. */
	creditUsd: number | null;
	/** Origin of the API, such as `http://127.0.0.1:4010`. */
	apiOrigin(): string;
	pollAfterMs?: number;
	/** Sandbox seconds until files expire. Undefined if no option sets it. */
	fileLifetimeSeconds?: number;
	/** Only the media origin serves files, even if the dialect can do both. */
	cloudUrl: boolean;
	/** The kind of job id in deliveries. */
	deliveryIds: 'request' | 'video';
}

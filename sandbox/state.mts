import type { Clock } from './clock.mts';
import type { Jobs } from './jobs/jobs.mts';
import type { Media } from './server/mediaServer.mts';
import type { ModelStates } from './models/modelStates.mts';
import type { WebhookSender } from './webhooks/sendWebhooks.mts';

/** What the routes of every dialect share: jobs, files, models, settings. */
export interface SandboxState {
	clock: Clock;
	jobs: Jobs;
	media: Media;
	webhooks: WebhookSender;
	models: ModelStates;
	/** Whether the model list has more than ids. */
	modelList: 'rich' | 'minimal';
	/** Prepaid credit in USD; null on an account that pays afterwards. */
	creditUsd: number | null;
	/** Of the API, such as `http://127.0.0.1:4010`. */
	apiOrigin(): string;
	pollAfterMs?: number;
	/** Sandbox seconds for which files are kept; undefined where no option sets it. */
	fileLifetimeSeconds?: number;
	/** Files are handed out by the media origin only, where a dialect can do both. */
	cloudUrl: boolean;
	/** By which of its two names a delivery calls a job. */
	deliveryIds: 'request' | 'video';
}

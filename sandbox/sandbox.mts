import type { DialectName } from './dialects/index.mts';
import type { Fault } from './faults/faultSchema.mts';
import type { ShownJob } from './jobs/shownJob.mts';
import type { ModelState } from './models/models.mts';
import type { EncoderSettings } from './renderer/renderRequest.mts';
import type { RenderOptions } from './renderer/renderQueue.mts';
import type { JournalEntry } from './server/journal.mts';
import type { RateLimit } from './server/rateLimit.mts';
import type { DeliveryRecord, DeliveryType } from './webhooks/sendWebhooks.mts';

export interface SandboxOptions extends RenderOptions {
	/** Port of the API on 127.0.0.1. 0, the default, uses any free port. */
	port?: number;
	/** Port of the second origin, which serves finished files. 0, the default, uses any free port. */
	mediaPort?: number;
	/** The server to imitate. `lumenfall` by default. */
	dialect?: DialectName;
	apiKey?: string;
	/** Sandbox seconds that a job takes: a quarter of them queued, the rest in progress. */
	jobSeconds?: number;
	/** By model id: a factor for `jobSeconds`, for all names of the model. 1 by default. */
	paces?: Record<string, number>;
	/** By model of a request: the encoder settings of its clips, if not the default ones. */
	encoders?: Record<string, EncoderSettings>;
	/** Sandbox seconds per real second. */
	speed?: number;
	/** Sandbox seconds until a finished file expires. */
	fileLifetimeSeconds?: number;
	/** If set, responses about unfinished jobs ask for the next poll after this number of real milliseconds. */
	pollAfterMs?: number;
	/** Limit of unfinished jobs. One more gets a 429. The dialect's own limit if absent. */
	maxRunningJobs?: number;
	/** Limit of creates per sandbox second, also as a burst. The others get a 429. */
	rateLimit?: RateLimit;
	/** Models that are not available, by id. See `setModel`. */
	models?: Record<string, ModelState>;
	/** `lumenfall` only: a list with all fields (the default), or with only ids. */
	modelList?: 'rich' | 'minimal';
	/** `lumenfall` and `openrouter`: prepaid credit in USD, 1000 by default. Null for an account with later payment. */
	creditUsd?: number | null;
	/**
	 * `lumenfall` only: the kind of job id in deliveries, because Lumenfall's page and its API differ. `request` by
	 * default.
	 */
	deliveryIds?: 'request' | 'video';
	/** `openrouter` only: whether the account has a webhook secret. Without one, nothing is signed. True by default. */
	signsWebhooks?: boolean;
	/** Webhook deliveries at the same time. Unlimited by default. */
	webhookConnections?: number;
	/** `sglang` only: files are in cloud storage, so jobs have a `url` and `/content` refuses. */
	cloudUrl?: boolean;
}

export interface Sandbox {
	/** The base URL for a credential. */
	baseUrl: string;
	/** The second origin. */
	mediaUrl: string;
	apiKey: string;
	webhookSecret: string;
	/** Returns every job since the last reset, including deleted ones. */
	jobs(): ShownJob[];
	/** Returns every request to either origin since the last reset. */
	requests(): JournalEntry[];
	/** Calls back for each request after its response. */
	onRequest(listener: (entry: JournalEntry) => void): void;
	/** Returns the cost of the completed jobs since the last reset. */
	billing(): { jobs: number; usd: number };
	/** Returns every attempt to deliver a webhook since the last reset. */
	deliveries(): DeliveryRecord[];
	/** Creates a small job that ends in this way, and delivers the event to the URL. `video.completed` by default. */
	testDelivery(url: string, type?: DeliveryType): Promise<void>;
	/** Plans a fault. Throws a ZodError and changes nothing if it is invalid. */
	addFault(fault: Fault): void;
	/** Finishes all stuck jobs at the same time. */
	releaseStuck(): void;
	/**
	 * Changes the state of a model of the `lumenfall` dialect: a `disabled` one is listed but refused, a `retired` one is
	 * unknown. Throws if the model does not exist.
	 */
	setModel(id: string, state: ModelState): void;
	/** Forgets jobs, requests, deliveries, faults and model states. Rendered files stay cached. */
	reset(): Promise<void>;
	close(): Promise<void>;
}

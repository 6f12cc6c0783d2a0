import type { DialectName } from './dialects/index.mts';
import type { Fault } from './faults/faultSchema.mts';
import type { JobRecord } from './jobs/jobRecord.mts';
import type { ModelState } from './models/models.mts';
import type { EncoderSettings } from './renderer/renderRequest.mts';
import type { RenderOptions } from './renderer/renderQueue.mts';
import type { JournalEntry } from './server/journal.mts';
import type { RateLimit } from './server/rateLimit.mts';
import type { DeliveryRecord, DeliveryType } from './webhooks/sendWebhooks.mts';

export interface SandboxOptions extends RenderOptions {
	/** Port of the API on 127.0.0.1; 0, the default, takes a free one. */
	port?: number;
	/** Port of the second origin, where finished files live; 0, the default, takes a free one. */
	mediaPort?: number;
	/** Which server to be; `lumenfall` unless said otherwise. */
	dialect?: DialectName;
	apiKey?: string;
	/** Sandbox seconds that a job takes: a quarter of them queued, the rest in progress. */
	jobSeconds?: number;
	/** By model id: how many times `jobSeconds` its jobs take, under whatever name; 1 unless said otherwise. */
	paces?: Record<string, number>;
	/** By the model of a request: how its clips are encoded, where that is not as usual. */
	encoders?: Record<string, EncoderSettings>;
	/** Sandbox seconds per real second. */
	speed?: number;
	/** Sandbox seconds for which a finished file can be fetched. */
	fileLifetimeSeconds?: number;
	/** When set, answers about unfinished jobs ask for the next poll after so many real milliseconds. */
	pollAfterMs?: number;
	/** Jobs that may be unfinished at once; one more is answered 429. The dialect's own if absent. */
	maxRunningJobs?: number;
	/** Creates that pass per sandbox second, also as a burst; the others are answered 429. */
	rateLimit?: RateLimit;
	/** Models that are not present, by id; see `setModel`. */
	models?: Record<string, ModelState>;
	/** `lumenfall` only: a list with every field it may have (the default), or of ids alone. */
	modelList?: 'rich' | 'minimal';
	/** `lumenfall` and `openrouter`: prepaid credit in USD, 1000 by default; null for an account that pays afterwards. */
	creditUsd?: number | null;
	/** `lumenfall` only: how deliveries name a job, since its page and its API differ; `request` unless said otherwise. */
	deliveryIds?: 'request' | 'video';
	/** `openrouter` only: whether the account has a webhook secret, without which nothing is signed; true by default. */
	signsWebhooks?: boolean;
	/** `sglang` only: files lie in cloud storage, so jobs carry a `url` and `/content` refuses. */
	cloudUrl?: boolean;
}

export interface Sandbox {
	/** What a credential needs as its base URL. */
	baseUrl: string;
	/** The second origin. */
	mediaUrl: string;
	apiKey: string;
	webhookSecret: string;
	/** Every job since the last reset, also deleted ones. */
	jobs(): JobRecord[];
	/** Every request to either origin since the last reset. */
	requests(): JournalEntry[];
	/** Calls back for each request once it is answered. */
	onRequest(listener: (entry: JournalEntry) => void): void;
	/** What completed jobs have cost since the last reset. */
	billing(): { jobs: number; usd: number };
	/** Every attempt to deliver a webhook since the last reset. */
	deliveries(): DeliveryRecord[];
	/** Makes a small job end in this way, and delivers that to the URL; `video.completed` unless said otherwise. */
	testDelivery(url: string, type?: DeliveryType): Promise<void>;
	/** Plans a fault; throws a ZodError and changes nothing when it makes no sense. */
	addFault(fault: Fault): void;
	/** Lets every job that is stuck finish now, all in one moment. */
	releaseStuck(): void;
	/**
	 * Switches a model of the `lumenfall` dialect: a `disabled` one is listed but refused, a `retired` one is unknown.
	 * Throws where there is no such model.
	 */
	setModel(id: string, state: ModelState): void;
	/** Forgets jobs, requests, deliveries, faults and switched models; rendered files stay cached. */
	reset(): Promise<void>;
	close(): Promise<void>;
}

import { createClock } from './clock.mts';
import { dialects, type DialectName } from './dialects/index.mts';
import { createFaults, type Fault } from './faults/faults.mts';
import { createJobs } from './jobs/jobs.mts';
import { createJournal, type JournalEntry } from './server/journal.mts';
import { createRateLimiter, tooManyRunning, type RateLimit } from './server/rateLimit.mts';
import { createMedia } from './server/mediaServer.mts';
import type { ModelState } from './models/models.mts';
import { createModelStates } from './models/modelStates.mts';
import { billingOf, recordOf, type JobRecord } from './jobs/jobRecord.mts';
import { createRenderQueue, type RenderOptions } from './renderer/renderQueue.mts';
import { createServer } from './server/apiServer.mts';
import { sendTestDelivery, type DeliveryType } from './webhooks/testDelivery.mts';
import { createWebhookSender, type DeliveryRecord } from './webhooks/sendWebhooks.mts';
import type { Dialect } from './dialects/dialect.mts';
import type { SandboxState } from './state.mts';

export type { DeliveryRecord, DialectName, Fault, JobRecord, JournalEntry, ModelState };

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

const defaultCreditUsd = 1000;

/** Starts a gateway that makes real videos and costs nothing. */
export async function createSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
	const { apiKey = 'sandbox-key', jobSeconds = 6, pollAfterMs, cloudUrl = false } = options;
	const { deliveryIds = 'request' } = options;
	const dialect: Dialect = dialects[options.dialect ?? 'lumenfall'];
	const { fileLifetimeSeconds } = options;
	const clock = createClock(options.speed ?? 1);
	const faults = createFaults();
	const journal = createJournal(clock);
	const webhooks = createWebhookSender(clock, faults);
	const rateLimiter = options.rateLimit && createRateLimiter(clock, options.rateLimit);
	const models = createModelStates(options.models);
	const renderQueue = await createRenderQueue(options);
	const media = await createMedia(options.mediaPort ?? 0, { clock, faults, journal });
	const jobs = createJobs({
		clock,
		renderQueue,
		media,
		newId: dialect.newId,
		jobSeconds,
		paces: options.paces ?? {},
		fileLifetimeSeconds: fileLifetimeSeconds ?? dialect.fileLifetimeSeconds ?? 3600,
		maxRunningJobs: options.maxRunningJobs ?? dialect.maxRunningJobs ?? Infinity,
		tooManyRunning: () => tooManyRunning(dialect),
		onFinished: (job) => dialect.sendWebhook?.(job, state),
	});
	const state: SandboxState = {
		clock,
		jobs,
		media,
		webhooks,
		models,
		modelList: options.modelList ?? 'rich',
		creditUsd: options.creditUsd === undefined ? defaultCreditUsd : options.creditUsd,
		pollAfterMs,
		fileLifetimeSeconds,
		cloudUrl,
		deliveryIds,
	};
	const server = await createServer({
		dialect,
		state,
		faults,
		journal,
		rateLimiter,
		apiKey,
		control: () => sandbox,
	});
	const origin = await server.listen({ port: options.port ?? 0, host: '127.0.0.1' });

	async function reset() {
		clock.callOff();
		for (const memory of [jobs, journal, webhooks, faults, media, models, rateLimiter])
			memory?.clear();
	}

	async function close() {
		clock.callOff();
		webhooks.close();
		await Promise.all([server.close(), media.close()]);
		await renderQueue.close();
	}

	const sandbox: Sandbox = {
		baseUrl: `${origin}${dialect.basePath}`,
		mediaUrl: media.url,
		apiKey,
		webhookSecret: webhooks.secret,
		jobs: () => jobs.all().map(recordOf),
		requests: () => [...journal.entries()],
		onRequest: journal.onEntry,
		billing: () => billingOf(jobs.all()),
		deliveries: () => [...webhooks.deliveries()],
		testDelivery: async (url, type) => await sendTestDelivery(sandbox, url, type),
		addFault: faults.add,
		releaseStuck: jobs.releaseStuck,
		setModel: models.set,
		reset,
		close,
	};
	return sandbox;
}

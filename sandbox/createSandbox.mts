import { createClock } from './clock.mts';
import type { Dialect } from './dialects/dialect.mts';
import { dialects, type DialectName } from './dialects/index.mts';
import type { Fault } from './faults/faultSchema.mts';
import { createFaults } from './faults/plannedFaults.mts';
import { billingOf, shownJobOf, type ShownJob } from './jobs/shownJob.mts';
import { Jobs } from './jobs/jobs.mts';
import { createModelStates } from './models/modelStates.mts';
import { createRenderQueue } from './renderer/renderQueue.mts';
import type { Sandbox, SandboxOptions } from './sandbox.mts';
import { createServer } from './server/apiServer.mts';
import { createJournal, type JournalEntry } from './server/journal.mts';
import { createMedia } from './server/mediaServer.mts';
import { createRateLimiter, tooManyRunning } from './server/rateLimit.mts';
import type { SandboxState } from './state.mts';
import { createWebhookSender } from './webhooks/sendWebhooks.mts';
import { sendTestDelivery } from './webhooks/testDelivery.mts';

export type { DialectName, Fault, ShownJob, JournalEntry, Sandbox, SandboxOptions };

const DEFAULT_CREDIT_USD = 1000;

/** Starts a local gateway that makes real videos and costs nothing. */
export async function createSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
	const { apiKey = 'sandbox-key', jobSeconds = 6, pollAfterMs, cloudUrl = false } = options;
	const { deliveryIds = 'request' } = options;
	const dialect: Dialect = dialects[options.dialect ?? 'lumenfall'];
	const { fileLifetimeSeconds } = options;
	const clock = createClock(options.speed ?? 1);
	const faults = createFaults();
	const journal = createJournal(clock);
	const webhooks = createWebhookSender(clock, faults, {
		isSigned: options.signsWebhooks ?? true,
		connections: options.webhookConnections ?? Infinity,
	});
	const rateLimiter = options.rateLimit && createRateLimiter(clock, options.rateLimit);
	const models = createModelStates(options.models);
	const renderQueue = await createRenderQueue(options);
	const media = await createMedia(options.mediaPort ?? 0, { clock, faults, journal });
	const jobs = new Jobs({
		clock,
		renderQueue,
		media,
		newId: dialect.newId,
		jobSeconds,
		paces: options.paces ?? {},
		encoderOf: ({ model }) => options.encoders?.[model],
		fileLifetimeSeconds: fileLifetimeSeconds ?? dialect.fileLifetimeSeconds ?? 3600,
		maxRunningJobs: options.maxRunningJobs ?? dialect.maxRunningJobs ?? Infinity,
		tooManyRunning: () => tooManyRunning(dialect),
		onFinished: (job) => dialect.sendWebhook?.(job, state),
	});
	let origin = '';
	const state: SandboxState = {
		clock,
		jobs,
		media,
		webhooks,
		models,
		modelList: options.modelList ?? 'rich',
		creditUsd: options.creditUsd === undefined ? DEFAULT_CREDIT_USD : options.creditUsd,
		apiOrigin: () => origin,
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
	origin = await server.listen({ port: options.port ?? 0, host: '127.0.0.1' });

	async function reset() {
		clock.cancelAll();
		for (const memory of [jobs, journal, webhooks, faults, media, models, rateLimiter])
			memory?.clear();
	}

	async function close() {
		clock.cancelAll();
		webhooks.close();
		await Promise.all([server.close(), media.close()]);
		await renderQueue.close();
	}

	const sandbox: Sandbox = {
		baseUrl: `${origin}${dialect.basePath}`,
		mediaUrl: media.url,
		apiKey,
		webhookSecret: webhooks.secret,
		jobs: () => jobs.all().map(shownJobOf),
		requests: () => [...journal.entries()],
		onRequest: journal.onEntry,
		billing: () => billingOf(jobs.all()),
		deliveries: () => [...webhooks.deliveries()],
		testDelivery: async (url, type) => await sendTestDelivery(sandbox, dialect, url, type),
		addFault: faults.add,
		releaseStuck: () => jobs.releaseStuck(),
		setModel: models.set,
		reset,
		close,
	};
	return sandbox;
}

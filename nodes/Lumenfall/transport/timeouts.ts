/** Time limits of each exchange, for headers and body together, in milliseconds. */
export const TIMEOUTS = {
	/**
	 * A create may carry images of several megabytes, and some gateways check them before they respond. The minimum on servers
	 * without idempotency keys, see `submit`.
	 */
	create: 120_000,
	/** Time left for a running create after a Stop: its response is the only record of what was paid. */
	createAfterStop: 800,
	/** A status check that hangs must not cost more time than one poll. */
	status: 15_000,
	list: 30_000,
	models: 30_000,
	modelSchema: 30_000,
	dryRun: 30_000,
	balance: 30_000,
	cancel: 10_000,
	/** Total time for all requests that follow a Stop. */
	afterStop: 5_000,
	/** The sender of a delivery waits for this request, and gives up after 30 s. */
	webhookSecret: 10_000,
	/** n8n stores the ID and responds. */
	registration: 10_000,
	/** Until the headers of a file have arrived. */
	fileOpen: 60_000,
	/** A file that takes longer than an hour is too slow to be a video. */
	file: 3_600_000,
	/** A download without data for this long has failed. */
	fileSilence: 30_000,
} as const;

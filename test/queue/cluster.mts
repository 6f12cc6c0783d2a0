import type { Execution } from '../../instance/types.mts';
import { createInstance, type Instance } from '../../instance/createInstance.mts';
import { openOwnStage, type OwnStage } from '../e2e/stage.mts';
import type { N8nVersion } from '../../instance/versions.mts';
import { waitFor } from '../../instance/waitFor.mts';
import { startPostgres } from './postgres.mts';
import { startRedis } from './redis.mts';

export const CLUSTER_VERSION: N8nVersion = '2.41.1';

/** n8n in queue mode: a main process that receives requests, two workers that execute, PostgreSQL and Redis. */
export interface Cluster extends OwnStage {
	workers: [Instance, Instance];
	/** The workers that have run an execution, as indexes into `workers`. */
	whoRan(executionId: string): number[];
	/** Runs a query in n8n's database; the rows, with the columns separated by `|`. */
	query(sql: string): Promise<string[]>;
	/**
	 * Resolves with the IDs of a workflow's executions that have this status, when there are this many. Reads n8n's database,
	 * because n8n returns a list of hundreds in pages, which change meanwhile.
	 */
	have(
		workflowId: string,
		count: number,
		status: Execution['status'],
		seconds: number,
	): Promise<string[]>;
}

/** n8n detects a dead worker when its lock expires: after a minute by default, after seconds here. */
const SHORT_LOCKS = {
	QUEUE_WORKER_LOCK_DURATION: '6000',
	QUEUE_WORKER_LOCK_RENEW_TIME: '2000',
	QUEUE_WORKER_STALLED_INTERVAL: '3000',
};

/** A server has a limited number of connections for its deliveries. On a busy machine, more in parallel would time out. */
const WEBHOOK_CONNECTIONS = 20;

export async function openCluster(): Promise<Cluster> {
	const opened: Array<{ close(): Promise<void> }> = [];
	const keep = <Some extends { close(): Promise<void> }>(some: Some): Some => {
		opened.unshift(some);
		return some;
	};
	const close = async () => {
		for (const some of opened.splice(0)) await some.close();
	};
	try {
		const postgres = keep(await startPostgres());
		const redis = keep(await startRedis());
		const env = {
			...postgres.env,
			...redis.env,
			...SHORT_LOCKS,
			EXECUTIONS_MODE: 'queue',
			OFFLOAD_MANUAL_EXECUTIONS_TO_WORKERS: 'true',
			N8N_DEFAULT_BINARY_DATA_MODE: 'database',
			// With n8n's default of 2, hundreds of simultaneous calls wait for each other until they time out.
			DB_POSTGRESDB_POOL_SIZE: '20',
		};
		// The main process is started first, because it creates the tables.
		const stage = keep(
			await openOwnStage(
				{ version: CLUSTER_VERSION, env },
				{ webhookConnections: WEBHOOK_CONNECTIONS },
			),
		);
		// A worker needs the public URL of the main process. Otherwise it sends its own URL to the server.
		const workerEnv = { ...env, WEBHOOK_URL: stage.instance.url };
		const startWorker = async () => {
			const worker = await createInstance({
				version: CLUSTER_VERSION,
				env: workerEnv,
				command: 'worker',
			});
			keep(worker);
			await worker.start();
			return worker;
		};
		const workers: Cluster['workers'] = [await startWorker(), await startWorker()];
		return {
			...stage,
			workers,
			query: postgres.query,
			have: async (workflowId, count, status, seconds) =>
				await waitFor(
					`${count} executions to be ${status}`,
					async () => {
						const ids = await postgres.query(
							`SELECT id FROM execution_entity WHERE "workflowId" = '${workflowId}' AND status = '${status}'`,
						);
						return ids.length >= count && ids;
					},
					seconds,
				),
			whoRan: (executionId) =>
				[0, 1].filter((index) =>
					workers[index].log().includes(`Worker started execution ${executionId} `),
				),
			close,
		};
	} catch (error) {
		await close();
		throw error;
	}
}

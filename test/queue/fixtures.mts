import { closedAtEnd } from '../e2e/fixtures.mts';
import { native } from '../support/native.mts';
import type { Cluster } from './cluster.mts';

/** Opens a cluster until the tests end. Node itself loads it, because it starts processes. */
export async function openCluster(): Promise<Cluster> {
	const { openCluster } = await native<typeof import('./cluster.mts')>('./test/queue/cluster.mts');
	const cluster = await openCluster();
	return closedAtEnd(cluster, cluster, ...cluster.workers);
}

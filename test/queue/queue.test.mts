import { native } from '../support/native.mts';
import { waitFor } from '../../instance/waitFor.mts';
import { outputOf, small } from '../e2e/workflows.mts';
import type { Cluster } from './cluster.mts';

const COUNT = 200;

const suspending = (change: object = {}) =>
	small({ prompt: '={{ $json.body.prompt }}', waitMode: 'webhook', output: 'url', ...change });

describe('n8n in queue mode', () => {
	let cluster: Cluster;
	beforeAll(async () => {
		const { openCluster } = await native<typeof import('./cluster.mts')>(
			'./test/queue/cluster.mts',
		);
		cluster = await openCluster();
		globalThis.lastLogLinesOfServers = () =>
			[cluster.instance, ...cluster.workers].map((server) =>
				server.log().split('\n').slice(-30).join('\n'),
			);
	});
	afterAll(async () => await cluster?.close());
	beforeEach(async () => await cluster.sandbox.reset());

	const requests = (kind: string) =>
		cluster.sandbox.requests().filter((request) => request.kind === kind);

	test('an execution that one worker has suspended resumes on the other, with its file', async () => {
		const [first, second] = cluster.workers;
		await second.kill();
		cluster.sandbox.addFault({ on: 'create', do: 'stuck' });
		const { call, have } = await cluster.publish(suspending({ output: 'file' }));
		await call({ prompt: 'a lighthouse' });
		const [id] = await have(1, 'waiting');
		expect(cluster.whoRan(id)).toEqual([0]);

		await first.kill();
		await second.start();
		cluster.sandbox.releaseStuck();
		const [item] = outputOf(await cluster.api.ended(id));
		expect(cluster.whoRan(id)).toEqual([0, 1]);
		expect(await cluster.api.download(item.binary!.data.id!)).toHaveLength(
			(item.json.file as { bytes: number }).bytes,
		);
		expect(cluster.sandbox.billing().jobs).toBe(1);
		await first.start();
	});

	test('a burst of 200 calls resumes 200 suspended executions, each exactly once', async () => {
		const { call, have } = await cluster.publish(suspending());
		cluster.sandbox.addFault({ on: 'create', do: 'stuck', times: COUNT });
		const prompts = Array.from({ length: COUNT }, (_, index) => `scene ${index}`);
		for (const prompt of prompts) await call({ prompt });
		await have(COUNT, 'waiting', 300);

		const start = Date.now();
		cluster.sandbox.releaseStuck();
		const ids = await have(COUNT, 'success', 300);
		const seconds = (Date.now() - start) / 1000;

		const videos = [];
		for (const id of ids) {
			const items = outputOf(await cluster.api.execution(id));
			expect(items).toHaveLength(1);
			videos.push(items[0].json.id);
		}
		expect(videos.sort()).toEqual(
			cluster.sandbox
				.jobs()
				.map(({ id }) => id)
				.sort(),
		);
		expect(cluster.sandbox.billing().jobs).toBe(COUNT);
		const attempts = cluster.sandbox.deliveries().length;
		console.log(
			`${COUNT} suspended executions resumed within ${seconds.toFixed(0)} s of a burst of calls (${attempts} deliveries)`,
		);
	});

	test('if a worker is killed while it polls, n8n fails the execution, and Wait returns the video by the ID in the log', async () => {
		cluster.sandbox.addFault({ on: 'create', do: 'stuck' });
		const { call, have } = await cluster.publish(small());
		await call();
		await waitFor('a status check', () => requests('status').length > 0);
		const [id] = await have(1, 'running');
		const [index] = cluster.whoRan(id);
		const worker = cluster.workers[index];
		const [{ id: videoId }] = cluster.sandbox.jobs();

		await worker.kill();
		const execution = await cluster.api.ended(id, 240);
		expect(execution.status).toBe('error');
		console.log(`n8n says about a worker that died: ${execution.data.resultData.error?.message}`);
		expect(worker.log()).toContain(`Video ${videoId} is created`);
		// n8n saves a node's context when the node ends. This one did not, so the other worker knows nothing of it.
		expect(cluster.whoRan(id)).toEqual([index]);

		cluster.sandbox.releaseStuck();
		const wait = { resource: 'video', operation: 'wait', videoId, options: { firstPoll: 0.5 } };
		const [item] = outputOf(await cluster.api.ended(await cluster.run(cluster.workflow(wait))));
		expect(item.json).toMatchObject({ id: videoId, status: 'completed' });
		expect(cluster.sandbox.jobs()).toHaveLength(1);
		expect(cluster.sandbox.billing().jobs).toBe(1);

		// n8n's own Retry keeps the old message and ends with it before any node runs. It creates nothing.
		const retried = await cluster.api.retry(id);
		expect(retried.status).toBe('error');
		expect(retried.data.resultData.runData).toEqual({});
		expect(requests('create')).toHaveLength(1);
		await worker.start();
	});
});

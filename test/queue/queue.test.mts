import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { WorkflowJson } from '../../instance/types.mts';
import { waitFor } from '../../instance/waitFor.mts';
import { nodeOf, outputOf, small, START } from '../e2e/workflows.mts';
import type { Cluster } from './cluster.mts';
import { openCluster } from './fixtures.mts';

const COUNT = 200;
/** The collector leaves younger videos to the executions that made them. */
const MIN_AGE_SECONDS = 60;

/** Lumenfall's list calls `req_…` what its video API calls `video_…`. */
const bareId = (id: unknown) => String(id).replace(/^(video|req)_/, '');

const suspending = (change: object = {}) =>
	small({ prompt: '={{ $json.body.prompt }}', waitMode: 'webhook', output: 'url', ...change });

describe('n8n in queue mode', () => {
	let cluster: Cluster;
	beforeAll(async () => (cluster = await openCluster()));
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
		const { workflowId, call } = await cluster.publish(suspending());
		cluster.sandbox.addFault({ on: 'create', do: 'stuck', times: COUNT });
		const prompts = Array.from({ length: COUNT }, (_, index) => `scene ${index}`);
		for (const prompt of prompts) await call({ prompt });
		await cluster.have(workflowId, COUNT, 'waiting', 500);

		const start = Date.now();
		cluster.sandbox.releaseStuck();
		const ids = await cluster.have(workflowId, COUNT, 'success', 600);
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

	test('the example on a schedule collects the video of a killed worker, once, and no other', async () => {
		const path = randomUUID();
		const workflowId = await cluster.api.addWorkflow(collector(path));
		await cluster.api.activate(workflowId);
		const generate = async () => void (await cluster.api.http.post(`/webhook/${path}`, {}));
		const delivered = async () => {
			const found: string[] = [];
			for (const { id } of await cluster.api.executions(workflowId, 'success')) {
				const { data } = await cluster.api.execution(id);
				const runs = data.resultData.runData['Deliver the Video'] ?? [];
				for (const run of runs)
					found.push(...(run.data?.main[0] ?? []).map(({ json }) => bareId(json.id)));
			}
			return found.sort();
		};

		cluster.sandbox.addFault({ on: 'create', do: 'stuck' });
		await generate();
		await waitFor('a status check', () => requests('status').length > 0);
		const [{ id }] = await cluster.api.executions(workflowId, 'running');
		const worker = cluster.workers[cluster.whoRan(id)[0]];
		await worker.kill();
		cluster.sandbox.releaseStuck();
		expect((await cluster.api.ended(id, 240)).status).toBe('error');
		await worker.start();

		const [orphan] = cluster.sandbox.jobs();
		await waitFor('the orphan', async () => (await delivered()).length > 0, 180);
		await generate();
		await waitFor('both videos', async () => (await delivered()).length > 1, 60);
		const both = cluster.sandbox.jobs().map((job) => bareId(job.id));
		// Long enough for the schedule to see the second one as well.
		await new Promise((resolve) => setTimeout(resolve, (MIN_AGE_SECONDS + 30) * 1000));
		expect(await delivered()).toEqual([...both].sort());
		expect(both).toContain(bareId(orphan.id));
		expect(requests('create')).toHaveLength(2);
	});

	/** The example, started by a call, with the cheapest video and a faster schedule. */
	function collector(path: string): WorkflowJson {
		const file = join(process.cwd(), 'examples/20-collect-orphaned-videos.json');
		const example = JSON.parse(readFileSync(file, 'utf8')) as WorkflowJson;
		const change: Record<string, object> = {
			'Generate Video': small({ options: { markDelivered: true } }),
			'Wait for Video': { options: { markDelivered: true, firstPoll: 0.5 } },
			'Every 15 Minutes': { rule: { interval: [{ field: 'seconds', secondsInterval: 10 }] } },
			'Get Undelivered Videos': {
				filters: {
					onlyUndelivered: true,
					createdAfter: '={{ $now.minus({ hours: 24 }) }}',
					createdBefore: `={{ $now.minus({ seconds: ${MIN_AGE_SECONDS} }) }}`,
				},
			},
		};
		const start = nodeOf(
			START,
			'n8n-nodes-base.webhook',
			{ httpMethod: 'POST', path, responseMode: 'onReceived', options: {} },
			{ typeVersion: 2, webhookId: path },
		);
		return cluster.withCredential({
			...example,
			nodes: example.nodes.map((node) =>
				node.name === START
					? start
					: { ...node, parameters: { ...node.parameters, ...change[node.name] } },
			),
		});
	}
});

import { readFileSync } from 'node:fs';
import { small } from '../e2e/workflows.mts';
import type { Cluster } from './cluster.mts';
import { openCluster } from './fixtures.mts';

/** A smaller number gives the same figures per execution in less time. */
const COUNT = Number(process.env.LUMENFALL_SUSPENDED ?? 2_000);
const CALLS_AT_ONCE = 10;
/** For all of them to be suspended, and again for all of them to be resumed. */
const PATIENCE_SECONDS = 1_500;
/** Of Linux: `getconf CLK_TCK`. */
const TICKS_PER_SECOND = 100;

jest.setTimeout(2 * PATIENCE_SECONDS * 1_000);

describe('n8n in queue mode', () => {
	let cluster: Cluster;
	beforeAll(async () => (cluster = await openCluster()));

	test(`a burst of calls resumes ${COUNT} suspended executions, each exactly once`, async () => {
		const { workflowId, call } = await cluster.publish(
			small({
				prompt: '={{ $json.body.prompt }}',
				waitMode: 'webhook',
				output: 'url',
				options: { parkMinutes: 60 },
			}),
		);
		cluster.sandbox.addFault({ on: 'create', do: 'stuck', times: COUNT });
		const idle = await measure();
		for (let first = 0; first < COUNT; first += CALLS_AT_ONCE) {
			const batch = Array.from({ length: CALLS_AT_ONCE }, (_, index) => first + index);
			await Promise.all(batch.map(async (index) => await call({ prompt: `scene ${index}` })));
		}
		await cluster.have(workflowId, COUNT, 'waiting', PATIENCE_SECONDS);
		const suspended = await measure();
		const [bytes] = await cluster.query('SELECT avg(length(data))::int FROM execution_data');

		cluster.sandbox.releaseStuck();
		await cluster.have(workflowId, COUNT, 'success', PATIENCE_SECONDS);
		const resumed = await measure();

		expect(startsOfEach()).toEqual(Array(COUNT).fill(2));
		const creates = cluster.sandbox.requests().filter(({ kind }) => kind === 'create');
		expect([creates.length, cluster.sandbox.billing().jobs]).toEqual([COUNT, COUNT]);
		console.log(
			[
				`${COUNT} executions on n8n in queue mode`,
				`to create and suspend: ${costs(idle, suspended)}`,
				`to resume: ${costs(suspended, resumed)}`,
				`stored data of each: ${bytes} bytes`,
				`heap of the main process: ${idle.heap.toFixed(0)} MiB before, ` +
					`${suspended.heap.toFixed(0)} MiB suspended, ${resumed.heap.toFixed(0)} MiB after`,
				`deliveries: ${cluster.sandbox.deliveries().length}`,
			].join('\n'),
		);
	});

	async function measure() {
		const [main, ...workers] = [cluster.instance, ...cluster.workers].map(({ pid }) =>
			cpuSecondsOf(pid()),
		);
		const { heap } = await cluster.instance.memory();
		return { at: Date.now(), heap, main, workers: workers.reduce((sum, one) => sum + one) };
	}

	/** How often the workers have started each execution. */
	function startsOfEach(): number[] {
		const starts = new Map<string, number>();
		for (const { log } of cluster.workers)
			for (const [, id] of log().matchAll(/Worker started execution (\d+) /g))
				starts.set(id, (starts.get(id) ?? 0) + 1);
		return [...starts.values()];
	}
});

type Measurement = Record<'at' | 'main' | 'workers', number>;

function costs(from: Measurement, to: Measurement): string {
	const perExecution = (seconds: number) => `${((seconds / COUNT) * 1000).toFixed(0)} ms`;
	return (
		`${((to.at - from.at) / 1000).toFixed(0)} s; processor time of each ` +
		`${perExecution(to.main - from.main)} of the main process, ` +
		`${perExecution(to.workers - from.workers)} of the workers`
	);
}

/** User and system time of a process and its threads. */
function cpuSecondsOf(pid: number): number {
	const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
	return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}

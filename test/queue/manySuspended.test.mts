import { readFileSync } from 'node:fs';
import { waitFor } from '../../instance/waitFor.mts';
import { small } from '../e2e/workflows.mts';
import type { Cluster } from './cluster.mts';
import { openCluster } from './doors.mts';

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

	const countOf = async (status: string) => {
		const sql = `SELECT count(*) FROM execution_entity WHERE status = '${status}'`;
		return Number((await cluster.query(sql))[0]);
	};
	const cpuSeconds = () => {
		const processes = [cluster.instance, ...cluster.workers];
		const [main, ...workers] = processes.map(({ pid }) => cpuSecondsOf(pid()));
		return { main, workers: workers.reduce((sum, seconds) => sum + seconds, 0) };
	};

	test(`a burst of calls resumes ${COUNT} suspended executions, each exactly once`, async () => {
		const { call } = await cluster.publish(
			small({
				prompt: '={{ $json.body.prompt }}',
				waitMode: 'webhook',
				output: 'url',
				options: { parkMinutes: 60 },
			}),
		);
		cluster.sandbox.addFault({ on: 'create', do: 'stuck', times: COUNT });
		const idle = { memory: await cluster.instance.memory(), cpu: cpuSeconds() };
		const createdAt = Date.now();
		for (let first = 0; first < COUNT; first += CALLS_AT_ONCE) {
			const batch = Array.from({ length: CALLS_AT_ONCE }, (_, index) => first + index);
			await Promise.all(batch.map(async (index) => await call({ prompt: `scene ${index}` })));
		}
		await waitFor(
			'all to be suspended',
			async () => (await countOf('waiting')) === COUNT,
			PATIENCE_SECONDS,
		);
		const createSeconds = (Date.now() - createdAt) / 1000;
		const suspended = { memory: await cluster.instance.memory(), cpu: cpuSeconds() };
		const [bytes] = await cluster.query('SELECT avg(length(data))::int FROM execution_data');

		const releasedAt = Date.now();
		cluster.sandbox.releaseStuck();
		await waitFor(
			'all to succeed',
			async () => (await countOf('success')) === COUNT,
			PATIENCE_SECONDS,
		);
		const resumeSeconds = (Date.now() - releasedAt) / 1000;
		const resumed = { memory: await cluster.instance.memory(), cpu: cpuSeconds() };

		const starts = new Map<string, number>();
		for (const { log } of cluster.workers)
			for (const [, id] of log().matchAll(/Worker started execution (\d+) /g))
				starts.set(id, (starts.get(id) ?? 0) + 1);
		expect(starts.size).toBe(COUNT);
		expect(new Set(starts.values())).toEqual(new Set([2]));
		const creates = cluster.sandbox.requests().filter(({ kind }) => kind === 'create');
		expect([creates.length, cluster.sandbox.billing().jobs]).toEqual([COUNT, COUNT]);

		const perExecution = (seconds: number) => `${((seconds / COUNT) * 1000).toFixed(0)} ms`;
		const cpu = (from: typeof idle, to: typeof idle) =>
			`${perExecution(to.cpu.main - from.cpu.main)} of the main process, ` +
			`${perExecution(to.cpu.workers - from.cpu.workers)} of the workers`;
		console.log(
			[
				`${COUNT} executions, ${createSeconds.toFixed(0)} s to create and suspend, ${resumeSeconds.toFixed(0)} s to resume`,
				`processor time of each to create and suspend: ${cpu(idle, suspended)}`,
				`processor time of each to resume: ${cpu(suspended, resumed)}`,
				`stored data of each: ${bytes} bytes`,
				`heap of the main process: ${idle.memory.heap.toFixed(0)} MiB before, ` +
					`${suspended.memory.heap.toFixed(0)} MiB suspended, ${resumed.memory.heap.toFixed(0)} MiB after`,
				`deliveries: ${cluster.sandbox.deliveries().length}`,
			].join('\n'),
		);
	});
});

/** User and system time of a process and its threads. */
function cpuSecondsOf(pid: number): number {
	const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
	return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}

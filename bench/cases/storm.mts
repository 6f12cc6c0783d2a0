import type { INodeExecutionData } from 'n8n-workflow';
import { runInChild } from '../measure/child.mts';
import { openSandboxes, type SandboxState } from '../measure/sandboxes.mts';
import { integer, section, tableOf, tenths } from '../report.mts';
import { itemsOf, openStage } from '../stage.mts';
import type { Case } from './case.mts';

/** Not higher, because a thousand jobs need real processor time too. */
const TIME_FACTOR = 10;
const ITEMS_AT_ONCE = 50;
const JOB_SECONDS = 20;
const MAX_RUNNING_JOBS = 40;
const CREATES_PER_SECOND = 4;

interface Measured {
	items: number;
	ended: string;
	wallSeconds: number;
	busyShare: number;
	outputs: number;
	outputsInOrder: boolean;
	jobs: number;
	distinctPrompts: number;
	calls: Record<'accepted' | 'refused' | 'status' | 'content' | 'other', number>;
}

export const stormCase: Case = {
	name: 'storm',
	async run(quick) {
		const items = quick ? 200 : 1000;
		const measured = await runInChild<Measured>(import.meta.url, items, TIME_FACTOR);
		return section(
			`${integer(items)} items with rate limits (429)`,
			`Our node only, ${ITEMS_AT_ONCE} items in parallel, jobs of ${JOB_SECONDS} seconds. The server accepts ${CREATES_PER_SECOND} creates per second and runs ${MAX_RUNNING_JOBS} jobs in parallel; any other create is refused with 429. The built-in node processes one item after the other, so it never reaches these limits. Its time for 20 items is in the first table; nothing is extrapolated from it. Time factor ${TIME_FACTOR}.`,
			tableOf(['what', 'measured', 'expected'], rowsOf(measured)),
		);
	},
};

function rowsOf(measured: Measured): string[][] {
	const { items, calls, wallSeconds } = measured;
	const fastest = Math.max((items / MAX_RUNNING_JOBS) * JOB_SECONDS, items / CREATES_PER_SECOND);
	return [
		['run ended as', measured.ended, 'success'],
		['jobs made', integer(measured.jobs), integer(items)],
		['different prompts among them', integer(measured.distinctPrompts), integer(items)],
		['output items', integer(measured.outputs), integer(items)],
		['output in the order of the input', measured.outputsInOrder ? 'yes' : 'NO', 'yes'],
		[
			'wall time',
			`${tenths(wallSeconds)} s`,
			`${tenths(fastest)} s at best, if no slot is ever free`,
		],
		['creates refused with 429', integer(calls.refused), 'few'],
		['status calls', integer(calls.status), ''],
		['downloads', integer(calls.content), integer(items)],
		['other calls', integer(calls.other), '0'],
		['processor of the node busy', `${Math.round(measured.busyShare * 100)} %`, 'under 90 %'],
	];
}

export default async function measure(items: number): Promise<Measured> {
	const options = {
		jobSeconds: JOB_SECONDS,
		maxRunningJobs: MAX_RUNNING_JOBS,
		rateLimit: { createsPerSecond: CREATES_PER_SECOND },
	};
	const { sandboxes, close } = await openSandboxes([options], TIME_FACTOR);
	const stage = await openStage('ours', sandboxes[0]);
	const cpu = process.cpuUsage();
	const start = performance.now();
	const result = await stage.run(itemsOf(items), { options: { itemsAtOnce: ITEMS_AT_ONCE } });
	const wallSeconds = (performance.now() - start) / 1000;
	const { user, system } = process.cpuUsage(cpu);

	const { status, error } = result;
	const output = stage.outputOf(result);
	const state = await sandboxes[0].state();
	await stage.close();
	await close();
	return {
		items,
		ended: error ? `${status}: ${error.message}` : status,
		wallSeconds,
		busyShare: (user + system) / 1e6 / (wallSeconds / TIME_FACTOR),
		outputs: output.length,
		outputsInOrder: output.length === items && output.every(isInPlace),
		jobs: state.jobs.length,
		distinctPrompts: new Set(state.jobs.map(({ prompt }) => prompt)).size,
		calls: countCalls(state),
	};
}

function isInPlace({ json, pairedItem }: INodeExecutionData, index: number): boolean {
	return json.prompt === `scene ${index}` && (pairedItem as { item: number }).item === index;
}

function countCalls({ requests }: SandboxState): Measured['calls'] {
	const calls = { accepted: 0, refused: 0, status: 0, content: 0, other: 0 };
	for (const { kind, status } of requests) {
		if (kind === 'create' && status === 200) calls.accepted++;
		else if (kind === 'create' && status === 429) calls.refused++;
		else if (kind === 'status' || kind === 'content') calls[kind]++;
		else calls.other++;
	}
	return calls;
}

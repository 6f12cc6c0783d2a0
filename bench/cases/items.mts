import { contenders, type ContenderName } from '../contenders.mts';
import { runInChild } from '../measure/child.mts';
import { detectionOverhead, mean, watchedJobs } from '../measure/jobs.mts';
import { openSandboxes } from '../measure/sandboxes.mts';
import { integer, percent, section, tableOf, tenths } from '../report.mts';
import { assertSuccess, itemsOf, openStage } from '../stage.mts';
import type { Case } from './case.mts';

interface Plan {
	node: ContenderName;
	items: number;
	/** Value of 'Items in Parallel'; absent for its default. */
	itemsAtOnce?: number;
}

interface Row extends Plan {
	jobs: number;
	wallSeconds: number;
	overhead: number;
	statusCallsPerJob: number;
}

/**
 * Lower than in other cases: the requests of twenty items compete for one processor, and compressed time lengthens
 * that.
 */
const TIME_FACTOR = 8;
const JOB_SECONDS = 30;
const DEFAULT_ITEMS_AT_ONCE = 5;

const plans: Plan[] = [
	{ node: 'ours', items: 1 },
	{ node: 'peer', items: 1 },
	{ node: 'ours', items: 5 },
	{ node: 'peer', items: 5 },
	{ node: 'ours', items: 20 },
	{ node: 'ours', items: 20, itemsAtOnce: 20 },
	{ node: 'peer', items: 20 },
];

export const itemsCase: Case = {
	name: 'items',
	hasPeer: true,
	async run(quick) {
		const wanted = quick ? plans.filter(({ node, items }) => node === 'ours' || items < 20) : plans;
		const rows = await runInChild<Row[]>(import.meta.url, wanted, TIME_FACTOR);
		return section(
			'One, five and twenty items',
			`Jobs of ${JOB_SECONDS} seconds. The built-in node processes one item after the other; ours as many in parallel as 'Items in Parallel' allows. Thirty seconds is a multiple of the early polling intervals of both nodes, which favors both: the next table has other durations. Time factor ${TIME_FACTOR}.`,
			tableOf(
				['node', 'items', 'at once', 'jobs made', 'wall time', 'overhead', 'status calls per job'],
				rows.map((row) => [
					contenders[row.node].title,
					integer(row.items),
					atOnce(row),
					integer(row.jobs),
					`${tenths(row.wallSeconds)} s`,
					percent(row.overhead),
					tenths(row.statusCallsPerJob),
				]),
			),
		);
	},
};

function atOnce({ node, itemsAtOnce }: Plan): string {
	if (node === 'peer') return '1 (fixed)';
	return itemsAtOnce ? integer(itemsAtOnce) : `${DEFAULT_ITEMS_AT_ONCE} (default)`;
}

export default async function measure(wanted: Plan[]): Promise<Row[]> {
	const { sandboxes, close } = await openSandboxes([{ jobSeconds: JOB_SECONDS }], TIME_FACTOR);
	const [sandbox] = sandboxes;
	const stages = {
		ours: await openStage('ours', sandbox),
		peer: await openStage('peer', sandbox),
	};
	// The first run of a node loads its code.
	await Promise.all([stages.ours.run(itemsOf(1)), stages.peer.run(itemsOf(1))]);
	await sandbox.reset();

	const rows: Row[] = [];
	for (const plan of wanted) {
		const { node, items, itemsAtOnce } = plan;
		const start = performance.now();
		assertSuccess(
			await stages[node].run(itemsOf(items), { options: { ...(itemsAtOnce && { itemsAtOnce }) } }),
		);
		const wallSeconds = (performance.now() - start) / 1000;
		const state = await sandbox.state();
		const watched = watchedJobs(state);
		rows.push({
			...plan,
			jobs: state.jobs.length,
			wallSeconds,
			overhead: mean(watched.map(detectionOverhead)),
			statusCallsPerJob: mean(watched.map(({ statusCalls }) => statusCalls)),
		});
		await sandbox.reset();
	}
	await Promise.all([stages.ours.close(), stages.peer.close()]);
	await close();
	return rows;
}

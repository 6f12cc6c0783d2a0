import { contenders, type ContenderName } from '../contenders.mts';
import { runInChild } from '../measure/child.mts';
import { detectionOverhead, mean, watchedJobs, type WatchedJob } from '../measure/jobs.mts';
import { openSandboxes, type RemoteSandbox } from '../measure/sandboxes.mts';
import { percent, section, tableOf, tenths } from '../report.mts';
import { assertSuccess, itemsOf, openStage } from '../stage.mts';
import { TIME_FACTOR, type Case } from './case.mts';
import { simulationSection } from './schedule.mts';

interface Plan {
	title: string;
	/** Several durations, because a fixed interval may fit one of them by coincidence. */
	lengths: number[];
	timeFactor: number;
}

type Measured = Record<ContenderName, WatchedJob[]>;

const RUNS_PER_LENGTH = 3;
const short = { title: 'half a minute (30 to 39 s)', lengths: [30, 33, 36, 39] };
const long = { title: 'three minutes (180 to 189 s)', lengths: [180, 183, 186, 189] };

/** The short jobs are measured at two time factors to check the method: in them, the time of requests matters most. */
const plans: Plan[] = [
	{ ...short, timeFactor: TIME_FACTOR / 2 },
	{ ...short, timeFactor: TIME_FACTOR },
	{ ...long, timeFactor: TIME_FACTOR },
];

export const detectionCase: Case = {
	name: 'detection',
	hasPeer: true,
	async run(quick) {
		const rows: string[][] = [];
		for (const plan of quick ? plans.slice(1) : plans) {
			const measured = await runInChild<Measured>(import.meta.url, plan, plan.timeFactor);
			rows.push(rowOf(plan, 'ours', measured), rowOf(plan, 'peer', measured));
		}
		const measured = section(
			'Detection of a finished video',
			`Single jobs, ${RUNS_PER_LENGTH} of each length, default options. The built-in node checks every 10 seconds and waits another 10 after the response that says "completed"; ours checks less often the longer it has waited. The short jobs are measured at two time factors: they differ in the real time of requests, which compressed time lengthens.`,
			tableOf(
				['jobs of', 'time factor', 'node', 'overhead (least to most)', 'status calls per job'],
				rows,
			),
		);
		return `${measured}\n${simulationSection()}`;
	},
};

function rowOf({ title, timeFactor }: Plan, node: ContenderName, measured: Measured): string[] {
	const overheads = measured[node].map(detectionOverhead);
	const [least, most] = [Math.min(...overheads), Math.max(...overheads)];
	return [
		title,
		`${timeFactor}`,
		contenders[node].title,
		`${percent(mean(overheads))} (${percent(least)} to ${percent(most)})`,
		tenths(mean(measured[node].map(({ statusCalls }) => statusCalls))),
	];
}

export default async function measure({ lengths, timeFactor }: Plan): Promise<Measured> {
	const options = lengths.map((jobSeconds) => ({ jobSeconds }));
	const { sandboxes, close } = await openSandboxes(options, timeFactor);
	await Promise.all(sandboxes.map(async (sandbox) => await sandbox.prepareVideo()));
	const measured = { ours: await watch('ours', sandboxes), peer: await watch('peer', sandboxes) };
	await close();
	return measured;
}

/** Every job has its own execution. They run in parallel and share nothing. */
async function watch(node: ContenderName, sandboxes: RemoteSandbox[]): Promise<WatchedJob[]> {
	const jobs = sandboxes.map(async (sandbox) => {
		const stage = await openStage(node, sandbox);
		const runs = Array.from({ length: RUNS_PER_LENGTH }, () => stage.run(itemsOf(1)));
		(await Promise.all(runs)).forEach(assertSuccess);
		await stage.close();
		const state = await sandbox.state();
		await sandbox.reset();
		return watchedJobs(state);
	});
	return (await Promise.all(jobs)).flat();
}

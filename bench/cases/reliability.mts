import type { IDataObject } from 'n8n-workflow';
import type { RunResult } from '../../engine/createEngine.mts';
import { contenders, type ContenderName } from '../contenders.mts';
import { runInChild } from '../measure/child.mts';
import { openSandboxes, type RemoteSandbox } from '../measure/sandboxes.mts';
import { integer, section, tableOf } from '../report.mts';
import { itemsOf, openStage, type NodeChange, type Stage } from '../stage.mts';
import { TIME_FACTOR, type Case } from './case.mts';
import { scenarios, type Scenario } from './failureScenarios.mts';

const JOB_SECONDS = 30;

interface Outcome {
	node: ContenderName;
	title: string;
	items: number;
	firstRun: RunResult['status'];
	/** Whether the error of the first run names a paid video; absent if there was none. */
	namesVideo?: boolean;
	/** Status of the retried execution, if there was one. */
	reRun?: RunResult['status'];
	videos: number;
	jobs: number;
	usd: number;
}

export const reliabilityCase: Case = {
	name: 'reliability',
	hasPeer: true,
	async run() {
		const outcomes = await runInChild<Outcome[]>(import.meta.url, scenarios, TIME_FACTOR);
		return section(
			'Cost of failures',
			`If a run fails, it is retried once with n8n's "Retry"; the last three columns count both runs. A job costs $0.40 here. The server has no idempotency keys: if the response to a create is lost, the list does not show which video belongs to it. Our node creates no second video; its error names the video, and 'Wait' delivers it.`,
			tableOf(
				[
					'failure',
					'node',
					'first run',
					'error names the video',
					're-run',
					'videos out',
					'jobs made',
					'billed',
				],
				scenarios.flatMap(({ title }) =>
					outcomes.filter((outcome) => outcome.title === title).map(rowOf),
				),
			),
		);
	},
};

function rowOf(outcome: Outcome): string[] {
	const { title, node, items, firstRun, namesVideo, reRun, videos, jobs, usd } = outcome;
	return [
		title,
		contenders[node].title,
		firstRun,
		namesVideo === undefined ? '–' : namesVideo ? 'yes' : 'NO',
		reRun ?? 'not needed',
		`${videos} of ${items}`,
		integer(jobs),
		`$${usd.toFixed(2)}`,
	];
}

export default async function measure(wanted: Scenario[]): Promise<Outcome[]> {
	const { sandboxes, close } = await openSandboxes([{ jobSeconds: JOB_SECONDS }], TIME_FACTOR);
	const [sandbox] = sandboxes;
	const outcomes: Outcome[] = [];
	for (const node of ['ours', 'peer'] as const) {
		const stage = await openStage(node, sandbox);
		for (const scenario of wanted) outcomes.push(await play(scenario, node, sandbox, stage));
		await stage.close();
	}
	await close();
	return outcomes;
}

async function play(
	{ title, items, fault, ...how }: Scenario,
	node: ContenderName,
	sandbox: RemoteSandbox,
	stage: Stage,
): Promise<Outcome> {
	await sandbox.reset();
	if (fault) await sandbox.addFault(fault);
	const first = await stage.run(itemsOf(items), changeFor(node, how));
	const { jobs: jobsSoFar } = await sandbox.state();
	const again = first.status === 'success' ? undefined : await stage.engine.retry(first);
	// Jobs that no run waits for are paid too.
	const { jobs, billing } = await sandbox.settled();
	const videos = videosOf(stage, again ?? first);
	return {
		...{ node, title, items, videos, firstRun: first.status, reRun: again?.status },
		...(again && { namesVideo: jobsSoFar.some(({ id }) => names(first, id)) }),
		jobs: jobs.length,
		usd: billing.usd,
	};
}

function changeFor(
	node: ContenderName,
	{ timeLimitSeconds, retryOnFail }: Pick<Scenario, 'timeLimitSeconds' | 'retryOnFail'>,
): NodeChange {
	const limit: IDataObject = { [contenders[node].timeLimitOption]: timeLimitSeconds };
	return {
		...(timeLimitSeconds && { options: limit }),
		...(retryOnFail && { settings: { retryOnFail, maxTries: 3, waitBetweenTries: 1000 } }),
	};
}

function videosOf(stage: Stage, result: RunResult): number {
	return stage.outputOf(result).filter(({ binary }) => binary !== undefined).length;
}

/** Whether any part of the error that a user can see contains the ID. */
function names({ error }: RunResult, id: string): boolean {
	return JSON.stringify(error).includes(id);
}

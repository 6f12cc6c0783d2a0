import { createJobDurations } from '../../nodes/Lumenfall/wait/jobDurations.ts';
import { DEFAULT_LIMITS, simulateWait } from '../../test/support/simulateWait.mts';
import { mean } from '../measure/jobs.mts';
import { integer, section, tableOf, tenths } from '../report.mts';

/** Simulates the schedule of status checks for jobs of known durations, without a server, requests or waiting. */

interface Found {
	overhead: number;
	checks: number;
}

const limits = DEFAULT_LIMITS;
const JOBS = 1_000;

export function simulationSection(): string {
	const batch = waitInTurn(lengthsBetween(108, 132).slice(0, 40));
	return section(
		'The schedule of status checks, simulated',
		`The shipped schedule with default options, against ${integer(JOBS)} job lengths of each range; requests take no time. Overhead is how late the end is found, as a share of the job's time. Once three jobs of a model are known, the checks are placed where the end is likely. (At most 22 checks in three minutes, and at most 15.0 % from 8 seconds on, cannot both hold: 8 s x 1.15^22 is 173 s. The schedule keeps to 22 checks.)`,
		tableOf(
			['jobs of', 'known before', 'overhead', 'at worst', 'checks per job', 'at most'],
			[
				rowOf('8 to 300 s, at random', 'nothing', waitForAll(lengthsBetween(8, 300))),
				rowOf('8 to 30 s', 'nothing', waitForAll(lengthsBetween(8, 30))),
				rowOf('30 s', 'nothing', waitForAll([30_000])),
				rowOf('180 s', 'nothing', waitForAll([180_000])),
				rowOf('5 to 10 minutes', 'nothing', waitForAll(lengthsBetween(300, 600))),
				rowOf('one model, 108 to 132 s', 'nothing', batch.slice(0, 3)),
				rowOf('one model, 108 to 132 s', 'the jobs before', batch.slice(3)),
			],
		),
	);
}

/** Evenly distributed durations in an order without a pattern, the same in every run. */
function lengthsBetween(fromSeconds: number, toSeconds: number): number[] {
	const GOLDEN = 0.618_033_988_75;
	const at = (index: number) => fromSeconds + ((index * GOLDEN) % 1) * (toSeconds - fromSeconds);
	return Array.from({ length: JOBS }, (_, index) => at(index) * 1_000);
}

/** Waits for each job with a different jitter. */
function waitForAll(lengths: number[]): Found[] {
	return lengths.map((jobMs, index) =>
		found(jobMs, simulateWait(jobMs, { limits, random: (index % 11) / 10 })),
	);
}

/** Waits for one job after the other. Each wait learns from the earlier ones. */
function waitInTurn(lengths: number[]): Found[] {
	const durations = createJobDurations();
	return lengths.map((jobMs) => {
		const wait = simulateWait(jobMs, { limits, likelyEnd: durations.likelyEnd('model') });
		const [before = 0, end] = wait.checks.slice(-2);
		durations.learn('model', (before + end) / 2);
		return found(jobMs, wait);
	});
}

function found(jobMs: number, { checks, lateMs }: ReturnType<typeof simulateWait>): Found {
	return { overhead: lateMs / jobMs, checks: checks.length };
}

function rowOf(jobs: string, known: string, all: Found[]): string[] {
	const [overheads, checks] = [all.map((one) => one.overhead), all.map((one) => one.checks)];
	return [
		jobs,
		known,
		`${tenths(mean(overheads) * 100)} %`,
		`${tenths(Math.max(...overheads) * 100)} %`,
		tenths(mean(checks)),
		`${Math.max(...checks)}`,
	];
}

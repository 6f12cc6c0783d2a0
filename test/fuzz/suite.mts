import fc from 'fast-check';
import { CORES, openStage } from '../engine/stage.mts';
import type { Server } from '../servers/server.mts';
import { native } from '../support/native.mts';
import { checkPlayed, playPlan, type FuzzStage } from './playPlan.mts';
import { plans } from './plan.mts';

/** `FUZZ_SEED` and `FUZZ_RUNS` try other runs, or more of them. */
const SEED = Number(process.env.FUZZ_SEED ?? 20261128);
const RUNS = Number(process.env.FUZZ_RUNS ?? 300);
/** Runs wait most of the time, so several share a process. */
const LANES_PER_CORE = 2;

/** Random faults, clocks, retries and Stops on each of these servers. A failure prints its seed and its plan. */
export function fuzz(servers: Server[]): void {
	test.each(servers)(
		`$name: one video per item, no ID lost, no key shown, every run ends`,
		async (server) => {
			const lanes = CORES.flatMap((core) => Array.from({ length: LANES_PER_CORE }, () => core));
			const numRuns = Math.ceil(RUNS / lanes.length);
			const outcomes = await Promise.allSettled(
				lanes.map(async (core, lane) => {
					const stage = await openFuzzStage(core, server);
					const property = fc.asyncProperty(plans(server.dialect), async (plan) => {
						checkPlayed(stage.stage.sandbox, plan, await playPlan(stage, plan));
					});
					try {
						await fc.assert(property, { seed: SEED + lane, numRuns, endOnFailure: true });
					} finally {
						await stage.stage.close();
					}
				}),
			);
			for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
		},
		// 300 runs take about a minute, and much longer on a busy machine.
		900_000,
	);
}

async function openFuzzStage(
	core: (typeof CORES)[number],
	{ dialect, form = {} }: Server,
): Promise<FuzzStage> {
	const time = await native<{ setClockError(errorMs: number): void }>(
		'./test/support/compressedTime.mjs',
	);
	const isStrict = dialect === 'openai' || dialect === 'azure';
	const stage = await openStage(core, {
		dialect,
		renderer: 'tiny',
		jobSeconds: 6,
		apiKey: `sk-fuzz-${dialect}-4f9c2aZk83Qm71`,
	});
	const on: FuzzStage = {
		stage,
		dialect,
		form,
		isStrict,
		onRequest: () => {},
		setClockError: time.setClockError,
	};
	stage.sandbox.onRequest(() => on.onRequest());
	return on;
}

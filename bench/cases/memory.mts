import { statSync } from 'node:fs';
import { contenders, type ContenderName } from '../contenders.mts';
import { runInChild } from '../measure/child.mts';
import { costOf, type ProcessCost } from '../measure/memory.mts';
import { openSandboxes } from '../measure/sandboxes.mts';
import { inMegabytes, section, tableOf, tenths } from '../report.mts';
import { assertSuccess, itemsOf, openStage, type Stage } from '../stage.mts';
import type { Case } from './case.mts';

interface Plan {
	node: ContenderName;
	megabytes: number;
}

interface Measured extends ProcessCost {
	downloadSeconds: number;
}

const MB = 1024 * 1024;
const WARM_UP_BYTES = 5 * MB;

export const memoryCase: Case = {
	name: 'memory',
	hasPeer: true,
	async run(quick) {
		const rows: string[][] = [];
		for (const megabytes of quick ? [300] : [300, 400]) {
			for (const node of ['ours', 'peer'] as const) {
				const plan: Plan = { node, megabytes };
				rows.push(rowOf(plan, await runInChild<Measured>(import.meta.url, plan)));
			}
		}
		return section(
			'Memory and processor time of a large file',
			`Real time, n8n's filesystem mode, a new process for each row; the server is a separate process. The baseline is measured after a warm-up run with a file of ${inMegabytes(WARM_UP_BYTES)} and a garbage collection. Growth is small if a download fits into the memory that the warm-up has allocated; a file held as a whole would show as growth and in the buffers. Target for ours: a growth under 100 MB.`,
			tableOf(
				[
					'file',
					'node',
					'baseline',
					'peak',
					'growth',
					'held in buffers',
					'processor time',
					'time of the download',
				],
				rows,
			),
		);
	},
};

function rowOf({ node, megabytes }: Plan, cost: Measured): string[] {
	const { baselineBytes, peakBytes, bufferGrowthBytes, cpuSeconds, downloadSeconds } = cost;
	return [
		inMegabytes(megabytes * MB),
		contenders[node].title,
		...[baselineBytes, peakBytes, peakBytes - baselineBytes, bufferGrowthBytes].map(inMegabytes),
		...[cpuSeconds, downloadSeconds].map((seconds) => `${tenths(seconds)} s`),
	];
}

export default async function measure({ node, megabytes }: Plan): Promise<Measured> {
	const sizes = [WARM_UP_BYTES, megabytes * MB];
	// The files exist in advance and jobs take no time, so that the bench does not wait for them.
	const options = sizes.map((fileBytes) => ({ jobSeconds: 0, fileBytes }));
	const { sandboxes, close } = await openSandboxes(options, 1);
	await Promise.all(sandboxes.map(async (sandbox) => await sandbox.prepareVideo()));
	const [warmUp, measured] = await Promise.all(
		sandboxes.map(async (sandbox) => await openStage(node, sandbox)),
	);
	await makeFile(warmUp, sizes[0]);
	const cost = await costOf(async () => await makeFile(measured, sizes[1]));

	const endedAt = Date.now();
	const { requests } = await sandboxes[1].state();
	const sentAt = requests.find(({ kind }) => kind === 'content')!.at;
	await Promise.all([warmUp.close(), measured.close()]);
	await close();
	return { ...cost, downloadSeconds: (endedAt - sentAt) / 1000 };
}

async function makeFile({ run, outputOf, engine }: Stage, bytes: number) {
	const result = await run(itemsOf(1));
	assertSuccess(result);
	const path = engine.binaryPath(outputOf(result)[0].binary!.data);
	const written = path === undefined ? 0 : statSync(path).size;
	if (written !== bytes) throw new Error(`${written} of ${bytes} bytes are in n8n's binary store`);
}

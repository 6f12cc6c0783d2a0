import { runInChild } from '../measure/child.mts';
import { openSandboxes } from '../measure/sandboxes.mts';
import { integer, section, tableOf, tenths } from '../report.mts';
import { assertSuccess, itemsOf, openStage } from '../stage.mts';
import type { Case } from './case.mts';

interface Row {
	items: number;
	/** Processor time of the node's process, engine included. */
	cpuMsPerItem: number;
	/** Size of the node's data in the stored execution, without its output. */
	storedBytesPerItem: number;
}

const counts = [500, 10_000];

/** Compares the cost per item of a large run with that of a small run. */
export const scaleCase: Case = {
	name: 'scale',
	async run(quick) {
		const wanted = quick ? counts.slice(0, 1) : counts;
		const rows = await runInChild<Row[]>(import.meta.url, wanted, 1);
		return section(
			'Hundreds and thousands of items',
			"*Wait* is *Do Not Wait*, 20 items in parallel. Processor time of the process that runs the node, n8n's engine included. Stored bytes are the records that the node keeps with the execution. Real time.",
			tableOf(
				['items', 'processor time per item', 'stored bytes per item'],
				rows.map(({ items, cpuMsPerItem, storedBytesPerItem }) => [
					integer(items),
					`${tenths(cpuMsPerItem)} ms`,
					integer(Math.round(storedBytesPerItem)),
				]),
			),
		);
	},
};

export default async function measure(wanted: number[]): Promise<Row[]> {
	const { sandboxes, close } = await openSandboxes([{ jobSeconds: 86_400 }], 1);
	const [sandbox] = sandboxes;
	const stage = await openStage('ours', sandbox);
	const create = async (items: number) =>
		await stage.run(itemsOf(items), {
			parameters: { waitMode: 'none' },
			options: { itemsAtOnce: 20 },
		});
	// The first run of a node loads its code, so it is a warm-up.
	assertSuccess(await create(200));

	const rows: Row[] = [];
	for (const items of wanted) {
		await sandbox.reset();
		const before = process.cpuUsage();
		const result = await create(items);
		const { user, system } = process.cpuUsage(before);
		assertSuccess(result);
		const stored = JSON.stringify(result.data.executionData?.contextData ?? {});
		rows.push({
			items,
			cpuMsPerItem: (user + system) / 1000 / items,
			storedBytesPerItem: stored.length / items,
		});
	}
	await stage.close();
	await close();
	return rows;
}

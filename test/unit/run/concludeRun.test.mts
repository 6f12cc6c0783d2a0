import { createRun } from '../../../nodes/Lumenfall/run/createRun';
import { describeExecution } from '../../../nodes/Lumenfall/run/concludeRun';
import type { NodeContext } from '../../../nodes/Lumenfall/job/jobStore';
import { openRunStage, type StageSettings } from '../../support/runStage.mts';

const record = (videoId: string, cost?: number) => ({
	idempotencyKey: videoId,
	attempt: 0,
	videoId,
	cost,
});

/** A run of the node that has these records. */
async function describeRun(records: NodeContext['jobs'], settings: StageSettings = {}) {
	const context: NodeContext = settings.context ?? {};
	context.jobs = records;
	const stage = openRunStage({ ...settings, context });
	describeExecution(await createRun(stage.execution));
	return stage;
}

const jobs = { '0/0/a': record('video_1', 0.8), '0/1/b': record('video_2', 0.4) };

describe('the stored data of an execution about its videos', () => {
	test('contains their IDs and their cost, for a search and for traces', async () => {
		const customData = new Map<string, string>();
		const { traced } = await describeRun(jobs, { customData });
		expect(Object.fromEntries(customData)).toEqual({
			lumenfallVideoIds: 'video_1, video_2',
			lumenfallCost: '1.2',
		});
		expect(traced).toEqual([
			{ 'lumenfall.video_ids': 'video_1,video_2', 'lumenfall.cost_usd': 1.2 },
		]);
	});

	test('contains the sum of several nodes', async () => {
		const customData = new Map([
			['lumenfallVideoIds', 'video_0'],
			['lumenfallCost', '0.1'],
			['mine', 'x'],
		]);
		await describeRun({ '0/0/a': record('video_1', 0.2) }, { customData });
		expect(Object.fromEntries(customData)).toEqual({
			lumenfallVideoIds: 'video_0, video_1',
			lumenfallCost: '0.3',
			mine: 'x',
		});
	});

	test('counts nothing twice if a node runs again in the same run, but adds in another iteration of a loop', async () => {
		const customData = new Map<string, string>();
		const context: NodeContext = {};
		const reserved = { decision: { reservedUsd: 1 }, ...record('video_1') };
		await describeRun({ '0/0/a': reserved }, { customData, context });
		expect(customData.get('lumenfallCost')).toBe('1');
		await describeRun({ '0/0/a': record('video_1', 0.8) }, { customData, context });
		expect(customData.get('lumenfallCost')).toBe('0.8');
		await describeRun({ '1/0/a': record('video_2', 0.8) }, { customData, context, runIndex: 1 });
		expect(Object.fromEntries(customData)).toEqual({
			lumenfallVideoIds: 'video_1, video_2',
			lumenfallCost: '1.6',
		});
	});

	test('counts nothing twice if an agent calls the node several times', async () => {
		const customData = new Map<string, string>();
		for (const [index, cost] of [0.8, 0.8, 0.4].entries()) {
			const settings = { type: 'lumenfallTool', executionId: 'calls', context: {}, customData };
			const run = await createRun(openRunStage(settings).execution);
			const entry = run.jobs.open({ itemIndex: 0, hash: `call ${index}` });
			entry.created(`video_${index}`, new Date(0));
			entry.completed(cost);
			run.close(true);
			describeExecution(run);
		}
		expect(customData.get('lumenfallCost')).toBe('2');
	});

	test('contains as many complete IDs as n8n stores', async () => {
		const customData = new Map<string, string>();
		const many = Array.from({ length: 50 }, (_, index) => `video_${index}_abcdef`);
		await describeRun(
			Object.fromEntries(many.map((id, index) => [`0/${index}/a`, record(id, 0.1)])),
			{
				customData,
			},
		);
		const stored = customData.get('lumenfallVideoIds')!;
		expect(stored.length).toBeLessThanOrEqual(255);
		expect(many).toEqual(expect.arrayContaining(stored.split(', ')));
		expect(customData.get('lumenfallCost')).toBe('5');
	});

	test('is empty for a run without a video, and if n8n does not support it', async () => {
		const customData = new Map<string, string>();
		await describeRun({}, { customData });
		expect(customData.size).toBe(0);
		await expect(describeRun(jobs)).resolves.toBeDefined();
	});
});

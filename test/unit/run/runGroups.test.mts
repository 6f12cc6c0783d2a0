import type { INodeExecutionData } from 'n8n-workflow';
import type { GroupOperation } from '../../../nodes/Lumenfall/context';
import { runGroups } from '../../../nodes/Lumenfall/run/runGroups';
import { requestErrors } from '../../../nodes/Lumenfall/transport/requestErrors';
import { openRunStage, type RunSettings } from '../../support/runStage.mts';

const refusal = requestErrors.badVideoId('..');

/** Two groups of items. The first one may fail. */
async function run(settings: RunSettings, { fails = false } = {}) {
	const stage = openRunStage(settings);
	const done: number[][] = [];
	const operation: GroupOperation = {
		groupsOf: () => [
			[2, 0],
			[1, 3],
		],
		execute: async ({ itemIndexes }) => {
			done.push(itemIndexes);
			if (fails && itemIndexes[0] === 2) throw refusal;
			return { json: { itemIndexes } };
		},
	};
	return { done, result: await runGroups(stage.execution, operation), ...stage };
}

test('each group makes one item, one group after another', async () => {
	const { result } = await run({});
	expect((result as INodeExecutionData[]).map(({ json }) => json.itemIndexes)).toEqual([
		[2, 0],
		[1, 3],
	]);
});

test('without Continue On Fail, the first failure ends the run, at the first item of its group', async () => {
	const { result, done } = await run({}, { fails: true });
	expect(result).toEqual({ failure: refusal.failure, itemIndex: 2 });
	expect(done).toHaveLength(1);
});

test('with Continue On Fail, a failed group becomes data, and the next group is processed', async () => {
	const { result } = await run({ onError: 'continueRegularOutput' }, { fails: true });
	expect(result).toMatchObject([
		{ json: { error: refusal.failure.message, details: { kind: 'invalidInput' } } },
		{ json: { itemIndexes: [1, 3] } },
	]);
	expect((result as INodeExecutionData[])[0].pairedItem).toEqual({ item: 2 });
});

test('a Stop ends the run, also with Continue On Fail', async () => {
	const stage = openRunStage({ onError: 'continueRegularOutput' });
	const done: number[][] = [];
	const result = await runGroups(stage.execution, {
		groupsOf: () => [[0], [1]],
		execute: async ({ itemIndexes, stop }) => {
			done.push(itemIndexes);
			stage.cancel.abort();
			stop.throwIfStopped();
			return { json: {} };
		},
	});
	expect(result).toMatchObject({ failure: { kind: 'stopped' }, itemIndex: 0 });
	expect(done).toEqual([[0]]);
});

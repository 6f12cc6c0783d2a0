import type { GroupOperation } from '../../../nodes/Lumenfall/context';
import { runGroups } from '../../../nodes/Lumenfall/run/runGroups';
import { requestErrors } from '../../../nodes/Lumenfall/transport/requestErrors';
import { openRunStage, type StageSettings } from '../../support/runStage.mts';

const refusal = requestErrors.badVideoId('..');

/** Two groups of items. The first one may fail. */
async function run(settings: StageSettings, { fails = false } = {}) {
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
	return { done, outcome: await runGroups(stage.execution, operation) };
}

test('each group makes one item, one group after another', async () => {
	const { outcome } = await run({});
	expect(outcome).toEqual({
		output: [{ json: { itemIndexes: [2, 0] } }, { json: { itemIndexes: [1, 3] } }],
	});
});

test('without Continue On Fail, the first failure ends the run, at the first item of its group', async () => {
	const { outcome, done } = await run({}, { fails: true });
	expect(outcome).toEqual({ failure: refusal.failure, itemIndex: 2 });
	expect(done).toHaveLength(1);
});

test('with Continue On Fail, a failed group becomes data, and the next group is processed', async () => {
	const { outcome } = await run({ onError: 'continueRegularOutput' }, { fails: true });
	expect(outcome).toMatchObject({
		output: [
			{
				json: { error: refusal.failure.message, details: { kind: 'invalidInput' } },
				pairedItem: { item: 2 },
			},
			{ json: { itemIndexes: [1, 3] } },
		],
	});
});

test('a Stop ends the run, also with Continue On Fail', async () => {
	const stage = openRunStage({ onError: 'continueRegularOutput' });
	const done: number[][] = [];
	const outcome = await runGroups(stage.execution, {
		groupsOf: () => [[0], [1]],
		execute: async ({ itemIndexes, stop }) => {
			done.push(itemIndexes);
			stage.cancel.abort();
			stop.throwIfStopped();
			return { json: {} };
		},
	});
	expect(outcome).toMatchObject({ failure: { kind: 'stopped' }, itemIndex: 0 });
	expect(done).toEqual([[0]]);
});

import { createRun, stopSwitchOf } from '../../../nodes/Lumenfall/run/createRun';
import { failureOf } from '../../../nodes/Lumenfall/errors/failure';
import { openRunStage, type RunSettings } from '../../support/runStage.mts';

/** The key that the first item of a run gets. */
const keyIn = (settings: RunSettings) => {
	const { jobs } = createRun(openRunStage(settings).execution);
	const entry = jobs.open({ itemIndex: 0, hash: 'hash' });
	entry.decide({ model: 'sora-2' });
	return entry.record.idempotencyKey;
};

test('the same execution gives the same key, so that a repeat makes no second video', () => {
	expect(keyIn({})).toBe(keyIn({}));
	expect(keyIn({ executionId: '8' })).not.toBe(keyIn({}));
	expect(keyIn({ runIndex: 1 })).not.toBe(keyIn({}));
});

test('without an execution ID no two runs have the same key', () => {
	expect(keyIn({ executionId: '' })).not.toBe(keyIn({ executionId: '' }));
});

test('a run index that n8n does not know counts as the first', () => {
	const { execution } = openRunStage();
	execution.evaluateExpression = () => undefined;
	expect(createRun(execution).runIndex).toBe(0);
});

test('without an execution ID the repeats of one node share their key', () => {
	const context = {};
	expect(keyIn({ executionId: '', context })).toBe(keyIn({ executionId: '', context }));
});

describe('as the tool of an agent', () => {
	let calls = 0;
	/** One try of a call: n8n gives it a context and a run index of its own. */
	const tryCall = (executionId: string, form = {}, runIndex = 0) =>
		createRun(
			openRunStage({ type: 'lumenfallTool', executionId, form, runIndex, context: {} }).execution,
		);

	test('every try of one call finds the records of the earlier ones', () => {
		const executionId = `call-${++calls}`;
		const first = tryCall(executionId, {}, 0);
		first.jobs.open({ itemIndex: 0, hash: 'hash' }).created('video_1');
		first.close(false);
		const second = tryCall(executionId, {}, 1);
		expect(second.jobs.open({ itemIndex: 0, hash: 'hash' }).record.videoId).toBe('video_1');
		expect(tryCall(`call-${++calls}`).jobs.videoIds()).toEqual([]);
	});

	test('without an execution a call that has succeeded is over', () => {
		const form = { prompt: `={{ $fromAI('prompt-${++calls}') }}` };
		for (const [succeeded, found] of [
			[false, []],
			[true, ['video_1']],
			[true, []],
		] as const) {
			const run = tryCall('', form);
			expect(run.jobs.videoIds()).toEqual(found);
			run.jobs.open({ itemIndex: 0, hash: 'hash' }).created('video_1');
			run.close(succeeded);
		}
	});
});

describe('the stop switch of a run', () => {
	const reasonOf = (stop: ReturnType<typeof stopSwitchOf>) => {
		try {
			stop.throwIfStopped();
			return undefined;
		} catch (error) {
			return failureOf(error)?.kind;
		}
	};

	test("flips with the user's Stop", () => {
		const { execution, cancel } = openRunStage();
		const stop = stopSwitchOf(execution);
		expect(stop.isStopped).toBe(false);
		cancel.abort();
		expect(reasonOf(stop)).toBe('stopped');
	});

	test('is flipped from the start where the Stop came before', () => {
		const { execution, cancel } = openRunStage();
		cancel.abort();
		expect(reasonOf(stopSwitchOf(execution))).toBe('stopped');
	});

	test('stays as it is where n8n has no signal', () => {
		const { execution } = openRunStage();
		execution.getExecutionCancelSignal = () => undefined;
		expect(stopSwitchOf(execution).isStopped).toBe(false);
	});
});

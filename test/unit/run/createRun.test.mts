import { createRun, stopSwitchOf } from '../../../nodes/Lumenfall/run/createRun';
import { failureOf } from '../../../nodes/Lumenfall/errors/failure';
import { openRunStage, type RunSettings } from '../../support/runStage.mts';

/** The idempotency key of the first item of a run. */
const keyIn = (settings: RunSettings) => {
	const { jobs } = createRun(openRunStage(settings).execution);
	const entry = jobs.open({ itemIndex: 0, hash: 'hash' });
	entry.decide({ model: 'sora-2' });
	return entry.record.idempotencyKey;
};

test('the same execution has the same key, so that a retry creates no second video', () => {
	expect(keyIn({})).toBe(keyIn({}));
	expect(keyIn({ executionId: '8' })).not.toBe(keyIn({}));
	expect(keyIn({ runIndex: 1 })).not.toBe(keyIn({}));
});

test('without an execution ID, two runs never have the same key', () => {
	expect(keyIn({ executionId: '' })).not.toBe(keyIn({ executionId: '' }));
});

test('an unknown run index counts as 0', () => {
	const { execution } = openRunStage();
	execution.evaluateExpression = () => undefined;
	expect(createRun(execution).runIndex).toBe(0);
});

test('without an execution ID, the retries of one node share their key', () => {
	const context = {};
	expect(keyIn({ executionId: '', context })).toBe(keyIn({ executionId: '', context }));
});

describe('as the tool of an agent', () => {
	let calls = 0;
	/** One try of a tool call. n8n gives it its own context and run index. */
	const tryCall = (executionId: string, form = {}, change: RunSettings = {}) =>
		createRun(
			openRunStage({ type: 'lumenfallTool', executionId, form, context: {}, ...change }).execution,
		);

	test('every try of a tool call finds the records of the earlier tries', () => {
		const executionId = `call-${++calls}`;
		const first = tryCall(executionId);
		first.jobs.open({ itemIndex: 0, hash: 'hash' }).created('video_1');
		first.close(false);
		const second = tryCall(executionId, {}, { runIndex: 1 });
		expect(second.jobs.open({ itemIndex: 0, hash: 'hash' }).record.videoId).toBe('video_1');
		expect(tryCall(`call-${++calls}`).jobs.videoIds()).toEqual([]);
	});

	test('a copy of the node in another workflow has its own records', () => {
		const form = { prompt: `={{ $fromAI('prompt-${++calls}') }}` };
		const first = tryCall('', form);
		first.jobs.open({ itemIndex: 0, hash: 'hash' }).created('video_1');
		first.close(false);
		expect(tryCall('', form, { workflowId: 'copy' }).jobs.videoIds()).toEqual([]);
		expect(tryCall('', form).jobs.videoIds()).toEqual(['video_1']);
	});

	test('without an execution, a successful call is not resumed', () => {
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

	test('flips when the user stops the execution', () => {
		const { execution, cancel } = openRunStage();
		const stop = stopSwitchOf(execution);
		expect(stop.isStopped).toBe(false);
		cancel.abort();
		expect(reasonOf(stop)).toBe('stopped');
	});

	test('is flipped from the start if the execution is already stopped', () => {
		const { execution, cancel } = openRunStage();
		cancel.abort();
		expect(reasonOf(stopSwitchOf(execution))).toBe('stopped');
	});

	test('never flips if n8n has no cancel signal', () => {
		const { execution } = openRunStage();
		execution.getExecutionCancelSignal = () => undefined;
		expect(stopSwitchOf(execution).isStopped).toBe(false);
	});
});

import { createRun } from '../../../nodes/Lumenfall/run/createRun';
import { openRunStage, type StageSettings } from '../../support/runStage.mts';

/** The idempotency key of the first item of a run. */
const keyIn = async (settings: StageSettings) => {
	const { jobs } = await createRun(openRunStage(settings).execution);
	const entry = jobs.open({ itemIndex: 0, hash: 'hash' });
	entry.decide({ model: 'sora-2' });
	return entry.record.idempotencyKey;
};

test('the same execution has the same key, so that a retry creates no second video', async () => {
	const key = await keyIn({});
	expect(await keyIn({})).toBe(key);
	expect(await keyIn({ executionId: '8' })).not.toBe(key);
	expect(await keyIn({ runIndex: 1 })).not.toBe(key);
});

test('without an execution ID, two runs never have the same key', async () => {
	expect(await keyIn({ executionId: '' })).not.toBe(await keyIn({ executionId: '' }));
});

test('an unknown run index counts as 0', async () => {
	const { execution } = openRunStage();
	execution.evaluateExpression = () => undefined;
	expect((await createRun(execution)).runIndex).toBe(0);
});

test('without an execution ID, the retries of one node share their key', async () => {
	const context = {};
	const key = await keyIn({ executionId: '', context });
	expect(await keyIn({ executionId: '', context })).toBe(key);
});

describe('as the tool of an agent', () => {
	let calls = 0;
	/** One try of a tool call. n8n gives it its own context and run index. */
	const tryCall = async (executionId: string, form = {}, change: StageSettings = {}) =>
		await createRun(
			openRunStage({ type: 'lumenfallTool', executionId, form, context: {}, ...change }).execution,
		);

	test('every try of a tool call finds the records of the earlier tries', async () => {
		const executionId = `call-${++calls}`;
		const first = await tryCall(executionId);
		first.jobs.open({ itemIndex: 0, hash: 'hash' }).created('video_1', new Date(0));
		first.close(false);
		const second = await tryCall(executionId, {}, { runIndex: 1 });
		expect(second.jobs.open({ itemIndex: 0, hash: 'hash' }).record.videoId).toBe('video_1');
		expect((await tryCall(`call-${++calls}`)).jobs.videoIds()).toEqual([]);
	});

	test('calls at the same time share one budget', async () => {
		const executionId = `call-${++calls}`;
		const prompts = ['boat', 'ship'].map((prompt) => ({ prompt: `={{ $fromAI('${prompt}') }}` }));
		const [first, second] = await Promise.all(prompts.map((form) => tryCall(executionId, form)));
		first.jobs.open({ itemIndex: 0, hash: 'boat' }).decide({ model: 'sora-2', reservedUsd: 0.8 });
		expect(second.jobs.spending()).toMatchObject({ videos: 1, usd: 0.8 });
		second.jobs.open({ itemIndex: 0, hash: 'ship' }).created('video_2', new Date(0));
		expect(first.jobs.isOfOther('video_2', { slot: 'another' })).toBe(true);
	});

	test('a copy of the node in another workflow has its own records', async () => {
		const form = { prompt: `={{ $fromAI('prompt-${++calls}') }}` };
		const first = await tryCall('', form);
		first.jobs.open({ itemIndex: 0, hash: 'hash' }).created('video_1', new Date(0));
		first.close(false);
		expect((await tryCall('', form, { workflowId: 'copy' })).jobs.videoIds()).toEqual([]);
		expect((await tryCall('', form)).jobs.videoIds()).toEqual(['video_1']);
	});

	test('without an execution, a successful call is not resumed', async () => {
		const form = { prompt: `={{ $fromAI('prompt-${++calls}') }}` };
		for (const [succeeded, found] of [
			[false, []],
			[true, ['video_1']],
			[true, []],
		] as const) {
			const run = await tryCall('', form);
			expect(run.jobs.videoIds()).toEqual(found);
			run.jobs.open({ itemIndex: 0, hash: 'hash' }).created('video_1', new Date(0));
			run.close(succeeded);
		}
	});

	/** Lets all callbacks run that are due. */
	const settle = async () => await new Promise((next) => setImmediate(next));

	test('of two equal calls at the same time in one execution, the second waits for the video of the first', async () => {
		const executionId = `call-${++calls}`;
		const first = await tryCall(executionId);
		let second: Awaited<ReturnType<typeof tryCall>> | undefined;
		void tryCall(executionId).then((run) => (second = run));
		await settle();
		expect(second).toBeUndefined();
		first.jobs.open({ itemIndex: 0, hash: 'hash' }).created('video_1', new Date(0));
		first.close(true);
		await settle();
		expect(second?.jobs.videoIds()).toEqual(['video_1']);
		second?.close(true);
		expect((await tryCall(executionId)).jobs.videoIds()).toEqual(['video_1']);
	});

	test('calls with other arguments, and clients without an execution, wait for nobody', async () => {
		const executionId = `call-${++calls}`;
		const form = { prompt: `prompt-${++calls}` };
		const opened = Promise.all([
			tryCall(executionId, { prompt: 'one' }),
			tryCall(executionId, { prompt: 'other' }),
			tryCall('', form),
			tryCall('', form),
		]);
		expect(await opened).toHaveLength(4);
	});

	test('a Stop ends the wait for an equal call', async () => {
		const executionId = `call-${++calls}`;
		await tryCall(executionId);
		const stage = openRunStage({ type: 'lumenfallTool', executionId, context: {} });
		const waiting = createRun(stage.execution);
		await settle();
		stage.cancel.abort();
		expect((await waiting).stop.isStopped).toBe(true);
	});
});

import { AFTER, sharedSuspendedStage, prompts, scene, scenes } from './suspendedStage.mts';
import { CORES, NODE, untilTrue } from './stage.mts';

const GOES_ON = { onError: 'continueRegularOutput' };
const ERROR_OUTPUT = { onError: 'continueErrorOutput' };
const oneFails = { prompt: '={{ $json.index === 1 ? "[fails]" : "scene " + $json.index }}' };

describe.each(CORES)('a suspended execution with a failure on %s', (core) => {
	const stage = sharedSuspendedStage(core);

	describe('with one video that fails', () => {
		test('Continue On Fail outputs it as data', async () => {
			stage.holdChecks(3);
			const result = await stage.suspend(oneFails, scenes(3), GOES_ON).end();
			expect(result.error).toBeUndefined();
			const items = result.output(AFTER);
			expect(items.map(({ json }) => json.prompt)).toEqual(['scene 0', undefined, 'scene 2']);
			const [, { id }] = stage.sandbox.jobs();
			expect(Object.keys(items[1].json)).toEqual(['error', 'message', 'details']);
			expect(items[1].json.details).toMatchObject({ videoId: id, kind: 'providerFailed' });
			expect(items[1].pairedItem).toMatchObject({ item: 1 });
			expect(stage.sandbox.jobs()).toHaveLength(3);
		});

		test('the error output gets it, and the regular output the others', async () => {
			stage.holdChecks(3);
			const result = await stage.suspend(oneFails, scenes(3), ERROR_OUTPUT).end();
			expect(result.error).toBeUndefined();
			expect(prompts(result, AFTER)).toEqual(['scene 0', 'scene 2']);
			expect(result.output('Failed')).toHaveLength(1);
			const [, { id }] = stage.sandbox.jobs();
			expect(result.output('Failed')[0].json.error).toContain(id);
		});

		test('without it, the execution ends with an error that names every video, and nothing is output', async () => {
			stage.holdChecks(3);
			const result = await stage.suspend(oneFails, scenes(3)).end();
			expect(result.status).toBe('error');
			const [good, bad, other] = stage.sandbox.jobs().map(({ id }) => id);
			expect(result.error?.message).toContain(bad);
			expect(result.error?.description).toContain(good);
			expect(result.error?.description).toContain(other);
			expect(result.error?.itemIndex).toBe(1);
			expect(result.runs(AFTER)).toBe(0);
		});

		test('the execution is suspended again for the video of a fallback model', async () => {
			stage.holdChecks(1);
			const options = { fallbackModels: 'sora-2', fallbackOnFailure: true };
			stage.sandbox.addFault({ on: 'create', do: 'job-fails' });
			stage.sandbox.addFault({ on: 'create', do: 'stuck', after: 1 });
			const execution = stage.suspend({ options, seconds: 4, resolution: '720p' });
			await execution.rest();
			await untilTrue(() => stage.sandbox.jobs().length === 2);
			const again = await execution.rest();
			expect(again.status).toBe('waiting');
			const before = stage.sandbox.requests().length;
			stage.sandbox.releaseStuck();
			const result = await execution.end();
			expect(result.error).toBeUndefined();
			expect(result.output(NODE)[0].json).toMatchObject({
				status: 'completed',
				model: 'sora-2',
				fallback: { from: 'p-video' },
			});
			expect(stage.sandbox.jobs().map(({ model }) => model)).toEqual(['p-video', 'sora-2']);
			expect([stage.resumes(), result.runs(AFTER)]).toEqual([2, 1]);
			const checks = stage.sandbox.requests().slice(before);
			expect(checks.filter(({ kind }) => kind === 'status').length).toBeLessThanOrEqual(2);
		});

		test('items that are done keep their place while another is suspended again', async () => {
			stage.holdChecks(3);
			const options = { fallbackModels: 'sora-2', fallbackOnFailure: true };
			stage.sandbox.addFault({ on: 'create', do: 'job-fails' });
			stage.sandbox.addFault({ on: 'create', do: 'stuck', after: 3 });
			const change = { ...scene, options, seconds: 4, resolution: '720p' };
			const execution = stage.suspend(change, scenes(3));
			await untilTrue(() => stage.sandbox.jobs().length === 4);
			await execution.rest();
			stage.sandbox.releaseStuck();
			const result = await execution.end();
			expect(prompts(result, AFTER)).toEqual(['scene 0', 'scene 1', 'scene 2']);
			const files = result.output(AFTER).map(({ binary }) => binary?.data.mimeType);
			expect(files).toEqual(Array(3).fill('video/mp4'));
			// The files of the others may have expired by now, and are not downloaded again.
			expect(stage.requests('media')).toHaveLength(3);
			expect(stage.creates()).toBe(4);
			expect(stage.sandbox.billing().jobs).toBe(3);
		});

		test('Retry On Fail does not create it again within the execution', async () => {
			stage.holdChecks(1);
			const settings = { retryOnFail: true, maxTries: 3, waitBetweenTries: 100 };
			const result = await stage.suspend({ prompt: '[fails]' }, [{ json: {} }], settings).end();
			expect(result.status).toBe('error');
			expect(stage.sandbox.jobs()).toHaveLength(1);
		});

		test('a retry of the execution creates the failed one again and the others not', async () => {
			stage.holdChecks(3);
			const failed = await stage.suspend(oneFails, scenes(3)).end();
			await stage.engine.retry(failed);
			expect(stage.sandbox.jobs().map(({ prompt }) => prompt)).toEqual([
				'scene 0',
				'[fails]',
				'scene 2',
				'[fails]',
			]);
		});
	});

	test('an item that could not be created is reported as in polling, once, when the others are finished', async () => {
		stage.holdChecks(2);
		const prompt = '={{ $json.index === 0 ? "" : "scene " + $json.index }}';
		const result = await stage.suspend({ prompt }, scenes(3), ERROR_OUTPUT).end();
		expect(prompts(result, AFTER)).toEqual(['scene 1', 'scene 2']);
		expect(prompts(result, 'Failed')).toEqual(["'Prompt' is empty"]);
		expect(stage.creates()).toBe(2);
	});

	test('without Continue On Fail, it ends the run before anything is suspended', async () => {
		const prompt = '={{ $json.index === 1 ? "" : "scene " + $json.index }}';
		const options = { itemsAtOnce: 1 };
		const result = await stage.suspend({ prompt, options }, scenes(3)).rest();
		expect(result.status).toBe('error');
		const [{ id }] = stage.sandbox.jobs();
		expect(result.error?.description).toContain(id);
	});

	test('a retry polls for a video whose webhook would resume the old execution', async () => {
		const options = { itemsAtOnce: 1 };
		stage.sandbox.addFault({ on: 'create', do: 'status', status: 400, after: 1 });
		const failed = await stage.suspend({ options }, scenes(2)).rest();
		expect(failed.status).toBe('error');
		stage.holdChecks(1);
		const again = await stage.engine.retry(failed);
		// The first video was polled, so the execution can only be suspended for the second one.
		const { context } = { context: again.data.executionData?.contextData[`node:${NODE}`] };
		expect(stage.sandbox.jobs()).toHaveLength(2);
		expect(again.status === 'success' || JSON.stringify(context).includes('suspension')).toBe(true);
		expect(stage.sandbox.jobs()[0].status).toBe('completed');
	});

	test('a server that is down when the execution resumes is asked again, as in polling', async () => {
		stage.holdChecks(1);
		const execution = stage.suspend();
		await execution.rest();
		// The delivery itself is checked before the outage.
		stage.sandbox.addFault({ on: 'status', do: 'status', status: 503, after: 1, times: 8 });
		const result = await execution.end();
		expect(result.error).toBeUndefined();
		expect(result.output(NODE)[0].json.status).toBe('completed');
		expect([stage.creates(), stage.resumes()]).toEqual([1, 1]);
	});

	test('failed items are sent to the error output at the deadline too', async () => {
		stage.sandbox.addFault({ on: 'create', do: 'stuck' });
		const prompt = '={{ $json.index === 0 ? "" : "scene" }}';
		const waiting = await stage.suspend({ prompt }, scenes(2), ERROR_OUTPUT).rest();
		const result = await stage.engine.resumeByDeadline(waiting);
		expect(prompts(result, AFTER)).toEqual(['scene']);
		expect(prompts(result, 'Failed')).toEqual(["'Prompt' is empty"]);
	});
});

import type { ShownJob } from '../../sandbox/createSandbox.mts';
import { byId, CORES, NODE, sharedStage, small, textToVideo, untilTrue } from './stage.mts';

/** The maximum number of jobs that ran at the same time, according to the server's records. */
function mostAtOnce(jobs: ShownJob[]): number {
	const events = jobs.flatMap(({ createdAt, finishedAt }) => [
		{ at: createdAt, step: 1 },
		{ at: finishedAt ?? Infinity, step: -1 },
	]);
	let running = 0;
	return Math.max(
		...events.sort((a, b) => a.at - b.at || a.step - b.step).map(({ step }) => (running += step)),
	);
}

describe.each(CORES)('items in parallel on %s', (core) => {
	const stage = sharedStage(core, { jobSeconds: 10, paces: { 'sora-2': 50 } });

	const items = (count: number) => [...Array(count).keys()].map((index) => ({ json: { index } }));

	test('ten items, five in parallel, take the time of two jobs, not of ten', async () => {
		stage.sandbox.addFault({ on: 'create', do: 'stuck', times: 10 });
		const { result } = stage.engine.start(stage.workflow(small({ output: 'url' })), {
			pinData: { Start: items(10) },
		});
		// All jobs of a batch end at the same time, so that the number of batches is the number of job durations.
		for (const created of [5, 10]) {
			await untilTrue(() => stage.sandbox.jobs().length === created);
			stage.sandbox.releaseStuck();
		}
		expect((await result).output(NODE)).toHaveLength(10);
		expect(stage.sandbox.jobs()).toHaveLength(10);
		expect(mostAtOnce(stage.sandbox.jobs())).toBe(5);
	});

	test('output keeps the order and the pairing of the input', async () => {
		const result = await stage.run(
			small({ prompt: '={{ "scene " + $json.index }}', output: 'url' }),
			items(6),
		);
		expect(result.output(NODE).map(({ json, pairedItem }) => [json.prompt, pairedItem])).toEqual(
			items(6).map(({ json }) => [`scene ${json.index}`, { item: json.index }]),
		);
	});

	test('500 items, 50 in parallel, are 500 videos in the order of the input', async () => {
		const prompt = '={{ "scene " + $json.index }}';
		const form = small({ prompt, output: 'url', options: { itemsAtOnce: 50 } });
		const output = (await stage.run(form, items(500))).output(NODE);
		expect(output.map(({ json }) => json.prompt)).toEqual(
			items(500).map(({ json }) => `scene ${json.index}`),
		);
		expect(stage.sandbox.billing().jobs).toBe(500);
		expect(mostAtOnce(stage.sandbox.jobs())).toBeLessThanOrEqual(50);
	});

	test("n8n's settings 'Execute Once' and 'Always Output Data' do what they do for any node", async () => {
		const once = await stage.run(small({ output: 'url' }), items(3), { executeOnce: true });
		expect(once.output(NODE)).toHaveLength(1);
		expect(stage.sandbox.jobs()).toHaveLength(1);
		const always = await stage.run(small({ output: 'url' }), items(2), { alwaysOutputData: true });
		expect(always.output(NODE)).toHaveLength(2);
		expect(stage.sandbox.jobs()).toHaveLength(3);
	});

	test("'Items in Parallel' is respected", async () => {
		await stage.run(small({ output: 'url', options: { itemsAtOnce: 2 } }), items(4));
		expect(mostAtOnce(stage.sandbox.jobs())).toBe(2);
	});

	test('with Continue On Fail, a failed item is data and affects no other', async () => {
		const prompt = '={{ $json.index === 1 ? "[blocked]" : "scene" }}';
		const result = await stage.run(small({ prompt, output: 'url' }), items(3), {
			onError: 'continueErrorOutput',
		});

		expect(result.status).toBe('success');
		expect(result.output(NODE, 0).map(({ pairedItem }) => pairedItem)).toMatchObject([
			{ item: 0 },
			{ item: 2 },
		]);
		const [failed] = result.output(NODE, 1);
		expect(failed.json).toMatchObject({
			error: expect.stringMatching(/^Video \S+ was refused by content moderation/),
			message: expect.stringContaining("Change 'Prompt'"),
			...(core === 'n8n-2' && {
				details: { kind: 'contentPolicy', videoId: stage.sandbox.jobs()[1].id },
			}),
		});
	});

	test('without it, the first failure ends the run, no more videos are created, and the others are named', async () => {
		const prompt = '={{ $json.index === 0 ? "[blocked]" : "scene" }}';
		// The videos of the other items take so long that none of them ends first.
		const model = byId('={{ $json.index === 0 ? "p-video" : "sora-2" }}');
		const options = { itemsAtOnce: 3 };
		const result = await stage.run(
			textToVideo({ model, prompt, output: 'url', options }),
			items(9),
		);

		expect(result.status).toBe('error');
		expect(result.error?.itemIndex).toBe(0);
		const jobs = stage.sandbox.jobs();
		expect(jobs).toHaveLength(3);
		for (const { id } of jobs)
			expect(`${result.error?.message} ${result.error?.description}`).toContain(id);
	});
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunResult, WorkflowJson } from '../../engine/createEngine.mts';
import { openSuspendedStage, type SuspendedStage } from './suspendedStage.mts';
import { CORES, untilTrue } from './stage.mts';

/** The examples with webhooks, unchanged. `npm run demo` runs the others. */
describe.each(CORES)('the examples with webhooks on %s', (core) => {
	let stage: SuspendedStage;
	beforeAll(async () => (stage = await openSuspendedStage(core)));
	afterAll(async () => await stage.close());
	afterEach(async () => await stage.sandbox.reset());

	test('wait on webhook call: after the delivery, the video reaches the next node', async () => {
		stage.holdChecks(1);
		const result = await stage.n8n.start(example('04-wait-on-webhook-call')).end();
		expectVideo(result, 'Wait for the Rest');
		expect(stage.sandbox.jobs()).toHaveLength(1);
	});

	test('wait on webhook call: without a delivery, the next node waits for the video', async () => {
		stage.holdChecks(1);
		stage.sandbox.addFault({ on: 'delivery', do: 'lost' });
		const suspended = await stage.n8n.start(example('04-wait-on-webhook-call')).rest();
		expect(suspended.status).toBe('waiting');
		expectVideo(await stage.engine.resumeByDeadline(suspended), 'Wait for the Rest');
		expect(stage.sandbox.jobs()).toHaveLength(1);
	});

	test('two workflows: one creates the video, the other continues with it', async () => {
		const second = { ...example('06-continue-in-another'), id: 'second' };
		const started = stage.n8n.publish(second);
		const first = example('05-create-in-one-workflow');
		const create = first.nodes.find(({ name }) => name === 'Create Video')!;
		const options = { webhookUrl: `${stage.n8n.url}/webhook/second/video` };
		create.parameters = { ...create.parameters, options };

		const created = await stage.engine.run(first);
		const [{ json }] = created.output('Create Video');
		expect(json.status).toBe('queued');
		await untilTrue(() => started.length > 0);
		const result = await started[0].result;
		expectVideo(result, 'Use the Video');
		expect(result.output('Use the Video')[0].json.id).toBe(json.id);
	});
});

function example(name: string): WorkflowJson {
	return JSON.parse(readFileSync(join(process.cwd(), 'examples', `${name}.json`), 'utf8'));
}

function expectVideo(result: RunResult, nodeName: string) {
	expect(result.error).toBeUndefined();
	const found = result
		.output(nodeName)
		.map(({ json, binary }) => [json.status, binary?.data.mimeType]);
	expect(found).toEqual([['completed', 'video/mp4']]);
}

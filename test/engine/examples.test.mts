import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunResult, WorkflowJson } from '../../engine/createEngine.mts';
import { openParkedStage, type ParkedStage } from './suspendedStage.mts';
import { CORES, untilTrue } from './stage.mts';

/** The examples with call-backs as they are; `npm run demo` runs the others. */
describe.each(CORES)('the examples that are called back on %s', (core) => {
	let stage: ParkedStage;
	beforeAll(async () => (stage = await openParkedStage(core)));
	afterAll(async () => await stage.close());
	afterEach(async () => await stage.sandbox.reset());

	test('park-until-called: the video arrives by the call, and the node behind it puts the same one out', async () => {
		stage.holdLooks(1);
		const result = await stage.n8n.start(example('park-until-called')).end();
		expectVideo(result, 'Wait for the Late Ones');
		expect(stage.sandbox.jobs()).toHaveLength(1);
	});

	test('park-until-called: or by the deadline', async () => {
		stage.holdLooks(1);
		stage.sandbox.addFault({ on: 'delivery', do: 'lost' });
		const parked = await stage.n8n.start(example('park-until-called')).rest();
		expect(parked.status).toBe('waiting');
		expectVideo(await stage.engine.resumeByDeadline(parked), 'Wait for the Late Ones');
		expect(stage.sandbox.jobs()).toHaveLength(1);
	});

	test('two workflows: one orders, the other goes on with the video', async () => {
		const goOn = { ...example('two-workflows-go-on'), id: 'go-on' };
		const started = stage.n8n.publish(goOn);
		const order = example('two-workflows-order');
		const options = { webhookUrl: `${stage.n8n.url}/webhook/go-on/video` };
		order.nodes[1].parameters = { ...order.nodes[1].parameters, options };

		const ordered = await stage.engine.run(order);
		const [{ json }] = ordered.output('Order Video');
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

import { createCanvas } from '@napi-rs/canvas';
import type { RunResult } from '../../engine/createEngine.mts';
import {
	AFTER,
	followed,
	openSuspendedStage,
	sharedSuspendedStage,
	prompts,
	scene,
	scenes,
	waitingForWebhook,
} from './suspendedStage.mts';
import { CORES, imageToVideo, NODE, nativeNow, small, untilTrue } from './stage.mts';

const noOp = 'n8n-nodes-base.noOp';

describe.each(CORES)('a suspended execution on %s', (core) => {
	const stage = sharedSuspendedStage(core);

	test('has the same output as polling: items, order, pairing, files and metadata', async () => {
		stage.holdChecks(3);
		const execution = stage.suspend(scene, scenes(3));
		expect((await execution.rest()).status).toBe('waiting');
		const result = await execution.end();
		const polled = await stage.run(small(scene), scenes(3));

		const comparable = ({ output }: RunResult) =>
			output(NODE).map(({ json, binary, pairedItem }) => ({
				prompt: json.prompt,
				keys: Object.keys(json),
				file: { ...(json.file as object), name: '' },
				size: [json.width, json.height, json.seconds, json.cost, json.currency, json.hasAudio],
				binary: [binary?.data.mimeType, binary?.data.fileExtension],
				pairedItem,
			}));
		expect(result.error).toBeUndefined();
		expect(comparable(result)).toEqual(comparable(polled));
		const bytes = await stage.engine.readBinary(result.output(NODE)[2].binary!.data);
		expect(bytes.length).toBe((result.output(NODE)[2].json.file as { bytes: number }).bytes);
	});

	test('is resumed once for several videos: nothing is created twice, and the next node runs once', async () => {
		stage.holdChecks(4);
		const result = await stage.suspend(scene, scenes(4)).end();
		expect(prompts(result, AFTER)).toEqual(['scene 0', 'scene 1', 'scene 2', 'scene 3']);
		expect([result.runs(NODE), result.runs(AFTER), stage.resumes()]).toEqual([1, 1, 1]);
		expect([stage.creates(), stage.sandbox.jobs().length]).toEqual([4, 4]);
		expect(stage.sandbox.billing().jobs).toBe(4);
	});

	test('an expression that changes each time creates nothing again when the node resumes', async () => {
		stage.holdChecks(1);
		const result = await stage.suspend({ prompt: '=scene {{ Math.random() }}' }).end();
		expect(result.error).toBeUndefined();
		expect(stage.sandbox.jobs().map(({ prompt }) => prompt)).toEqual(prompts(result));
	});

	test('an image is read and sent once, in both binary modes', async () => {
		const image = imageToVideo({ waitMode: 'webhook', outputBinaryField: 'film' });
		const file = createCanvas(1280, 720).toBuffer('image/png');
		const items = [{ json: {}, binary: { data: { data: file, mimeType: 'image/png' } } }];
		for (const binaryMode of ['filesystem', 'default'] as const) {
			const own = await openSuspendedStage(
				core,
				{},
				{ binaryMode, credentials: stage.credentials },
			);
			stage.holdChecks(1);
			const options = { pinData: { Start: items } };
			const result = await own.n8n.start(own.workflow(image), options).end();
			expect(result.error).toBeUndefined();
			expect(result.output(NODE)[0].binary?.film.mimeType).toBe('video/mp4');
			await own.close();
		}
		expect(stage.sandbox.jobs()).toHaveLength(2);
		expect(stage.creates()).toBe(2);
	});

	test('two suspended nodes, and one in a loop, each wait for their own videos', async () => {
		const workflow = followed(stage.workflow(waitingForWebhook(scene)));
		const again = { ...workflow.nodes[1], name: AFTER, id: AFTER };
		const nodes = workflow.nodes.map((node) => (node.name === AFTER ? again : node));
		const to = (node: string) => ({ node, type: 'main' as const, index: 0 });
		const pass = (name: string) => ({ ...workflow.nodes[0], id: name, name, type: noOp });
		const result = await stage.n8n
			.start(
				{
					...workflow,
					nodes: [...nodes, pass('First'), pass('Second')],
					connections: {
						Start: { main: [[to('First'), to('Second')]] },
						First: { main: [[to(NODE)]] },
						Second: { main: [[to(NODE)]] },
						[NODE]: { main: [[to(AFTER)]] },
					},
				},
				{ pinData: { Start: scenes(1) } },
			)
			.end();
		expect(result.error).toBeUndefined();
		expect([result.runs(NODE), result.runs(AFTER)]).toEqual([2, 2]);
		expect(stage.sandbox.jobs()).toHaveLength(4);
		expect(stage.creates()).toBe(4);
	});

	test('a node whose name contains braces is resumed', async () => {
		const workflow = followed(stage.workflow(waitingForWebhook()));
		const named = JSON.parse(
			JSON.stringify(workflow).replaceAll(NODE, 'Make }} {{ 1 }}'),
		) as typeof workflow;
		stage.holdChecks(1);
		const result = await stage.n8n.start(named, { pinData: { Start: [{ json: {} }] } }).end();
		expect(result.error).toBeUndefined();
		expect([result.runs(AFTER), stage.statuses()]).toEqual([1, [200]]);
	});

	test('nothing is suspended if the videos are finished by then', async () => {
		const quick = await openSuspendedStage(core, { jobSeconds: 1 });
		quick.sandbox.addFault({ on: 'create', do: 'slow', delayMs: 600, after: 1 });
		const execution = quick.suspend({ ...scene, options: { itemsAtOnce: 1 } }, scenes(2));
		const result = await execution.rest();
		expect(result.status).toBe('success');
		expect(prompts(result)).toEqual(['scene 0', 'scene 1']);
		expect(result.output(NODE)[1].binary?.data.mimeType).toBe('video/mp4');
		expect(quick.sandbox.jobs()).toHaveLength(2);
		await quick.close();
	});

	test('at the deadline the jobs are output, with ID and status', async () => {
		stage.sandbox.addFault({ on: 'create', do: 'stuck', times: 2 });
		const suspendedRun = await stage
			.suspend({ ...scene, options: { parkMinutes: 5 } }, scenes(2))
			.rest();
		const suspendedUntil = new Date(String(suspendedRun.data.waitTill)).getTime();
		expect(suspendedUntil - (await nativeNow())).toBeGreaterThan(4 * 60_000);
		expect(suspendedUntil - (await nativeNow())).toBeLessThan(5 * 60_000);

		const result = await stage.engine.resumeByDeadline(suspendedRun);
		expect(result.status).toBe('success');
		expect(
			result.output(AFTER).map(({ json, pairedItem }) => [json.id, json.status, pairedItem]),
		).toEqual(
			stage.sandbox
				.jobs()
				.map(({ id }, item) => [id, expect.stringMatching(/queued|in_progress/), { item }]),
		);
	});

	test('a following Wait resumes them', async () => {
		stage.sandbox.addFault({ on: 'delivery', do: 'lost', times: 2 });
		stage.holdChecks(2);
		const workflow = followed(stage.workflow(waitingForWebhook(scene)));
		const wait = workflow.nodes.map((node) =>
			node.name === AFTER
				? {
						...node,
						type: 'n8n-nodes-lumenfall.lumenfall',
						parameters: { resource: 'video', operation: 'wait' },
						credentials: workflow.nodes[1].credentials,
					}
				: node,
		);
		const options = { pinData: { Start: scenes(2) } };
		const waiting = await stage.n8n.start({ ...workflow, nodes: wait }, options).rest();
		expect(waiting.status).toBe('waiting');
		const result = await stage.engine.resumeByDeadline(waiting);
		expect(
			result.output(AFTER).map(({ json, binary }) => [json.status, binary?.data.mimeType]),
		).toEqual([
			['completed', 'video/mp4'],
			['completed', 'video/mp4'],
		]);
		expect(stage.sandbox.jobs()).toHaveLength(2);
	});

	test('Stop while the videos are created cancels them and suspends nothing', async () => {
		const slow = await openSuspendedStage(core, { jobSeconds: 600 });
		slow.sandbox.addFault({ on: 'create', do: 'slow', delayMs: 20 });
		const execution = slow.suspend();
		await untilTrue(() => slow.sandbox.jobs().length === 1);
		execution.cancel();
		const result = await execution.rest();
		expect(result.status).toBe('canceled');
		expect(result.data.waitTill).toBeUndefined();
		await untilTrue(() => slow.sandbox.jobs()[0].cancelled);
		await slow.close();
	});

	test('the URL contains the token of n8n 2, and the API key is sent nowhere else', async () => {
		stage.sandbox.addFault({ on: 'create', do: 'stuck' });
		const waiting = await stage.suspend().rest();
		const [{ webhookUrl, body }] = stage.sandbox.jobs();
		const path = `/webhook-waiting/${waiting.executionId}/video`;
		expect(webhookUrl).toMatch(
			new RegExp(`^${stage.n8n.url}${path}${core === 'n8n-2' ? '\\?signature=\\w+' : ''}$`),
		);
		expect(body.webhook_url).toBe(webhookUrl);
		expect(JSON.stringify(waiting.data)).not.toContain(stage.sandbox.apiKey);
		expect(JSON.stringify(waiting.data)).not.toContain(stage.sandbox.webhookSecret);
	});
});

import { createCanvas } from '@napi-rs/canvas';
import type { RunResult } from '../../engine/createEngine.mts';
import {
	AFTER,
	followed,
	nativeNow,
	openFarStage,
	openSuspendedStage,
	waitingForWebhook,
	type SuspendedStage,
} from './suspendedStage.mts';
import { CORES, imageToVideo, NODE, small, untilTrue } from './stage.mts';

const GOES_ON = { onError: 'continueRegularOutput' };
const ERROR_OUTPUT = { onError: 'continueErrorOutput' };

const noOp = 'n8n-nodes-base.noOp';
const scenes = (count: number) => [...Array(count).keys()].map((index) => ({ json: { index } }));
const scene = { prompt: '={{ "scene " + $json.index }}' };
const oneFails = { prompt: '={{ $json.index === 1 ? "[fails]" : "scene " + $json.index }}' };

describe.each(CORES)('a suspended execution on %s', (core) => {
	let stage: SuspendedStage;
	beforeAll(async () => (stage = await openSuspendedStage(core)));
	afterAll(async () => await stage.close());
	afterEach(async () => {
		await stage.sandbox.reset();
		stage.n8n.calls().splice(0);
		stage.log.splice(0);
	});
	const prompts = (result: RunResult, node = NODE, branch = 0) =>
		result.output(node, branch).map(({ json }) => json.prompt ?? json.error);
	const resumes = () => stage.n8n.calls().filter(({ hasEffect }) => hasEffect).length;
	const statuses = () => stage.n8n.calls().map(({ status }) => status);

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
		expect([result.runs(NODE), result.runs(AFTER), resumes()]).toEqual([1, 1, 1]);
		expect([stage.creates(), stage.sandbox.jobs().length]).toEqual([4, 4]);
		expect(stage.sandbox.billing().jobs).toBe(4);
	});

	test('the delivery about one video of several gets a response, and leaves the execution suspended', async () => {
		stage.sandbox.addFault({ on: 'create', do: 'stuck' });
		stage.holdChecks(2);
		const execution = stage.suspend(scene, scenes(2));
		const waiting = await execution.rest();
		await untilTrue(() => stage.n8n.calls().length > 0 && statuses().at(-1) === 200);
		expect(await execution.rest()).toBe(waiting);
		expect(stage.n8n.calls()).toHaveLength(1);
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

	test('duplicate deliveries resume once', async () => {
		stage.sandbox.addFault({ on: 'delivery', do: 'double', times: 3 });
		stage.holdChecks(3);
		const result = await stage.suspend(scene, scenes(3)).end();
		await untilTrue(() => stage.n8n.calls().length >= 6);
		expect(result.status).toBe('success');
		expect(resumes()).toBe(1);
		expect(stage.sandbox.jobs()).toHaveLength(3);
	});

	test('an early delivery has no effect, and neither has one after the end', async () => {
		stage.sandbox.addFault({ on: 'delivery', do: 'late', seconds: 60 });
		stage.holdChecks(3);
		const execution = stage.suspend(scene, scenes(3));
		const result = await execution.end();
		expect(prompts(result)).toEqual(['scene 0', 'scene 1', 'scene 2']);
		await untilTrue(
			() => stage.n8n.calls().length > 3 || statuses().filter((s) => s === 409).length > 0,
		);
		expect(await execution.rest()).toBe(result);
		expect(resumes()).toBe(1);
	});

	test('a forged delivery is refused, every time, and leaves the execution suspended', async () => {
		stage.sandbox.addFault({ on: 'delivery', do: 'forged' });
		stage.holdChecks(1);
		const execution = stage.suspend();
		await execution.rest();
		await untilTrue(() => statuses().includes(401));
		const waiting = await execution.rest();
		expect(waiting.status).toBe('waiting');
		expect(statuses()).not.toContain(200);

		const [{ id }] = stage.sandbox.jobs();
		const good = await stage.signed('video.completed', id);
		const tampered = { ...good, body: String(good.body).replace('completed', 'cancelled') };
		const unsigned = { ...good, headers: { 'content-type': 'application/json' } };
		for (const call of [tampered, unsigned]) {
			const answer = await stage.deliver(waiting, call);
			expect([answer.status, answer.execution]).toEqual([401, undefined]);
		}
		const genuine = await stage.deliver(waiting, good);
		expect(genuine.status).toBe(200);
		expect((await genuine.execution?.result)?.status).toBe('success');
	});

	test('a replayed delivery is refused, and so is one from the future', async () => {
		stage.sandbox.addFault({ on: 'delivery', do: 'stale' });
		stage.holdChecks(1);
		const execution = stage.suspend();
		await execution.rest();
		await untilTrue(() => statuses().includes(401));
		const waiting = await execution.rest();
		expect(waiting.status).toBe('waiting');
		const [{ id }] = stage.sandbox.jobs();
		const early = await stage.signed('video.completed', id, { ageMs: -400_000 });
		expect((await stage.deliver(waiting, early)).status).toBe(401);
	});

	test("a delivery about another execution's video, or none, is refused", async () => {
		stage.sandbox.addFault({ on: 'create', do: 'stuck' });
		const waiting = await stage.suspend().rest();
		await stage.run(small({ waitMode: 'none' }));
		const [, other] = stage.sandbox.jobs();
		for (const id of [other.id, other.id.replace('video', 'req'), 'video_nobody'])
			expect((await stage.deliver(waiting, await stage.signed('video.completed', id))).status).toBe(
				404,
			);

		const nonsense = await stage.signed('video.completed', '');
		expect((await stage.deliver(waiting, nonsense)).status).toBe(400);
	});

	test('a delivery that arrives before the API reports the end gets a 503, so that it is retried', async () => {
		stage.holdChecks(2);
		const result = await stage.suspend().end();
		expect(statuses().filter((status) => status !== 409)).toEqual([503, 200]);
		expect(result.status).toBe('success');
	});

	test('a delivery during an outage of the API gets a 503, so that it is retried', async () => {
		stage.holdChecks(1);
		const execution = stage.suspend();
		const waiting = await execution.rest();
		const [{ id }] = stage.sandbox.jobs();
		stage.sandbox.addFault({ on: 'any', do: 'reset-before' });
		const call = await stage.signed('video.completed', id);
		const answer = await stage.deliver(waiting, call);
		expect([answer.status, answer.execution]).toEqual([503, undefined]);
		expect((await execution.end()).status).toBe('success');
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

	test('a video that the server has deleted counts as ended', async () => {
		stage.sandbox.addFault({ on: 'create', do: 'stuck' });
		const waiting = await stage.suspend().rest();
		const [{ id }] = stage.sandbox.jobs();
		stage.sandbox.addFault({ on: 'status', do: 'status', status: 404, times: 9 });
		const answer = await stage.deliver(waiting, await stage.signed('video.cancelled', id));
		const result = await answer.execution?.result;
		expect(result?.error?.message).toContain(`Video ${id} was not found on the server`);
		expect(stage.sandbox.jobs()).toHaveLength(1);
	});

	test('a video is recognised by both of its IDs', async () => {
		const other = await openSuspendedStage(core, { deliveryIds: 'video' });
		other.holdChecks(1);
		expect((await other.suspend().end()).status).toBe('success');
		await other.close();
	});

	test('a node whose name contains braces is resumed', async () => {
		const workflow = followed(stage.workflow(waitingForWebhook()));
		const named = JSON.parse(
			JSON.stringify(workflow).replaceAll(NODE, 'Make }} {{ 1 }}'),
		) as typeof workflow;
		stage.holdChecks(1);
		const result = await stage.n8n.start(named, { pinData: { Start: [{ json: {} }] } }).end();
		expect(result.error).toBeUndefined();
		expect([result.runs(AFTER), statuses()]).toEqual([1, [200]]);
	});

	test('a delivery that arrives before the execution is suspended is retried', async () => {
		const quick = await openSuspendedStage(core, { jobSeconds: 1 });
		// The second create responds long after both videos are finished and delivered.
		quick.sandbox.addFault({ on: 'create', do: 'slow', delayMs: 600, after: 1 });
		quick.holdChecks(2);
		const result = await quick.suspend({ ...scene, options: { itemsAtOnce: 1 } }, scenes(2)).end();
		const [first] = quick.n8n.calls();
		expect(first.status).toBe(409);
		expect(prompts(result)).toEqual(['scene 0', 'scene 1']);
		await quick.close();
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
			expect([resumes(), result.runs(AFTER)]).toEqual([2, 1]);
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

	test('failed items are sent to the error output at the deadline too', async () => {
		stage.sandbox.addFault({ on: 'create', do: 'stuck' });
		const prompt = '={{ $json.index === 0 ? "" : "scene" }}';
		const waiting = await stage.suspend({ prompt }, scenes(2), ERROR_OUTPUT).rest();
		const result = await stage.engine.resumeByDeadline(waiting);
		expect(prompts(result, AFTER)).toEqual(['scene']);
		expect(prompts(result, 'Failed')).toEqual(["'Prompt' is empty"]);
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

describe.each(CORES)('if an execution cannot be suspended on %s', (core) => {
	const elsewhere = async () => {
		const stage = await openSuspendedStage(core);
		const far = await openFarStage(core, stage.sandbox);
		return { stage, far, close: async () => void (await far.close(), await stage.close()) };
	};
	const sent = (stage: SuspendedStage) => stage.sandbox.requests().map(({ method }) => method);

	test('without a public URL, a helpful error is returned before anything is sent', async () => {
		const { stage, far, close } = await elsewhere();
		const result = await far.suspend().rest();
		expect(result.error?.message).toMatch(
			/^'Wait' is 'On Webhook Call', which is not possible here: the server cannot call this n8n at http:\/\/127\.0\.0\.1:\d+, because it refers to this machine only/,
		);
		expect(result.error?.description).toMatch(
			/WEBHOOK_URL.*'Until the Video Is Ready'.*Nothing was created/,
		);
		expect(sent(stage)).toEqual([]);
		await close();
	});

	test('with the option, the running execution polls instead', async () => {
		const { stage, far, close } = await elsewhere();
		const result = await far.suspend({ options: { ifCannotPark: 'poll' } }).rest();
		expect(result.error).toBeUndefined();
		expect(result.output(NODE)[0].binary?.data.mimeType).toBe('video/mp4');
		expect(stage.sandbox.jobs()[0].webhookUrl).toBeUndefined();
		expect(far.log.join('\n')).toMatch(
			/polls instead of waiting for a webhook.*refers to this machine only/,
		);
		await close();
	});

	test('a public URL is used', async () => {
		const { stage, far, close } = await elsewhere();
		stage.sandbox.addFault({ on: 'create', do: 'stuck' });
		const webhookWaitingBaseUrl = 'https://n8n.example.com/webhook-waiting';
		const waiting = await far.engine.run(far.workflow(waitingForWebhook()), {
			webhookWaitingBaseUrl,
		});
		expect(waiting.status).toBe('waiting');
		expect(stage.sandbox.jobs()[0].webhookUrl).toMatch(
			new RegExp(`^${webhookWaitingBaseUrl}/${waiting.executionId}/video`),
		);
		await close();
	});

	test.each([
		['error', undefined],
		['poll', 'video/mp4'],
	])('a server without webhooks: %s', async (ifCannotPark, file) => {
		const stage = await openSuspendedStage(core, { dialect: 'openai' });
		const change = { model: 'sora-2', seconds: 4, resolution: '720p', options: { ifCannotPark } };
		const result = await stage.suspend(change).rest();
		expect(result.output(NODE)[0]?.binary?.data.mimeType).toBe(file);
		if (!file) {
			expect(result.error?.message).toMatch(/does not send webhooks/);
			expect(stage.sandbox.requests()).toEqual([]);
		}
		await stage.close();
	});

	test('a key without permission to read the secret is refused', async () => {
		const stage = await openSuspendedStage(core);
		stage.sandbox.addFault({ on: 'any', do: 'status', status: 403 });
		const result = await stage.suspend().rest();
		expect(result.error?.message).toMatch(/the secret that signs its webhooks could not be read/);
		expect(stage.sandbox.jobs()).toEqual([]);
		await stage.close();
	});

	test('a second URL of the user is refused', async () => {
		const stage = await openSuspendedStage(core);
		const webhook_url = 'https://n8n.example.com/webhook/1/video';
		for (const change of [
			// An expression keeps both fields visible. Otherwise n8n drops the hidden one.
			{ waitMode: '={{ "webhook" }}', options: { webhookUrl: webhook_url } },
			{ options: { additionalParameters: JSON.stringify({ webhook_url }) } },
		]) {
			const result = await stage.suspend(change).rest();
			expect(result.error?.message).toMatch(/'Webhook URL' is set|must not contain 'webhook_url'/);
		}
		expect(stage.sandbox.jobs()).toEqual([]);
		await stage.close();
	});
});

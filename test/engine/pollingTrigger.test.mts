import type { RunningExecution, WorkflowJson } from '../../engine/createEngine.mts';
import type { SandboxOptions } from '../../sandbox/createSandbox.mts';
import type { WebhookServer } from '../../engine/webhookServer.mts';
import { native } from '../support/native.mts';
import { CORES, openStage, small, untilTrue, type Stage } from './stage.mts';

const TRIGGER = 'Video Has Ended';
const ALL = ['video.completed', 'video.failed', 'video.cancelled'];
const scenes = (count: number) => [...Array(count).keys()].map((index) => ({ json: { index } }));
const scene = { prompt: '={{ "scene " + $json.index }}', waitMode: 'none' };

describe.each(CORES)('the polling trigger on %s', (core) => {
	let stage: Stage;
	const open = async (options: SandboxOptions = {}) =>
		(stage = await openStage(core, { renderer: 'tiny', ...options }));
	afterEach(async () => await stage.close());

	/** A workflow whose trigger reads the server's list. */
	const polling = (parameters: object = {}): WorkflowJson => {
		const trigger = {
			...stage.workflow({}).nodes[1],
			id: TRIGGER,
			name: TRIGGER,
			type: 'n8n-nodes-lumenfall.lumenfallTrigger',
			parameters: { noticeBy: 'list', events: ALL, ...parameters },
		} as WorkflowJson['nodes'][number];
		return { id: 'polling', name: 'polling', nodes: [trigger], connections: {} };
	};
	const haveEnded = async (count: number) =>
		await untilTrue(
			() => stage.sandbox.jobs().filter(({ finishedAt }) => finishedAt).length >= count,
		);
	const itemsOf = async (execution: RunningExecution | undefined) => {
		const result = await execution?.result;
		if (result?.error) throw new Error(result.error.message);
		return result?.output(TRIGGER) ?? [];
	};

	test.each(['lumenfall', 'openai', 'vllm-omni'] as const)(
		'on %s a video that ends after the activation starts it once, with its file',
		async (dialect) => {
			await open({ dialect });
			const model = dialect === 'lumenfall' ? {} : { model: 'sora-2', seconds: 4 };
			const video = small({
				...scene,
				...model,
				...(dialect !== 'lumenfall' && { resolution: '720p', aspectRatio: '16:9' }),
			});
			await stage.run(video, scenes(2));
			await haveEnded(2);
			const active = await stage.engine.activate(polling());
			expect(active.first).toBeUndefined();

			const created = await stage.run(video, scenes(1));
			expect(created.error).toBeUndefined();
			await haveEnded(3);
			const items = await itemsOf(await active.poll());
			const newest = stage.sandbox.jobs().at(-1)!;
			expect(items).toHaveLength(1);
			expect(items[0].json).toMatchObject({
				id: newest.id,
				status: 'completed',
				event: 'video.completed',
				file: { mimeType: 'video/mp4', bytes: expect.any(Number) },
			});
			expect(items[0].binary?.data.mimeType).toBe('video/mp4');
			expect(await active.poll()).toBeUndefined();
		},
	);

	test('each of fifty videos is output once, across several pages and restarts', async () => {
		await open({ jobSeconds: 60, paces: { 'p-video': 1 } });
		const workflow = polling({ download: false });
		let active = await stage.engine.activate(workflow);
		const found: string[] = [];
		const collect = async (execution: RunningExecution | undefined) =>
			found.push(...(await itemsOf(execution)).map(({ json }) => String(json.id)));
		for (let round = 0; round < 5; round++) {
			await stage.run(small(scene), scenes(10));
			await haveEnded(round * 10 + 5);
			await collect(await active.poll());
			active = await stage.engine.activate(workflow);
			await collect(active.first);
		}
		await haveEnded(50);
		await collect(await active.poll());
		expect(found.sort()).toEqual(
			stage.sandbox
				.jobs()
				.map(({ id }) => id)
				.sort(),
		);
	});

	test('failed and cancelled videos are items, if they are selected', async () => {
		await open();
		const active = await stage.engine.activate(polling({ events: ['video.failed'] }));
		await stage.run(
			small({ ...scene, prompt: '={{ $json.index ? "[fails]" : "scene" }}' }),
			scenes(2),
		);
		await haveEnded(2);
		const [failed, ...more] = await itemsOf(await active.poll());
		expect(more).toEqual([]);
		expect(failed.json).toMatchObject({ status: 'failed', event: 'video.failed' });
	});

	test('a video that cannot be downloaded does not affect the others', async () => {
		await open();
		const active = await stage.engine.activate(polling());
		await stage.run(small(scene), scenes(2));
		await haveEnded(2);
		stage.sandbox.addFault({ on: 'status', do: 'status', status: 404, times: 1 });
		const items = await itemsOf(await active.poll());
		const files = items.filter(({ binary }) => binary?.data);
		const failed = items.filter(({ json }) => json.error !== undefined);
		expect([files.length, failed.length]).toEqual([1, 1]);
		expect(failed[0].json).toMatchObject({ details: { videoId: expect.any(String) } });
	});

	test('a server that is down is polled again, and nothing is lost', async () => {
		await open();
		const active = await stage.engine.activate(polling({ download: false }));
		await stage.run(small(scene), scenes(1));
		await haveEnded(1);
		stage.sandbox.addFault({ on: 'any', do: 'status', status: 503, times: 4 });
		expect(await active.poll()).toBeUndefined();
		expect(stage.log.join('\n')).toMatch(/list of videos could not be read/);
		expect(await itemsOf(await active.poll())).toHaveLength(1);
	});

	test('a trigger that cannot poll cannot be activated, and the error contains the reason', async () => {
		await open({ dialect: 'openrouter' });
		await expect(stage.engine.activate(polling())).rejects.toThrow(/list/);
		await expect(stage.engine.activate(polling({ events: ['video.finished'] }))).rejects.toThrow(
			/^'Events' is 'video.finished'/,
		);
	});

	test('a test run in the editor shows the newest video of the list', async () => {
		await open();
		const empty = await stage.engine.run(polling({ download: false }), {});
		expect(empty.error?.message).toMatch(/No video in the server's list has ended/);
		await stage.run(small(scene), scenes(1));
		await haveEnded(1);
		const result = await stage.engine.run(polling({ download: false }), {});
		expect(result.output(TRIGGER)[0].json).toMatchObject({
			id: stage.sandbox.jobs()[0].id,
			event: 'video.completed',
		});
	});

	test('a trigger that waits for webhook calls does not poll', async () => {
		await open();
		const before = stage.sandbox.requests().length;
		const active = await stage.engine.activate(polling({ noticeBy: 'webhook' }));
		await active.poll();
		expect(stage.sandbox.requests()).toHaveLength(before);
	});

	describe('with videos that were registered', () => {
		const URL = (server: WebhookServer) => `${server.url}/webhook/polling/video`;
		const register = { waitMode: 'none' };
		let n8n: WebhookServer;
		beforeEach(async () => {
			await open({ dialect: 'openrouter' });
			const { openWebhookServer } = await native<typeof import('../../engine/webhookServer.mts')>(
				'./engine/webhookServer.mts',
			);
			n8n = await openWebhookServer(stage.engine);
			stage.alsoClose(n8n);
		});
		const create = async (count = 1, change: object = {}) =>
			await stage.run(
				small({ ...scene, ...register, options: { triggerUrl: URL(n8n) }, ...change }),
				scenes(count),
			);
		const publish = async (parameters: object = {}) => {
			// n8n has one workflow in its database, for its calls and for its poll.
			const workflow = { ...polling({ noticeBy: 'registered', ...parameters }), id: 'polling' };
			n8n.publish(workflow);
			return { workflow, active: await stage.engine.activate(workflow) };
		};

		test('each starts the workflow once, without a list, over restarts', async () => {
			const { workflow, active } = await publish();
			const created = await create(3);
			expect(created.error).toBeUndefined();
			await haveEnded(3);
			const items = await itemsOf(await active.poll());
			expect(items.map(({ json }) => json.id).sort()).toEqual(
				stage.sandbox
					.jobs()
					.map(({ id }) => id)
					.sort(),
			);
			expect(items[0].json).toMatchObject({ status: 'completed', event: 'video.completed' });
			expect(items[0].binary?.data.mimeType).toBe('video/mp4');
			expect(await active.poll()).toBeUndefined();
			expect((await stage.engine.activate(workflow)).first).toBeUndefined();
		});

		test('a video that is registered before a restart is found after it', async () => {
			const { workflow } = await publish();
			await create();
			await haveEnded(1);
			// Another process knows only what n8n has saved.
			const stored = JSON.parse(JSON.stringify(workflow)) as typeof workflow;
			const { first } = await stage.engine.activate(stored);
			expect(await itemsOf(first)).toHaveLength(1);
		});

		test('a registration that comes twice, also after the end, starts it once', async () => {
			const { active } = await publish();
			await create();
			const [{ id }] = stage.sandbox.jobs();
			await haveEnded(1);
			expect(await itemsOf(await active.poll())).toHaveLength(1);
			await stage.run({ operation: 'get', videoId: id });
			const again = n8n.calls()[0].call;
			await fetch(URL(n8n), { method: 'POST', headers: again.headers, body: String(again.body) });
			expect(await active.poll()).toBeUndefined();
		});

		test('a trigger with another credential, and one that is not there, are errors that name the video', async () => {
			const missing = await create();
			expect(missing.error?.message).toMatch(/was created, but the trigger at .* \(HTTP 404\)/);
			const [{ id }] = stage.sandbox.jobs();
			expect(missing.error?.message).toContain(id);

			const { active } = await publish();
			const again = await stage.engine.retry(missing);
			expect(again.error).toBeUndefined();
			expect(stage.sandbox.jobs()).toHaveLength(1);
			await haveEnded(1);
			expect(await itemsOf(await active.poll())).toHaveLength(1);

			const body = JSON.stringify({ type: 'video.created', data: { id: 'made-up' } });
			const headers = { 'x-lumenfall-node-signature': `t=${Date.now()},v1=${'0'.repeat(64)}` };
			expect((await fetch(URL(n8n), { method: 'POST', headers, body })).status).toBe(401);
		});

		test('what is not a URL is refused before anything is created', async () => {
			const result = await create(1, { options: { triggerUrl: 'polling' } });
			expect(result.error?.message).toMatch(/^'Register With Trigger' is 'polling'/);
			expect(stage.sandbox.jobs()).toEqual([]);
		});
	});
});

import type { RunningExecution, WorkflowJson } from '../../engine/createEngine.mts';
import { openFarStage, openSuspendedStage, type SuspendedStage } from './suspendedStage.mts';
import { CORES, NODE, small, untilTrue } from './stage.mts';

const TRIGGER = 'Video Has Ended';
const ALL = ['video.completed', 'video.failed', 'video.cancelled'];

describe.each(CORES)('the trigger on %s', (core) => {
	let stage: SuspendedStage;
	beforeAll(async () => (stage = await openSuspendedStage(core)));
	afterAll(async () => await stage.close());
	afterEach(async () => {
		await stage.sandbox.reset();
		stage.n8n.calls().splice(0);
	});

	let published = 0;
	/** Publishes a workflow that starts with the trigger. */
	const publish = (parameters: object = {}, on = stage) => {
		const id = `flow-${++published}`;
		const trigger = {
			...on.workflow({}).nodes[1],
			id: TRIGGER,
			name: TRIGGER,
			type: 'n8n-nodes-lumenfall.lumenfallTrigger',
			parameters: { events: ALL, ...parameters },
		} as WorkflowJson['nodes'][number];
		const workflow = { id, name: id, nodes: [trigger], connections: {} };
		const started = on.n8n.publish(workflow);
		return { url: `${on.n8n.url}/webhook/${id}/video`, workflow, started };
	};
	const create = async (webhookUrl: string, change: object = {}) =>
		await stage.run(small({ waitMode: 'none', options: { webhookUrl }, ...change }));
	const firstOf = async (started: RunningExecution[]) => {
		await untilTrue(() => started.length > 0);
		return await started[0].result;
	};
	const statuses = () => stage.n8n.calls().map(({ status }) => status);

	test('a finished video starts the workflow, with its file and all metadata', async () => {
		const { url, started } = publish();
		await create(url);
		const result = await firstOf(started);
		expect(result.error).toBeUndefined();
		const [item] = result.output(TRIGGER);
		expect(item.json).toMatchObject({
			id: stage.sandbox.jobs()[0].id,
			status: 'completed',
			event: 'video.completed',
			prompt: 'scene',
			cost: expect.any(Number),
			file: { mimeType: 'video/mp4', bytes: expect.any(Number) },
		});
		expect(item.binary?.data.mimeType).toBe('video/mp4');
		await untilTrue(() => statuses().length > 0);
		expect(statuses()).toEqual([200]);
	});

	test('a delivery that arrives before the API reports the end also brings the file', async () => {
		const { url, started } = publish();
		stage.holdChecks(2);
		await create(url);
		const [item] = (await firstOf(started)).output(TRIGGER);
		expect(item.json).toMatchObject({ status: 'completed', event: 'video.completed' });
		expect(item.binary?.data.mimeType).toBe('video/mp4');
	});

	test('without the file, and under another field name', async () => {
		const bare = publish({ download: false });
		await create(bare.url);
		const [item] = (await firstOf(bare.started)).output(TRIGGER);
		expect([item.json.status, item.binary]).toEqual(['completed', undefined]);

		const named = publish({ outputBinaryField: 'film', options: { fileName: 'boat.mp4' } });
		await create(named.url);
		const [other] = (await firstOf(named.started)).output(TRIGGER);
		expect(other.binary?.film.fileName).toBe('boat.mp4');
	});

	test('a failed video is reported with the reason, as an item', async () => {
		const { url, started } = publish();
		await create(url, { prompt: '[fails]' });
		const [failed] = (await firstOf(started)).output(TRIGGER);
		expect(failed.json).toMatchObject({
			status: 'failed',
			event: 'video.failed',
			failure: { code: 'ALL_PROVIDERS_EXHAUSTED' },
		});
	});

	test('a cancelled video is reported, too', async () => {
		stage.sandbox.addFault({ on: 'create', do: 'stuck' });
		const { url, started } = publish();
		const created = await create(url);
		await stage.run({ operation: 'cancel', videoId: created.output(NODE)[0].json.id });
		const [cancelled] = (await firstOf(started)).output(TRIGGER);
		expect(cancelled.json).toMatchObject({ status: 'cancelled', event: 'video.cancelled' });
	});

	test('a cancelled video that the server has deleted is reported by its ID', async () => {
		const { url, started } = publish();
		expect(await post(url, await stage.signed('video.cancelled', 'video_gone'))).toBe(200);
		expect((await firstOf(started)).output(TRIGGER)[0].json).toEqual({
			id: 'video_gone',
			status: 'cancelled',
			event: 'video.cancelled',
		});
	});

	test('only the selected events start it; the others get a successful response too', async () => {
		const { url, started } = publish({ events: ['video.failed'] });
		await create(url);
		await untilTrue(() => statuses().length > 0);
		expect([statuses(), started.length]).toEqual([[200], 0]);
	});

	test('the events may come from an expression, also as a single value', async () => {
		const { url, started } = publish({ events: '={{ "video.completed" }}' });
		await create(url);
		expect((await firstOf(started)).output(TRIGGER)[0].json.event).toBe('video.completed');
	});

	test('a duplicate delivery starts it once, simultaneously and later', async () => {
		stage.sandbox.addFault({ on: 'delivery', do: 'double' });
		const { url, started } = publish();
		await create(url);
		await firstOf(started);
		await untilTrue(() => statuses().length >= 2);
		const [{ id }] = stage.sandbox.jobs();
		const again = await stage.signed('video.completed', id.replace('video', 'req'));
		expect([await post(url, again), await post(url, again)]).toEqual([200, 200]);
		expect(started).toHaveLength(1);
	});

	test('a forged or replayed delivery starts nothing', async () => {
		const { url, started } = publish();
		const secret = `whsec_${Buffer.from('another secret').toString('base64')}`;
		const forged = await stage.signed('video.completed', 'video_1', { secret });
		const replayed = await stage.signed('video.completed', 'video_1', { ageMs: 400_000 });
		const unsigned = { ...forged, headers: { 'content-type': 'application/json' } };
		for (const call of [forged, replayed, unsigned]) expect(await post(url, call)).toBe(401);
		expect(started).toEqual([]);
	});

	test('if the secret cannot be read, the delivery gets a 503, so that it is retried', async () => {
		// The secret is cached for a minute, so this needs a server without a cached secret.
		const fresh = await openSuspendedStage(core);
		const { url, started } = publish({}, fresh);
		const call = await fresh.signed('video.cancelled', 'video_gone');
		fresh.sandbox.addFault({ on: 'any', do: 'reset-before' });
		const answers = [await post(url, call)];
		while (answers.at(-1) === 503) answers.push(await post(url, call));
		expect([answers[0], answers.at(-1)]).toEqual([503, 200]);
		expect((await firstOf(started)).status).toBe('success');
		await fresh.close();
	});

	test('a failed download is an error of the execution, and a retry downloads the file', async () => {
		stage.sandbox.addFault({ on: 'media', do: 'html', times: 4 });
		const { url, started } = publish();
		await create(url);
		const failed = await firstOf(started);
		const [{ id }] = stage.sandbox.jobs();
		expect(failed.error?.message).toContain(id);
		const again = await stage.engine.retry(failed);
		expect(again.output(TRIGGER)[0].binary?.data.mimeType).toBe('video/mp4');
	});

	test('in the editor the same delivery starts it every time', async () => {
		const call = await stage.signed('video.cancelled', 'video_gone');
		const { workflow } = publish();
		const url = '/webhook-test/1/video';
		for (let round = 0; round < 2; round++) {
			const { execution } = await stage.engine.receive(workflow, { ...call, url }, 'manual');
			expect((await execution?.result)?.status).toBe('success');
		}
	});

	test('the sandbox can send a test delivery', async () => {
		const { url, started } = publish();
		await stage.sandbox.testDelivery(url);
		const [item] = (await firstOf(started)).output(TRIGGER);
		expect(item.json.prompt).toBe('A test delivery');
	});

	test('a URL that the server would not call is refused before the create', async () => {
		const far = await openFarStage(core, stage.sandbox);
		for (const [webhookUrl, why] of [
			['http://n8n.example.com/webhook/1/video', /does not start with https/],
			['https://203.0.113.7/webhook/1/video', /IP address instead of a host name/],
			['https://n8n.example.com:5678/webhook/1/video', /port is 5678/],
			['webhook', /not a URL/],
		] as const) {
			const result = await far.run(small({ waitMode: 'none', options: { webhookUrl } }));
			expect(result.error?.message).toMatch(/^'Webhook URL' is /);
			expect(result.error?.message).toMatch(why);
		}
		expect(stage.sandbox.requests()).toEqual([]);
		await far.close();
	});

	test('a server without webhooks accepts no URL', async () => {
		const openai = await openSuspendedStage(core, { dialect: 'openai' });
		const options = { webhookUrl: 'https://n8n.example.com/webhook/1/video' };
		const result = await openai.run(small({ model: 'sora-2', waitMode: 'none', options }));
		expect(result.error?.message).toMatch(/does not send webhooks/);
		expect(openai.sandbox.requests()).toEqual([]);
		await openai.close();
	});
});

async function post(
	url: string,
	{ headers, body }: { headers: Record<string, string>; body: string | Buffer },
): Promise<number> {
	return (await fetch(url, { method: 'POST', headers, body: String(body) })).status;
}

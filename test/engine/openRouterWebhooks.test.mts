import { createHmac } from 'node:crypto';
import type { IncomingCall, RunningExecution, WorkflowJson } from '../../engine/createEngine.mts';
import type { Fault } from '../../sandbox/createSandbox.mts';
import { openSuspendedStage, type SuspendedStage } from './suspendedStage.mts';
import { CORES, NODE, nativeNow, RETRY, small, untilTrue } from './stage.mts';

const TRIGGER = 'Video Has Ended';

/** A delivery with OpenRouter's signature, or without one if there is no secret. */
async function deliveryOf(
	id: string,
	{ status = 'completed', secret = '', ageMs = 0 } = {},
): Promise<IncomingCall> {
	const type = `video.generation.${status}`;
	const body = JSON.stringify({ type, data: { id, status } });
	const t = Math.floor(((await nativeNow()) - ageMs) / 1000);
	const digest = createHmac('sha256', secret).update(`${t},${body}`).digest('hex');
	return {
		url: '/webhook-waiting/0/video',
		headers: {
			'content-type': 'application/json',
			'x-openrouter-idempotency-key': `${id}-${status}`,
			...(secret && { 'x-openrouter-signature': `t=${t},v1=${digest}` }),
		},
		body,
	};
}

const scenes = (count: number) => [...Array(count).keys()].map((index) => ({ json: { index } }));
const scene = { prompt: '={{ "scene " + $json.index }}' };

describe.each(CORES)('on %s', (core) => {
	describe.each([
		['signs its webhooks', true],
		['has no webhook secret', false],
	])('an OpenRouter workspace that %s', (_, signsWebhooks) => {
		let stage: SuspendedStage;
		beforeAll(async () => {
			stage = await openSuspendedStage(core, { dialect: 'openrouter', signsWebhooks });
		});
		afterAll(async () => await stage.close());
		afterEach(async () => {
			await stage.sandbox.reset();
			stage.n8n.calls().splice(0);
		});
		const statuses = () => stage.n8n.calls().map(({ status }) => status);
		const resumes = () => stage.n8n.calls().filter(({ hasEffect }) => hasEffect).length;
		const secret = () => (signsWebhooks ? stage.sandbox.webhookSecret : '');
		const stuck = async (change: object = {}) => {
			stage.sandbox.addFault({ on: 'create', do: 'stuck' });
			const execution = stage.suspend(change);
			const suspended = await execution.rest();
			return { execution, suspended, id: stage.sandbox.jobs()[0].id };
		};

		test('resumes a suspended execution with its videos, once, without polling', async () => {
			stage.sandbox.addFault({ on: 'delivery', do: 'double', times: 3 });
			stage.holdChecks(3);
			const execution = stage.suspend(scene, scenes(3));
			expect((await execution.rest()).status).toBe('waiting');
			const result = await execution.end();
			expect(result.error).toBeUndefined();
			expect(result.output(NODE).map(({ json }) => json.prompt)).toEqual([
				'scene 0',
				'scene 1',
				'scene 2',
			]);
			expect(result.output(NODE)[0].binary?.data.mimeType).toBe('video/mp4');
			await untilTrue(() => stage.n8n.calls().length >= 6);
			expect([resumes(), stage.sandbox.billing().jobs]).toEqual([1, 3]);
			expect(stage.sandbox.jobs()[0].body.callback_url).toMatch(/\/webhook-waiting\/.*\/video/);
		});

		test.each<[string, Fault, boolean]>([
			['the file is refused', { on: 'content', do: 'status', status: 403, times: 5 }, true],
			['the response to the create is lost', { on: 'create', do: 'reset-after' }, false],
		])(
			'with values that change on every try makes one video, if %s',
			async (_, fault, isSuspended) => {
				stage.holdChecks(1);
				stage.sandbox.addFault(fault);
				const form = { prompt: '=scene {{ Math.random() }} {{ $now }} {{ $execution.id }}' };
				const execution = stage.suspend(form, [{ json: {} }], RETRY);
				const rest = await execution.rest();
				expect(rest.status).toBe(isSuspended ? 'waiting' : 'error');
				const result = isSuspended ? await execution.end() : rest;
				if (result.error) await stage.engine.retry(result);
				expect(stage.sandbox.jobs()).toHaveLength(1);
			},
		);

		test.each(['failed', 'expired', 'cancelled'])('resumes for a video that is %s', async (end) => {
			stage.sandbox.addFault({ on: 'create', do: 'job-ends', status: end });
			stage.holdChecks(1);
			const result = await stage.suspend({}, scenes(1), { onError: 'continueRegularOutput' }).end();
			expect(result.output(NODE)[0].json).toMatchObject({
				error: expect.any(String),
				details: { videoId: stage.sandbox.jobs()[0].id },
			});
		});

		test('a delivery about a video that has not ended has no effect', async () => {
			const { suspended, id } = await stuck();
			const early = await deliveryOf(id, { secret: secret() });
			expect((await stage.deliver(suspended, early)).status).toBe(503);
			const other = await deliveryOf('gen-vid-other', { secret: secret() });
			expect((await stage.deliver(suspended, other)).status).toBe(404);
		});

		test('a late delivery still resumes the execution', async () => {
			stage.sandbox.addFault({ on: 'delivery', do: 'late', seconds: 60 });
			stage.holdChecks(1);
			const execution = stage.suspend();
			expect((await execution.rest()).status).toBe('waiting');
			expect((await execution.end()).output(NODE)[0].json.status).toBe('completed');
		});

		describe('with the trigger', () => {
			let published = 0;
			const publish = (parameters: object = {}) => {
				const id = `openrouter-${++published}`;
				const trigger = {
					...stage.workflow({}).nodes[1],
					id: TRIGGER,
					name: TRIGGER,
					type: 'n8n-nodes-lumenfall.lumenfallTrigger',
					parameters: {
						events: ['video.completed', 'video.failed', 'video.cancelled'],
						...parameters,
					},
				} as WorkflowJson['nodes'][number];
				const workflow = { id, name: id, nodes: [trigger], connections: {} };
				return {
					url: `${stage.n8n.url}/webhook/${id}/video`,
					started: stage.n8n.publish(workflow),
				};
			};
			const create = async (webhookUrl: string, change: object = {}) =>
				await stage.run(small({ waitMode: 'none', options: { webhookUrl }, ...change }));
			const firstOf = async (started: RunningExecution[]) => {
				await untilTrue(() => started.length > 0);
				return await started[0].result;
			};

			test('starts the workflow once, with the file', async () => {
				stage.sandbox.addFault({ on: 'delivery', do: 'double' });
				const { url, started } = publish();
				await create(url);
				const [item] = (await firstOf(started)).output(TRIGGER);
				expect(item.json).toMatchObject({
					id: stage.sandbox.jobs()[0].id,
					status: 'completed',
					event: 'video.completed',
					cost: expect.any(Number),
				});
				expect(item.binary?.data.mimeType).toBe('video/mp4');
				await untilTrue(() => statuses().length >= 2);
				const again = await deliveryOf(String(item.json.id), { secret: secret() });
				expect(await post(url, again)).toBe(200);
				expect(started).toHaveLength(1);
			});

			test.each([
				['failed', 'video.failed'],
				['expired', 'video.failed'],
				['cancelled', 'video.cancelled'],
			])('a video that is %s starts it as %s', async (end, event) => {
				stage.sandbox.addFault({ on: 'create', do: 'job-ends', status: end });
				const { url, started } = publish();
				await create(url);
				expect((await firstOf(started)).output(TRIGGER)[0].json).toMatchObject({
					status: end,
					event,
				});
			});

			test('a delivery that the API does not confirm starts nothing', async () => {
				stage.sandbox.addFault({ on: 'create', do: 'stuck' });
				const { url, started } = publish();
				await create(url);
				const [{ id }] = stage.sandbox.jobs();
				const refused = signsWebhooks ? [401, 401] : [503, 404];
				expect([
					await post(url, await deliveryOf(id, { secret: signsWebhooks ? 'forged' : '' })),
					await post(url, await deliveryOf('gen-vid-made-up')),
				]).toEqual(refused);
				expect(started).toEqual([]);
			});
		});

		if (signsWebhooks) {
			test.each([
				['unsigned', {}],
				['signed with another secret', { secret: 'another secret' }],
				['replayed', { ageMs: 301_000 }],
			])(
				'a delivery that is %s is refused before any request to the API',
				async (_name, change) => {
					const { suspended, execution, id } = await stuck();
					stage.sandbox.releaseStuck();
					await execution.end();
					const before = stage.sandbox.requests().length;
					const replayed = 'ageMs' in change ? { secret: secret() } : {};
					const call = await deliveryOf(id, { ...replayed, ...change });
					expect((await stage.deliver(suspended, call)).status).toBe(401);
					expect(stage.sandbox.requests()).toHaveLength(before);
				},
			);

			test('no execution and no request contains the secret', async () => {
				const { suspended } = await stuck();
				expect(JSON.stringify(suspended.data)).not.toContain(secret());
				expect(JSON.stringify(stage.sandbox.requests())).not.toContain(secret());
			});
		} else {
			test('many forged deliveries do not cause many requests', async () => {
				const { suspended, id } = await stuck();
				const before = stage.sandbox.requests().length;
				const call = await deliveryOf(id);
				const answers = await Promise.all(
					Array.from({ length: 50 }, async () => (await stage.deliver(suspended, call)).status),
				);
				expect(new Set(answers)).toEqual(new Set([503]));
				expect(stage.sandbox.requests().length - before).toBeLessThanOrEqual(3);
			});
		}
	});
});

async function post(url: string, { headers, body }: IncomingCall): Promise<number> {
	return (await fetch(url, { method: 'POST', headers, body: String(body) })).status;
}

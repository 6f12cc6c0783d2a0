import { openOwnStage, openStage, probeVideo, waitFor } from './fixtures.mts';
import type { OwnStage, Stage } from './stage.mts';
import { isN8n2 } from '../../instance/versions.mts';
import { chain, nodeOf, outputOf, small, START, WITH_WEBHOOKS } from './workflows.mts';

const CALL = 'Call Sub-Workflow';

const suspending = (change: object = {}) => small({ waitMode: 'webhook', ...change });

const SCENES = ['A paper boat in the rain', 'It drifts along the gutter', 'It reaches the sea'];
const storyboard = suspending({
	operation: 'storyboard',
	scenes: { scene: SCENES.map((prompt) => ({ prompt })) },
});

/** The server calls four times: immediately, and after 20, 80 and 260 seconds at this speed. */
const SLOW_RETRIES = { speed: 0.25 };

describe.each(WITH_WEBHOOKS)(
	'a suspended execution on n8n $version with $dialect',
	({ version, dialect }) => {
		describe('without a restart', () => {
			let stage: Stage;
			beforeAll(async () => (stage = await openStage(version, { dialect })));
			beforeEach(async () => await stage.sandbox.reset());

			test('resumes with the video when the server calls, without a status check before', async () => {
				stage.sandbox.addFault({ on: 'create', do: 'stuck' });
				const executionId = await stage.run(stage.workflow(suspending()));
				await stage.api.reached(executionId, 'waiting');
				const before = stage.sandbox.requests().length;

				stage.sandbox.releaseStuck();
				const [item] = outputOf(await stage.api.ended(executionId));
				expect((await probeVideo(await stage.api.download(item.binary!.data.id!))).codec).toBe(
					'h264',
				);
				expect(before).toBeLessThan(10);
				expect(stage.sandbox.billing().jobs).toBe(1);
				expect(stage.sandbox.deliveries().map(({ status }) => status)).toEqual([200]);
			});

			test('in a sub-workflow suspends the workflow that called it until the video is finished', async () => {
				stage.sandbox.addFault({ on: 'create', do: 'stuck' });
				const child = stage.workflow(suspending());
				const trigger = nodeOf(START, 'n8n-nodes-base.executeWorkflowTrigger', {
					inputSource: 'passthrough',
				});
				const childId = await stage.api.addWorkflow({
					...child,
					nodes: [{ ...trigger, typeVersion: 1.1 }, ...child.nodes.slice(1)],
				});
				if (isN8n2(version)) await stage.api.activate(childId);
				const call = nodeOf(CALL, 'n8n-nodes-base.executeWorkflow', {
					workflowId: { __rl: true, mode: 'id', value: childId },
				});
				const parentId = await stage.run({
					name: 'Caller',
					nodes: [
						nodeOf(START, 'n8n-nodes-base.manualTrigger', {}),
						{ ...call, typeVersion: 1.2 },
						nodeOf('Next', 'n8n-nodes-base.noOp', {}),
					],
					connections: chain(START, CALL, 'Next'),
				});
				await stage.api.reached(parentId, 'waiting');

				stage.sandbox.releaseStuck();
				const parent = await stage.api.ended(parentId);
				const [{ id }] = await stage.api.executions(childId, 'success');
				const [video] = outputOf(await stage.api.execution(id));
				expect(video.binary?.data.mimeType).toBe('video/mp4');
				expect(stage.sandbox.jobs().map((job) => job.id)).toEqual([video.json.id]);
				// n8n 1 outputs the items with which a waiting sub-workflow was called. n8n 2 changed that.
				const output = outputOf(parent, 'Next').map(({ json }) => json.id);
				expect(output).toEqual([isN8n2(version) ? video.json.id : undefined]);
			});

			test('is not resumed by a forged call', async () => {
				stage.sandbox.addFault({ on: 'delivery', do: 'forged' });
				stage.sandbox.addFault({ on: 'create', do: 'stuck' });
				const executionId = await stage.run(stage.workflow(suspending()));
				await stage.api.reached(executionId, 'waiting');
				stage.sandbox.releaseStuck();
				const [delivery] = await waitFor('the forged call', () => {
					const deliveries = stage.sandbox.deliveries();
					return deliveries.length > 0 && deliveries;
				});
				expect(delivery.status).toBe(401);
				expect((await stage.api.execution(executionId)).status).toBe('waiting');
			});
		});

		describe('over kill -9', () => {
			let stage: OwnStage;
			beforeAll(async () => {
				stage = await openOwnStage({ version }, { dialect, ...SLOW_RETRIES });
			});
			beforeEach(async () => await stage.sandbox.reset());

			const statuses = () => stage.sandbox.deliveries().map(({ status }) => status);

			/** Kills n8n, lets the stuck videos end, and starts n8n again after the server has called in vain. */
			async function killWhileVideosEnd(count: number) {
				const before = statuses().length;
				await stage.instance.kill();
				stage.sandbox.releaseStuck();
				await waitFor('calls without a response', () => statuses().length >= before + count);
				expect(statuses().slice(before)).toEqual(Array(count).fill(null));
				await stage.instance.start();
			}

			test('returns its video once, and it is charged once', async () => {
				stage.sandbox.addFault({ on: 'create', do: 'stuck' });
				const { call, have } = await stage.publish(suspending());
				await call();
				const [id] = await have(1, 'waiting');
				await killWhileVideosEnd(1);

				const [item, ...more] = outputOf(await stage.api.ended(id, 280));
				expect(more).toEqual([]);
				expect((await probeVideo(await stage.api.download(item.binary!.data.id!))).codec).toBe(
					'h264',
				);
				expect(stage.sandbox.jobs().map((job) => job.id)).toEqual([item.json.id]);
				expect(stage.sandbox.billing().jobs).toBe(1);
			});

			test('returns a storyboard as one video, although n8n is killed between its scenes: each is charged once', async () => {
				stage.sandbox.addFault({ on: 'create', do: 'stuck', times: 2 });
				const { call, have } = await stage.publish(storyboard);
				await call();
				const [id] = await have(1, 'waiting');
				await waitFor('the call about the first scene', () => statuses().includes(200));
				await killWhileVideosEnd(2);

				const [item, ...more] = outputOf(await stage.api.ended(id, 280));
				expect(more).toEqual([]);
				const { codec, seconds } = await probeVideo(
					await stage.api.download(item.binary!.data.id!),
				);
				expect([codec, Math.round(seconds)]).toEqual(['h264', SCENES.length]);
				const scenes = item.json.scenes as Array<{ id: string; prompt: string; startsAt: number }>;
				expect(scenes.map(({ prompt, startsAt }) => [prompt, startsAt])).toEqual(
					SCENES.map((prompt, index) => [prompt, index]),
				);
				const ids = stage.sandbox.jobs().map((job) => job.id);
				expect(scenes.map((scene) => scene.id).sort()).toEqual(ids.sort());
				expect(stage.sandbox.billing().jobs).toBe(SCENES.length);
			});
		});
	},
);

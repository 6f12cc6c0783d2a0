import { openOwnStage, openStage, probeVideo, waitFor } from './doors.mts';
import type { OwnStage, Stage } from './stage.mts';
import { isTwo } from '../../instance/versions.mts';
import { chain, nodeOf, outputOf, small, START, WITH_WEBHOOKS } from './workflows.mts';

const CALL = 'Call Sub-Workflow';

const suspending = (change: object = {}) => small({ waitMode: 'webhook', ...change });

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
				if (isTwo(version)) await stage.api.activate(childId);
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
				expect(output).toEqual([isTwo(version) ? video.json.id : undefined]);
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

		test('survives kill -9: the video is returned once and charged once', async () => {
			// The server calls four times: immediately, and after 20, 80 and 260 seconds at this speed.
			const stage: OwnStage = await openOwnStage({ version }, { dialect, speed: 0.25 });
			stage.sandbox.addFault({ on: 'create', do: 'stuck' });
			const { call, have } = await stage.publish(suspending());
			await call();
			const [id] = await have(1, 'waiting');

			await stage.instance.kill();
			stage.sandbox.releaseStuck();
			await waitFor('a call without a response', () => stage.sandbox.deliveries().length > 0);
			expect(stage.sandbox.deliveries()[0].status).toBeNull();
			await stage.instance.start();

			const execution = await stage.api.ended(id, 280);
			const [item, ...more] = outputOf(execution);
			expect(more).toEqual([]);
			expect((await probeVideo(await stage.api.download(item.binary!.data.id!))).codec).toBe(
				'h264',
			);
			expect(stage.sandbox.jobs().map((job) => job.id)).toEqual([item.json.id]);
			expect(stage.sandbox.billing().jobs).toBe(1);
		});
	},
);

import { randomUUID } from 'node:crypto';
import { openStage, probeVideo, waitFor } from './fixtures.mts';
import type { Stage } from './stage.mts';
import { nodeOf, outputOf, small, WITH_WEBHOOKS } from './workflows.mts';

const TRIGGER = 'Video Has Ended';

describe.each(WITH_WEBHOOKS)(
	'the trigger on n8n $version with $dialect',
	({ version, dialect }) => {
		let stage: Stage;
		let workflowId: string;
		const path = randomUUID();
		const address = (kind: 'webhook' | 'webhook-test') =>
			`${stage.api.http.defaults.baseURL}/${kind}/${path}/video`;

		beforeAll(async () => {
			stage = await openStage(version, { dialect });
			workflowId = await stage.api.addWorkflow(
				stage.withCredential({
					name: 'Continue',
					nodes: [nodeOf(TRIGGER, 'n8n-nodes-lumenfall.lumenfallTrigger', {}, { webhookId: path })],
					connections: {},
				}),
			);
		});

		const executions = async () => await stage.api.executions(workflowId);

		test('in the editor a test delivery of the sandbox shows the item that the workflow gets', async () => {
			await stage.api.listen(workflowId, TRIGGER);
			await stage.sandbox.testDelivery(address('webhook-test'));
			const [{ id }] = await waitFor('the test execution', async () => {
				const found = await executions();
				return found.length > 0 && found;
			});
			const [item] = outputOf(await stage.api.ended(id), TRIGGER);
			expect(item.json).toMatchObject({ event: 'video.completed', status: 'completed' });
		});

		test('one workflow creates a video, and another one starts once, although the server calls twice', async () => {
			await stage.sandbox.reset();
			const before = (await executions()).length;
			await stage.api.activate(workflowId);
			stage.sandbox.addFault({ on: 'delivery', do: 'double' });
			const parameters = small({ waitMode: 'none', options: { webhookUrl: address('webhook') } });
			const [{ json }] = outputOf(
				await stage.api.ended(await stage.run(stage.workflow(parameters))),
			);
			expect(json.status).not.toBe('completed');

			await waitFor('both calls to be answered well', () => {
				const answered = stage.sandbox.deliveries().filter(({ status }) => status === 200);
				return answered.length >= 2;
			});
			const started = (await executions()).slice(0, -before || undefined);
			expect(started).toHaveLength(1);
			const [item] = outputOf(await stage.api.ended(started[0].id), TRIGGER);
			expect(item.json).toMatchObject({ id: json.id, event: 'video.completed' });
			expect((await probeVideo(await stage.api.download(item.binary!.data.id!))).codec).toBe(
				'h264',
			);
			expect(stage.sandbox.billing().jobs).toBe(1);
		});
	},
);

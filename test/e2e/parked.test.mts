import { openOwnStage, openStage, probeVideo, waitFor } from './doors.mts';
import type { OwnStage, Stage } from './stage.mts';
import { VERSIONS } from './versions.mts';
import { outputOf, small } from './workflows.mts';

const parkedOrder = (change: object = {}) => small({ waitMode: 'webhook', ...change });

describe.each(VERSIONS)('a parked execution on n8n %s', (version) => {
	describe('that is let alone', () => {
		let stage: Stage;
		beforeAll(async () => (stage = await openStage(version)));
		beforeEach(async () => await stage.sandbox.reset());

		test('goes on with the video when the server calls, without one look in between', async () => {
			stage.sandbox.addFault({ on: 'create', do: 'stuck' });
			const executionId = await stage.run(stage.workflow(parkedOrder()));
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

		test('is not moved by a forged call', async () => {
			stage.sandbox.addFault({ on: 'delivery', do: 'forged' });
			stage.sandbox.addFault({ on: 'create', do: 'stuck' });
			const executionId = await stage.run(stage.workflow(parkedOrder()));
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

	test('survives kill -9: the video arrives once, and is billed once', async () => {
		// The server calls four times: at once, and after 20, 80 and 260 seconds at this speed.
		const stage: OwnStage = await openOwnStage({ version }, { speed: 0.25 });
		stage.sandbox.addFault({ on: 'create', do: 'stuck' });
		const { call, have } = await stage.publish(parkedOrder());
		await call();
		const [id] = await have(1, 'waiting');

		await stage.instance.kill();
		stage.sandbox.releaseStuck();
		await waitFor('a call that nobody answers', () => stage.sandbox.deliveries().length > 0);
		expect(stage.sandbox.deliveries()[0].status).toBeNull();
		await stage.instance.start();

		const execution = await stage.api.ended(id, 280);
		const [item, ...more] = outputOf(execution);
		expect(more).toEqual([]);
		expect((await probeVideo(await stage.api.download(item.binary!.data.id!))).codec).toBe('h264');
		expect(stage.sandbox.jobs().map((job) => job.id)).toEqual([item.json.id]);
		expect(stage.sandbox.billing().jobs).toBe(1);
	});
});

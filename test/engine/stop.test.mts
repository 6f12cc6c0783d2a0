/**
 * Twice as fast as real time, and not 20 times: the work of the engine itself must stay small beside the second.
 * @jest-environment-options {"timeFactor": 2}
 */
import { CORES, nativeDuration, sharedStage, small, untilTrue } from './stage.mts';

describe.each(CORES)('a wait for a video on %s', (core) => {
	const stage = sharedStage(core, { renderer: 'tiny' });

	test('ends within a second of Stop', async () => {
		stage.sandbox.addFault({ on: 'create', do: 'stuck' });
		const { result, cancel } = stage.engine.start(stage.workflow(small()), {
			pinData: { Start: [{ json: {} }] },
		});
		await untilTrue(() => stage.log.some((line) => line.endsWith('is created')));
		const ms = await nativeDuration(async () => {
			cancel();
			expect((await result).status).toBe('canceled');
		});
		expect(ms).toBeLessThan(1_000);
		await untilTrue(() => stage.sandbox.jobs()[0].cancelled);
	});
});

import {
	openSuspendedStage,
	sharedSuspendedStage,
	prompts,
	scene,
	scenes,
} from './suspendedStage.mts';
import { CORES, small, untilTrue } from './stage.mts';

describe.each(CORES)('the deliveries to a suspended execution on %s', (core) => {
	const stage = sharedSuspendedStage(core);

	/** Suspends an execution, whose first delivery is refused. It stays suspended. */
	const afterRefusal = async (fault: 'forged' | 'stale') => {
		stage.sandbox.addFault({ on: 'delivery', do: fault });
		stage.holdChecks(1);
		const execution = stage.suspend();
		await execution.rest();
		await untilTrue(() => stage.statuses().includes(401));
		const waiting = await execution.rest();
		expect(waiting.status).toBe('waiting');
		return waiting;
	};

	test('the delivery about one video of several gets a response, and leaves the execution suspended', async () => {
		stage.sandbox.addFault({ on: 'create', do: 'stuck' });
		stage.holdChecks(2);
		const execution = stage.suspend(scene, scenes(2));
		const waiting = await execution.rest();
		await untilTrue(() => stage.n8n.calls().length > 0 && stage.statuses().at(-1) === 200);
		expect(await execution.rest()).toBe(waiting);
		expect(stage.n8n.calls()).toHaveLength(1);
	});

	test('duplicate deliveries resume once', async () => {
		stage.sandbox.addFault({ on: 'delivery', do: 'double', times: 3 });
		stage.holdChecks(3);
		const result = await stage.suspend(scene, scenes(3)).end();
		await untilTrue(() => stage.n8n.calls().length >= 6);
		expect(result.status).toBe('success');
		expect(stage.resumes()).toBe(1);
		expect(stage.sandbox.jobs()).toHaveLength(3);
	});

	test('an early delivery has no effect, and neither has one after the end', async () => {
		stage.sandbox.addFault({ on: 'delivery', do: 'late', seconds: 60 });
		stage.holdChecks(3);
		const execution = stage.suspend(scene, scenes(3));
		const result = await execution.end();
		expect(prompts(result)).toEqual(['scene 0', 'scene 1', 'scene 2']);
		await untilTrue(
			() => stage.n8n.calls().length > 3 || stage.statuses().filter((s) => s === 409).length > 0,
		);
		expect(await execution.rest()).toBe(result);
		expect(stage.resumes()).toBe(1);
	});

	test('a forged delivery is refused, every time, and leaves the execution suspended', async () => {
		const waiting = await afterRefusal('forged');
		expect(stage.statuses()).not.toContain(200);

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
		const waiting = await afterRefusal('stale');
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
		expect(stage.statuses().filter((status) => status !== 409)).toEqual([503, 200]);
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

	test('a video is recognized by both of its IDs', async () => {
		const other = await openSuspendedStage(core, { deliveryIds: 'video' });
		other.holdChecks(1);
		expect((await other.suspend().end()).status).toBe('success');
		await other.close();
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
});

import type { RunResult } from '../../engine/createEngine.mts';
import { native } from '../support/native.mts';
import {
	byId,
	CORES,
	itemsOf,
	nativeDuration,
	NODE,
	onlyItem,
	openStage,
	RETRY,
	sharedStage,
	small,
	untilTrue,
} from './stage.mts';

describe.each(CORES)('the life of a paid job on %s', (core) => {
	describe.each(['lumenfall', 'openai'] as const)('with a %s server', (dialect) => {
		const stage = sharedStage(core, { dialect, renderer: 'tiny' });

		const video = (change: object = {}) =>
			small({
				...(dialect === 'openai' && { model: 'sora-2', seconds: 4, resolution: '720p' }),
				...change,
			});

		test('Retry On Fail after a lost download downloads the file again and creates no new video', async () => {
			stage.sandbox.addFault({
				on: dialect === 'openai' ? 'content' : 'media',
				do: 'html',
				times: 5,
			});
			const item = onlyItem(await stage.run(video(), [{ json: {} }], RETRY));
			expect(item.binary?.data.mimeType).toBe('video/mp4');
			expect(stage.sandbox.jobs()).toHaveLength(1);
			expect(stage.requests('create')).toHaveLength(1);
		});

		test('Retry On Fail, when n8n runs the node again because of the first failed item, does not create finished videos again', async () => {
			const items = [0, 1, 2].map((index) => ({ json: { index } }));
			const prompt = '={{ $json.index === 0 ? "" : "scene " + $json.index }}';
			const result = await stage.run(video({ prompt }), items, {
				...RETRY,
				onError: 'continueRegularOutput',
			});

			expect(result.output(NODE).map(({ json }) => json.prompt ?? json.error)).toEqual([
				"'Prompt' is empty",
				'scene 1',
				'scene 2',
			]);
			expect(stage.sandbox.jobs().map(({ prompt }) => prompt)).toEqual(['scene 1', 'scene 2']);
			expect(stage.sandbox.billing().jobs).toBe(2);
		});

		test('Retry of a failed execution resumes its job', async () => {
			stage.sandbox.addFault({ on: 'create', do: 'stuck' });
			const failed = await stage.run(video({ options: { timeout: 30 } }));
			const [{ id }] = stage.sandbox.jobs();
			expect(failed.error?.message).toContain(id);

			const again = await stage.engine.retry(failed);
			expect(again.error?.message).toContain(id);
			expect(stage.sandbox.jobs()).toHaveLength(1);
			expect(stage.requests('create')).toHaveLength(1);
			expect(again.executionId).not.toBe(failed.executionId);
		});

		test('values that change on every try, in every field, make one video, over all tries and retries', async () => {
			const [number, either] = ['Math.floor(Math.random() * 1e6)', 'Math.random() > 0.5'];
			const models = dialect === 'openai' ? ['sora-2', 'sora-2-pro'] : ['p-video', 'sora-2'];
			const form = video({
				model: byId(`={{ ${either} ? "${models[0]}" : "${models[1]}" }}`),
				prompt: '=scene {{ $now }} {{ $execution.id }}',
				seconds: `={{ ${either} ? 4 : 8 }}`,
				aspectRatio: `={{ ${either} ? "16:9" : "9:16" }}`,
				resolution: '720p',
				outputBinaryField: `=film{{ ${number} }}`,
				options: {
					timeout: 30,
					fileName: '=clip {{ $now }}',
					...(dialect === 'lumenfall' && {
						user: '={{ $execution.id }}',
						additionalParameters: '={{ JSON.stringify({ style: String(Math.random()) }) }}',
						seed: `={{ ${number} }}`,
						negativePrompt: `=no {{ ${number} }}`,
						maxCost: `={{ 5 + Math.random() }}`,
					}),
				},
			});
			stage.sandbox.addFault({ on: 'create', do: 'stuck', times: 9 });
			let result = await stage.run(form, [{ json: {} }], RETRY);
			for (let retry = 0; retry < 3; retry++) {
				expect(result.error?.message).toContain(stage.sandbox.jobs()[0].id);
				result = await stage.engine.retry(result);
			}
			expect(stage.sandbox.jobs()).toHaveLength(1);
		});

		test('an own key that changes on every try makes one video, although its response is lost', async () => {
			stage.sandbox.addFault({ on: 'create', do: 'reset-after' });
			const idempotencyKey = '={{ $execution.id }}-{{ $now.toMillis() }}';
			const form = video({ options: { timeout: 60, idempotencyKey } });
			const first = await stage.run(form, [{ json: {} }], RETRY);
			const last = first.error ? await stage.engine.retry(first) : first;
			expect(stage.sandbox.jobs()).toHaveLength(1);
			if (last.error) expect(last.error.message).toMatch(/may have been created/);
			else expect(onlyItem(last).json.id).toBe(stage.sandbox.jobs()[0].id);
		});

		test('a changed request is a new video', async () => {
			stage.sandbox.addFault({ on: 'create', do: 'stuck' });
			const failed = await stage.run(video({ options: { timeout: 30 } }));
			const changed = stage.workflow(video({ prompt: 'another scene' }));
			const again = await stage.engine.retry(failed, { workflow: changed });
			expect(onlyItem(again).json.prompt).toBe('another scene');
			expect(stage.sandbox.jobs()).toHaveLength(2);
		});

		test('a video that failed at the provider is created again by a retry, with a new key', async () => {
			const failed = await stage.run(video({ prompt: '[fails]' }));
			expect(failed.status).toBe('error');
			await stage.engine.retry(failed);
			const jobs = stage.sandbox.jobs();
			expect(jobs).toHaveLength(2);
			if (dialect === 'lumenfall')
				expect(new Set(jobs.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(2);
			expect(stage.sandbox.billing().jobs).toBe(0);
		});

		test('a create whose response is lost makes one video, which is returned or named as a candidate in the error', async () => {
			stage.sandbox.addFault({ on: 'create', do: 'reset-after' });
			const result = await stage.run(video());
			const [{ id }, ...others] = stage.sandbox.jobs();
			expect(others).toEqual([]);
			const told = result.error?.description ?? itemsOf(result)[0].json.id;
			expect(told).toContain(id);
		});

		/** With two connections into the node, it runs twice in one execution, with the same item, as in a loop. */
		const runTwice = async (parameters: object) => {
			const workflow = stage.workflow(parameters);
			const pass = (name: string) => ({
				...workflow.nodes[0],
				id: name,
				name,
				type: 'n8n-nodes-base.noOp',
			});
			const to = (node: string) => ({ node, type: 'main' as const, index: 0 });
			const result = await stage.engine.run({
				...workflow,
				nodes: [...workflow.nodes, pass('First'), pass('Second')],
				connections: {
					Start: { main: [[to('First'), to('Second')]] },
					First: { main: [[to(NODE)]] },
					Second: { main: [[to(NODE)]] },
				},
			});
			expect(result.error).toBeUndefined();
			expect(result.runs(NODE)).toBe(2);
			return result;
		};

		test('a loop creates one video per iteration', async () => {
			await runTwice(video());
			expect(stage.sandbox.jobs()).toHaveLength(2);
		});

		test('a later round of a loop with the same key and the same item gets the same video, paid once', async () => {
			const result = await runTwice(video({ options: { idempotencyKey: 'post-17' } }));
			const [{ id }, ...others] = stage.sandbox.jobs();
			expect(others).toEqual([]);
			expect(onlyItem(result).json.id).toBe(id);
			expect(stage.requests('create')).toHaveLength(1);
			expect(stage.sandbox.billing().jobs).toBe(1);
		});

		test('Stop cancels the remote video, with the key, and its ID is in the log', async () => {
			stage.sandbox.addFault({ on: 'create', do: 'stuck' });
			const { result, cancel } = stage.engine.start(stage.workflow(video()), {
				pinData: { Start: [{ json: {} }] },
			});
			await untilTrue(() => stage.sandbox.requests().some(({ kind }) => kind === 'status'));
			cancel();
			expect((await result).status).toBe('canceled');

			const [{ id, cancelled }] = stage.sandbox.jobs();
			const asked = stage.sandbox.requests().filter(({ method }) => method === 'DELETE');
			expect(asked).toHaveLength(1);
			expect(asked[0]).toMatchObject({ hadAuthorization: true });
			// With the strict OpenAI contract, a running video cannot be cancelled, but the cancel must be requested.
			expect(cancelled).toBe(dialect === 'lumenfall');
			expect(stage.log.join('\n')).toMatch(
				new RegExp(`Video ${id} (was cancelled|cannot be cancelled)`),
			);
		});

		test('Stop does not cancel the remote video if the user has chosen that', async () => {
			stage.sandbox.addFault({ on: 'create', do: 'stuck' });
			const parameters = video({ options: { cancelOnStop: false } });
			const { result, cancel } = stage.engine.start(stage.workflow(parameters), {
				pinData: { Start: [{ json: {} }] },
			});
			await untilTrue(() => stage.sandbox.requests().some(({ kind }) => kind === 'status'));
			cancel();
			await result;
			expect(stage.sandbox.requests().some(({ method }) => method === 'DELETE')).toBe(false);
		});

		test('Stop in the middle of a create waits for its response, so that the video can be cancelled', async () => {
			const stage = await openStage(core, { dialect, renderer: 'tiny', jobSeconds: 600 });
			stage.sandbox.addFault({ on: 'create', do: 'slow', delayMs: 20 });
			const { result, cancel } = stage.engine.start(stage.workflow(video()), {
				pinData: { Start: [{ json: {} }] },
			});
			await untilTrue(() => stage.sandbox.jobs().length === 1);
			cancel();
			expect((await result).status).toBe('canceled');
			const cancels = () => stage.sandbox.requests().filter(({ method }) => method === 'DELETE');
			await untilTrue(() => cancels().length === 1);
			await stage.close();
		});

		test("n8n's execution timeout is a Stop like any other", async () => {
			stage.sandbox.addFault({ on: 'create', do: 'stuck' });
			const result = await stage.engine.run(stage.workflow(video()), { timeoutMs: 40_000 });
			expect(result.status).toBe('canceled');
			expect(stage.sandbox.requests().some(({ method }) => method === 'DELETE')).toBe(true);
		});

		test('Wait returns the same for a video ID as the generate operation', async () => {
			const submitted = onlyItem(await stage.run(video({ waitMode: 'none' })));
			const item = onlyItem(
				await stage.run({ operation: 'wait' }, [{ json: { id: submitted.json.id } }]),
			);
			expect(item.json).toMatchObject({
				id: submitted.json.id,
				status: 'completed',
				timing: { polls: expect.any(Number) },
			});
			expect(item.binary?.data.mimeType).toBe('video/mp4');
			expect(stage.sandbox.jobs()).toHaveLength(1);
		});

		test('Cancel cancels a running video if the server can, and fails if it cannot', async () => {
			stage.sandbox.addFault({ on: 'create', do: 'stuck' });
			const { json } = onlyItem(await stage.run(video({ waitMode: 'none' })));
			const result: RunResult = await stage.run({ operation: 'cancel', videoId: json.id });
			if (dialect === 'lumenfall') {
				expect(onlyItem(result).json).toMatchObject({
					id: json.id,
					status: 'cancelled',
					cancelled: true,
				});
			} else {
				expect(result.error?.message).toMatch(
					new RegExp(`^Video ${json.id} cannot be cancelled on this server`),
				);
			}
		});

		test('Cancel does not touch a finished video', async () => {
			const { json } = onlyItem(await stage.run(video()));
			const item = onlyItem(await stage.run({ operation: 'cancel', videoId: json.id }));
			expect(item.json).toMatchObject({ status: 'completed', cancelled: false });
			expect(stage.sandbox.requests().some(({ method }) => method === 'DELETE')).toBe(false);
		});

		test('Get Many lists the videos, newest first, up to the limit and by status', async () => {
			for (const prompt of ['one', 'two', '[fails]'])
				await stage.run(video({ prompt, output: 'url', waitMode: 'poll' }), [{ json: {} }], {
					onError: 'continueRegularOutput',
				});
			const all = await stage.run({ operation: 'getAll', returnAll: true });
			expect(all.output(NODE)).toHaveLength(3);
			const times = all.output(NODE).map(({ json }) => String(json.createdAt));
			expect([...times].sort().reverse()).toEqual(times);

			expect((await stage.run({ operation: 'getAll', limit: 2 })).output(NODE)).toHaveLength(2);
			const failed = await stage.run({
				operation: 'getAll',
				returnAll: true,
				filters: { status: 'failed' },
			});
			expect(failed.output(NODE)).toHaveLength(1);
			const none = await stage.run({
				operation: 'getAll',
				returnAll: true,
				filters: { model: 'veo-3.1-fast' },
			});
			expect(none.output(NODE)).toEqual([]);
		});

		test('a thumbnail is an image if the server has one, otherwise a clear error', async () => {
			const { json } = onlyItem(await stage.run(video()));
			const result = await stage.run({
				operation: 'download',
				videoId: json.id,
				variant: 'thumbnail',
			});
			if (dialect === 'openai') {
				expect(onlyItem(result).binary?.data).toMatchObject({
					mimeType: 'image/webp',
					fileName: expect.stringMatching(/-thumbnail\.webp$/),
				});
			} else {
				expect(result.error?.message).toMatch(/has no thumbnail of video/);
			}
		});

		test('at a limit of running videos the node waits, and no video is lost or duplicated', async () => {
			const crowded = await openStage(core, { dialect, renderer: 'tiny', maxRunningJobs: 2 });
			const items = [...Array(6).keys()].map((index) => ({ json: { index } }));
			const result = await crowded.run(video({ prompt: '={{ "scene " + $json.index }}' }), items);
			expect(result.output(NODE).map(({ json }) => json.prompt)).toEqual(
				items.map(({ json }) => `scene ${json.index}`),
			);
			expect(crowded.sandbox.jobs()).toHaveLength(6);
			await crowded.close();
		});
	});

	test.each([1, -1, 24, -24])(
		'a jump of the system clock by %i hours ends no wait and holds up no request',
		async (hours) => {
			const { setClockError } = await native<{ setClockError(errorMs: number): void }>(
				'./test/support/compressedTime.mjs',
			);
			const stage = await openStage(core, { renderer: 'tiny', jobSeconds: 60 });
			let requests = 0;
			stage.sandbox.onRequest(() => {
				if (++requests === 3) setClockError(hours * 3_600_000);
			});
			stage.sandbox.addFault({ on: 'create', do: 'status', status: 429, times: 2 });
			stage.sandbox.addFault({ on: 'status', do: 'status', status: 503, after: 2 });
			try {
				const result = await stage.run(small({ options: { timeout: 300 } }), [{ json: {} }], RETRY);
				const { timing } = onlyItem(result).json as { timing: { generatingSeconds: number } };
				expect(timing.generatingSeconds).toBeLessThan(120);
				expect(stage.sandbox.jobs()).toHaveLength(1);
			} finally {
				setClockError(0);
				await stage.close();
			}
		},
	);

	test("the user's own idempotency key is sent unchanged", async () => {
		const stage = await openStage(core, { renderer: 'tiny' });
		const first = await stage.run(small({ options: { idempotencyKey: 'post-17' } }));
		const second = await stage.run(small({ options: { idempotencyKey: 'post-17' } }));
		expect(onlyItem(second).json.id).toBe(onlyItem(first).json.id);
		expect(stage.sandbox.jobs()).toMatchObject([{ idempotencyKey: 'post-17' }]);
		await stage.close();
	});

	test('one key for two different items is refused before the second is created', async () => {
		const stage = await openStage(core, { renderer: 'tiny' });
		const items = [{ json: { index: 0 } }, { json: { index: 1 } }];
		const form = small({
			prompt: '={{ "scene " + $json.index }}',
			options: { idempotencyKey: 'mine', itemsAtOnce: 1 },
		});
		const result = await stage.run(form, items);
		expect(result.error?.message).toMatch(
			/'Idempotency Key' is the same for two different requests/,
		);
		expect(stage.sandbox.jobs()).toHaveLength(1);
		await stage.close();
	});

	test.each([
		['transmogrified', /not ready after .*\(transmogrified\)/],
		['cancelled', /the server says 'cancelled'/],
	])('a retry creates no second video while the first one is %s', async (status, message) => {
		const stage = await openStage(core, { renderer: 'tiny' });
		stage.sandbox.addFault({ on: 'create', do: 'job-status', status });
		const result = await stage.run(small({ options: { timeout: 60 } }), [{ json: {} }], RETRY);
		const [{ id }] = stage.sandbox.jobs();
		expect(result.error?.message).toMatch(message);
		expect(result.error?.message).toContain(id);
		expect(stage.sandbox.jobs()).toHaveLength(1);
		await stage.close();
	});

	test.each(['expired', 'dead', 'Fail', 'moderated'])(
		'a retry creates the video again after %s: there never was a file, and nothing is paid',
		async (status) => {
			const stage = await openStage(core, { renderer: 'tiny' });
			stage.sandbox.addFault({ on: 'create', do: 'job-ends', status });
			const item = onlyItem(await stage.run(small(), [{ json: {} }], RETRY));
			const [, { id }] = stage.sandbox.jobs();
			expect(item.json.id).toBe(id);
			expect(stage.sandbox.billing().jobs).toBe(1);
			await stage.close();
		},
	);

	test('Stop does not touch a video that has finished by then, because the same request would delete it', async () => {
		const stage = await openStage(core, { dialect: 'openai', renderer: 'tiny', jobSeconds: 1 });
		// The first status check is late, so only the Stop can find that the video has finished.
		const options = { firstPoll: 600 };
		const form = small({ model: 'sora-2', seconds: 4, resolution: '720p', options });
		const { result, cancel } = stage.engine.start(stage.workflow(form), {
			pinData: { Start: [{ json: {} }] },
		});
		await untilTrue(() => stage.sandbox.jobs()[0]?.status === 'completed');
		await untilTrue(() => stage.log.some((line) => line.includes('is created')));
		cancel();
		expect((await result).status).toBe('canceled');
		expect(stage.sandbox.requests().some(({ method }) => method === 'DELETE')).toBe(false);
		expect(stage.log.join('\n')).toMatch(/had already ended when the execution was stopped/);
		await stage.close();
	});

	test('Stop during a create without waiting cancels the video and logs its ID', async () => {
		const stage = await openStage(core, { renderer: 'tiny', jobSeconds: 600 });
		stage.sandbox.addFault({ on: 'create', do: 'slow', delayMs: 20 });
		const { result, cancel } = stage.engine.start(stage.workflow(small({ waitMode: 'none' })), {
			pinData: { Start: [{ json: {} }] },
		});
		await untilTrue(() => stage.sandbox.jobs().length === 1);
		cancel();
		await result;
		await untilTrue(() => stage.sandbox.jobs()[0].cancelled);
		await untilTrue(() =>
			stage.log.some((line) => line.includes('was cancelled with the execution')),
		);
		expect(stage.log.join('\n')).toContain(stage.sandbox.jobs()[0].id);
		await stage.close();
	});

	test('a 5xx is never a refusal if the server supports no keys, whatever its error code is', async () => {
		const stage = await openStage(core, { dialect: 'openai', renderer: 'tiny' });
		const body = {
			error: { message: 'Upstream timed out', type: 'server_error', code: 'processing_error' },
		};
		stage.sandbox.addFault({ on: 'create', do: 'status', status: 504, body });
		const result = await stage.run(
			small({ model: 'sora-2', seconds: 4, resolution: '720p' }),
			[{ json: {} }],
			RETRY,
		);
		expect(result.error?.message).toMatch(/may have been created at/);
		expect(stage.sandbox.requests().filter(({ kind }) => kind === 'create')).toHaveLength(1);
		await stage.close();
	});

	test('a Retry-After of an hour is an error immediately, not after an hour', async () => {
		const stage = await openStage(core, { renderer: 'tiny' });
		stage.sandbox.addFault({
			on: 'create',
			do: 'status',
			status: 429,
			retryAfterSeconds: 3_600,
			times: 99,
		});
		const ms = await nativeDuration(async () => {
			const items = [{ json: {} }, { json: {} }];
			const result = await stage.run(small({ options: { timeout: 60 } }), items);
			expect(result.error?.message).toMatch(/receiving too many requests/);
		});
		// The engine's own work, in compressed time.
		expect(ms).toBeLessThan(10_000);
		await stage.close();
	});

	test('a lost create stays one, also if the server accepts no creates any more', async () => {
		const stage = await openStage(core, { renderer: 'tiny' });
		stage.sandbox.addFault({ on: 'create', do: 'status-after', status: 503 });
		const shut = { do: 'status', status: 429, retryAfterSeconds: 3_600, times: 99 } as const;
		stage.sandbox.addFault({ on: 'create', ...shut });
		const items = [{ json: {} }, { json: {} }];
		const settings = { onError: 'continueRegularOutput' };
		const result = await stage.run(small({ options: { timeout: 60 } }), items, settings);

		const errors = result.output(NODE).map(({ json }) => String(json.error));
		expect(errors.filter((error) => /may have been created at/.test(error))).toHaveLength(1);
		expect(errors.filter((error) => /too many requests/.test(error))).toHaveLength(1);
		await stage.close();
	});

	test('an invalid option of the first item does not affect the others', async () => {
		const stage = await openStage(core, { renderer: 'tiny' });
		const options = { itemsAtOnce: '={{ $json.index === 0 ? $("Nobody").item.json.x : 5 }}' };
		const items = [{ json: { index: 0 } }, { json: { index: 1 } }];
		const result = await stage.run(small({ options }), items, { onError: 'continueErrorOutput' });
		expect(result.output(NODE, 0)).toHaveLength(1);
		expect(result.output(NODE, 1)).toHaveLength(1);
		await stage.close();
	});

	test('a lost create is never sent again if the server supports no keys, not even by a retry', async () => {
		const stage = await openStage(core, { dialect: 'openai', renderer: 'tiny' });
		stage.sandbox.addFault({ on: 'create', do: 'reset-before' });
		const parameters = small({ model: 'sora-2', seconds: 4, resolution: '720p' });
		const failed = await stage.run(parameters);
		expect(failed.error?.message).toMatch(
			/^The create request got no usable response .*so a video may have been created at 20/,
		);

		const again = await stage.engine.retry(failed);
		expect(again.error?.message).toMatch(/may have been created at/);
		expect(stage.sandbox.jobs()).toEqual([]);
		expect(stage.sandbox.requests().filter(({ kind }) => kind === 'create')).toHaveLength(1);
		await stage.close();
	});
});

import { openBench, summary } from '../support.mts';

const prompt = 'A paper boat';
const tinyFacts = { width: 64, height: 36, codec: 'h264' };

describe('LiteLLM', () => {
	const bench = openBench({ dialect: 'litellm' });

	it('names jobs so that the name must be encoded, and serves them with and without /v1', async () => {
		const { id } = (await bench.client.create({ prompt })).body;
		expect(id.length).toBeGreaterThan(250);
		expect(id).toMatch(/\+.*\/.*=$/s);
		await bench.client.ended(id);
		expect(await bench.probeContent(id)).toMatchObject(tinyFacts);
		expect((await bench.client.get(`/videos/${encodeURIComponent(id)}`)).body.id).toBe(id);
		// A slash that stays one splits the name, so that no such route exists.
		expect((await bench.client.get(`videos/${id}`)).status).toBe(404);
	});

	it('leaves fields out, says processing, and counts the usage', async () => {
		const { body } = await bench.client.create({ prompt, seconds: '8' });
		expect(Object.keys(body)).toEqual(['id', 'object', 'status', 'created_at', 'model', 'usage']);
		expect(body).toMatchObject({ status: 'processing', usage: { duration_seconds: 8 } });
		expect((await bench.client.ended(body.id)).status).toBe('completed');
	});

	it('sends the file as an attachment', async () => {
		bench.holdNextJob();
		const running = (await bench.client.create({ prompt })).body.id;
		expect((await bench.client.job(running, '/content')).status).toBe(404);
		const { id } = (await bench.client.create({ prompt })).body;
		await bench.client.ended(id);
		const { headers } = await bench.client.job(id, '/content');
		expect(headers.get('content-disposition')).toMatch(/^attachment/);
	});

	it("forbids somebody else's job, in the shape of its own errors", async () => {
		expect(summary(await bench.client.job('video_c29tZWJvZHk='))).toEqual([
			403,
			{
				error: {
					message: expect.stringMatching(/^litellm\.PermissionDeniedError: /),
					type: 'invalid_request_error',
					param: null,
					code: '403',
				},
			},
		]);
	});
});

describe('Azure', () => {
	const bench = openBench({ dialect: 'azure' });

	it('runs two jobs at once and no third', async () => {
		const { client, sandbox } = bench;
		for (const _ of [1, 2]) {
			bench.holdNextJob();
			await client.create({ prompt });
		}
		const third = await client.create({ prompt });
		expect([third.status, third.body.error]).toMatchObject([
			429,
			{ type: 'video_generation_user_error', message: 'Too many running tasks' },
		]);
		expect(sandbox.jobs()).toHaveLength(2);
	});

	it('has shorter ids than OpenAI, and files that live for a day from creation', async () => {
		const { body } = await bench.client.create({ prompt, seconds: '12' });
		expect(body.id).toMatch(/^video_[0-9a-f]{32}$/);
		const done = await bench.client.ended(body.id);
		expect(done).toMatchObject({ status: 'completed', expires_at: done.created_at + 86_400 });
		expect(await bench.probeContent(body.id)).toMatchObject(tinyFacts);
	});

	it('refuses lengths and deployments it lacks, and fails at sizes it seemed to take', async () => {
		const { client } = bench;
		expect((await client.create({ prompt, seconds: '16' })).body.error).toMatchObject({
			code: 'invalid_value',
			message: "Invalid value: '16'. Supported values are: '4', '8', and '12'.",
		});
		expect(summary(await client.create({ prompt, model: 'sora-9' }))).toMatchObject([
			404,
			{ error: { type: 'video_generation_user_error' } },
		]);
		const { id } = (await client.create({ prompt, size: '1024x1792' })).body;
		expect((await client.ended(id)).status).toBe('failed');
	});
});

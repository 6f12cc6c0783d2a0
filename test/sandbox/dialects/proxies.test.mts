import { dataUri, drawImageFile, formOf, openBench, summary, until } from '../support.mts';

const prompt = 'A paper boat';
const tinyFacts = { width: 64, height: 36, codec: 'h264' };

describe('LiteLLM', () => {
	const bench = openBench({ dialect: 'litellm' });

	it('uses IDs that must be encoded, and serves them with and without /v1', async () => {
		const { id } = (await bench.client.create({ prompt })).body;
		expect(id.length).toBeGreaterThan(250);
		expect(id).toMatch(/\+.*\/.*=$/s);
		await bench.client.ended(id);
		expect(await bench.probeContent(id)).toMatchObject(tinyFacts);
		expect((await bench.client.get(`/videos/${encodeURIComponent(id)}`)).body.id).toBe(id);
		// An unencoded slash splits the ID, so that no such route exists.
		expect((await bench.client.get(`videos/${id}`)).status).toBe(404);
	});

	it('omits fields, reports `processing`, and reports the usage', async () => {
		const { body } = await bench.client.create({ prompt, seconds: '8' });
		expect(Object.keys(body)).toEqual(['id', 'object', 'status', 'created_at', 'model', 'usage']);
		expect(body).toMatchObject({ status: 'processing', usage: { duration_seconds: 8 } });
		expect((await bench.client.ended(body.id)).status).toBe('completed');
	});

	it('requires the provider for a list, and cannot delete', async () => {
		const { client } = bench;
		const { id } = (await client.create({ prompt })).body;
		expect((await client.get('videos')).status).toBe(400);
		const { data } = (await client.get('videos?custom_llm_provider=vertex_ai')).body;
		expect(data).toMatchObject([{ id }]);
		expect((await client.call('DELETE', `videos/${encodeURIComponent(id)}`)).status).toBe(405);
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

	it("refuses another user's job, in its own error format", async () => {
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

describe('Bifrost', () => {
	const bench = openBench({ dialect: 'bifrost' });
	const request = { prompt, model: 'gemini/veo-3.1' };

	it('requires the provider before the model, and an image as text', async () => {
		const { client, sandbox } = bench;
		const image_url = dataUri(await drawImageFile(64, 64));
		expect(summary(await client.create({ prompt, model: 'veo-3.1' }))).toMatchObject([
			400,
			{ status_code: 400, error: { message: expect.stringMatching(/provider\/model/) } },
		]);
		const refusal = await client.create({ ...request, input_reference: { image_url } });
		expect([refusal.status, refusal.body.error.message]).toEqual([
			400,
			expect.stringMatching(/cannot unmarshal object .* of type string/),
		]);
		expect(sandbox.jobs()).toEqual([]);
	});

	it('contains the file in the job, lists jobs, and cancels a running one', async () => {
		const { client, sandbox } = bench;
		const { id } = (await client.create(request)).body;
		const { videos } = await client.ended(id);
		expect(videos).toMatchObject([{ type: 'url', content_type: 'video/mp4' }]);
		expect(await bench.probe(await bench.download(videos[0].url))).toMatchObject(tinyFacts);
		expect((await client.get('videos')).body.data).toMatchObject([{ id }]);

		bench.holdNextJob();
		const held = (await client.create(request)).body.id;
		expect((await client.call('DELETE', `videos/${held}`)).body).toMatchObject({ deleted: true });
		expect(sandbox.jobs()[1].status).toBe('cancelled');
	});
});

describe('new-api', () => {
	const bench = openBench({ dialect: 'newapi' });

	it('returns a task ID, has the URL in metadata, and has the content route', async () => {
		const { headers, body } = await bench.client.create({ prompt, seconds: '10' });
		expect(headers.get('x-new-api-other-ratios')).toBe('{"seconds":10}');
		expect(body).toMatchObject({ task_id: body.id, status: 'queued', seconds: '10' });
		expect((await bench.client.job(body.id, '/content')).status).toBe(400);
		const { metadata } = await bench.client.ended(body.id);
		expect(await bench.probe(await bench.download(metadata.url))).toMatchObject(tinyFacts);
		expect(await bench.probeContent(body.id)).toMatchObject(tinyFacts);
	});

	it("refuses an object for an image with Go's message, and finds only tasks of the same user", async () => {
		const image_url = dataUri(await drawImageFile(64, 64));
		const refusal = await bench.client.create({ prompt, input_reference: { image_url } });
		expect(summary(refusal)).toEqual([
			400,
			{
				code: 'invalid_request',
				message: expect.stringMatching(/^json: cannot unmarshal object/),
				data: null,
			},
		]);
		expect(summary(await bench.client.job('task_0'))).toMatchObject([
			400,
			{ code: 'task_not_exist' },
		]);
		const { id } = (await bench.client.create({ prompt })).body;
		expect((await bench.client.get('videos')).status).toBe(404);
		expect((await bench.client.call('DELETE', `videos/${id}`)).status).toBe(404);
	});
});

describe('A very lenient relay', () => {
	const bench = openBench({ dialect: 'relay' });

	it('responds with lists, milliseconds and a constant progress, and has no content route', async () => {
		const { body } = await bench.client.create({ prompt, seconds: '15', aspect_ratio: '9:16' });
		const [{ task_id: id, status }] = body.data;
		expect([body.code, status]).toEqual([200, 'submitted']);
		const [done] = await until(async () => {
			const { data } = (await bench.client.job(id)).body;
			return data[0].status === 'success' && data;
		});
		expect(done).toMatchObject({ task_id: id, progress: '30%', created_at: expect.any(Number) });
		expect(done.created_at).toBeGreaterThan(1e12);
		expect(await bench.probe(await bench.download(done.result.video_url))).toMatchObject(tinyFacts);
		expect((await bench.client.job(id, '/content')).status).toBe(404);
		expect(summary(await bench.client.create({}))).toEqual([
			400,
			{ code: 400, msg: 'prompt is required', data: null },
		]);
	});
});

describe('A server that accepts only JSON', () => {
	const bench = openBench({ dialect: 'json-only' });

	it('refuses a form, and text for a number', async () => {
		expect(summary(await bench.client.call('POST', 'videos/', formOf({ prompt })))).toEqual([
			415,
			{ error: 'Expected application/json' },
		]);
		expect(summary(await bench.client.create({ prompt, seconds: '5' }))).toEqual([
			400,
			{ error: expect.stringMatching(/cannot unmarshal string .* of type int$/) },
		]);
		expect(bench.sandbox.jobs()).toEqual([]);
	});

	it('redirects a create to the path with a slash, and creates one job there', async () => {
		const { baseUrl, apiKey } = bench.sandbox;
		const options = {
			method: 'POST',
			headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
			body: JSON.stringify({ prompt, seconds: 5 }),
		};
		const first = await fetch(`${baseUrl}/videos`, { ...options, redirect: 'manual' });
		expect([first.status, first.headers.get('location')]).toEqual([307, '/v1/videos/']);
		expect((await fetch(`${baseUrl}/videos`, options)).status).toBe(201);
		expect(bench.sandbox.jobs()).toHaveLength(1);
	});
});

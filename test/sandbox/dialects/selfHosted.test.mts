import { dataUri, drawImageFile, formOf, openBench, summary, until } from '../support.mts';

const prompt = 'A paper boat';
const tinyFacts = { width: 64, height: 36, codec: 'h264' };

describe('vLLM-Omni', () => {
	const bench = openBench({ dialect: 'vllm-omni' });
	const create = async () => await bench.client.create(formOf({ prompt, seconds: '3' }));

	it("accepts only forms: JSON is a 422 in FastAPI's format", async () => {
		const problem = { type: 'missing', loc: ['body', 'prompt'], msg: 'Field required' };
		expect(summary(await bench.client.create({ prompt }))).toEqual([
			422,
			{ detail: [{ ...problem, input: null }] },
		]);
		expect(bench.sandbox.jobs()).toEqual([]);
	});

	it('supports every whole number of seconds, and returns additional fields', async () => {
		const video = await bench.client.ended((await create()).body.id);
		expect(video).toMatchObject({
			id: expect.stringMatching(/^video_gen_[0-9a-f]{32}$/),
			status: 'completed',
			seconds: '3',
			quality: 'standard',
			media_type: 'video/mp4',
			file_name: `${video.id}.mp4`,
			inference_time_s: expect.any(Number),
			url: null,
		});
		expect(await bench.probeContent(video.id)).toMatchObject(tinyFacts);
		expect((await bench.client.create(formOf({ prompt, seconds: '2.5' }))).status).toBe(422);
	});

	it('generates one frame without a duration; an image is a file or JSON text', async () => {
		const png = await drawImageFile(64, 64);
		const image_reference = JSON.stringify({ image_url: dataUri(png) });
		await bench.client.create(formOf({ prompt }, png));
		await bench.client.create(formOf({ prompt, image_reference }));
		expect(bench.sandbox.jobs()).toMatchObject([
			{ seconds: 1 / 24, image: { how: 'file', width: 64 } },
			{ seconds: 1 / 24, image: { how: 'data-uri', width: 64 } },
		]);
	});

	it('has numeric error codes, and no content before the end', async () => {
		bench.holdNextJob();
		const { body } = await create();
		const early = await bench.client.job(body.id, '/content');
		expect([early.status, early.body.error.code]).toEqual([404, 404]);

		bench.sandbox.addFault({ on: 'create', do: 'job-fails' });
		const { error } = await bench.client.ended((await create()).body.id);
		expect(error).toEqual({ code: 500, message: expect.any(String) });
	});

	it('aborts a running job on DELETE', async () => {
		bench.holdNextJob();
		const { id } = (await create()).body;
		const answer = await bench.client.call('DELETE', `videos/${id}`);
		expect(answer.body).toMatchObject({ id, deleted: true });
		expect(bench.sandbox.jobs()[0]).toMatchObject({ status: 'cancelled', billedUsd: 0 });
		expect((await bench.client.job(id)).status).toBe(404);
		expect((await bench.client.get('videos')).body).toMatchObject({ data: [], has_more: false });
	});
});

describe('SGLang', () => {
	const bench = openBench({ dialect: 'sglang' });

	it('requires an image in a form, so that text to video must be JSON', async () => {
		const { client } = bench;
		expect(summary(await client.create(formOf({ prompt })))).toEqual([
			400,
			{ detail: 'input_reference file is required' },
		]);
		expect((await client.create(formOf({ prompt }, await drawImageFile(64, 64)))).status).toBe(200);
		expect((await client.create({ prompt, seconds: '5' })).body).toMatchObject({
			model: 'sora-2',
			seconds: 5,
		});
	});

	it('accepts an image in JSON as text, not as an object', async () => {
		const { client, sandbox } = bench;
		const image_url = dataUri(await drawImageFile(64, 64));
		const refusal = await client.create({ prompt, input_reference: { image_url } });
		expect(summary(refusal)).toMatchObject([400, { detail: expect.stringMatching(/string/) }]);
		await client.create({ prompt, input_reference: image_url });
		await client.create({ prompt, extra_body: { reference_url: image_url } });
		expect(sandbox.jobs()).toMatchObject([{ image: { width: 64 } }, { image: { width: 64 } }]);
	});

	it('jumps from queued to completed and from 0 to 100', async () => {
		const { client, sandbox } = bench;
		bench.holdNextJob();
		const running = (await client.create({ prompt })).body.id;
		await until(() => sandbox.jobs()[0].status === 'in_progress');
		expect((await client.job(running)).body).toMatchObject({ status: 'queued', progress: 0 });
		expect(summary(await client.job(running, '/content'))).toEqual([
			404,
			{ detail: 'Generation is still in-progress' },
		]);
		const { id } = (await client.create({ prompt })).body;
		expect(await client.ended(id)).toMatchObject({ status: 'completed', progress: 100 });
		expect(await bench.probeContent(id)).toMatchObject(tinyFacts);
	});

	it('fails with only a message, lists without cursors, and deletes by a status', async () => {
		const { client, sandbox } = bench;
		sandbox.addFault({ on: 'create', do: 'job-fails', code: 7, message: 'CUDA' });
		const { id, error } = await client.ended((await client.create({ prompt })).body.id);
		expect(error).toEqual({ message: 'CUDA' });
		expect(Object.keys((await client.get('videos')).body)).toEqual(['object', 'data']);
		const deleted = await client.call('DELETE', `videos/${id}`);
		expect(deleted.body).toMatchObject({ id, status: 'deleted' });
		expect(summary(await client.job(id))).toEqual([404, { detail: 'Video not found' }]);
	});
});

describe('SGLang with cloud storage', () => {
	const bench = openBench({ dialect: 'sglang', cloudUrl: true });

	it('has the URL in the job, and /content refuses', async () => {
		const { id } = (await bench.client.create({ prompt })).body;
		const { url } = await bench.client.ended(id);
		expect(new URL(url).origin).toBe(bench.sandbox.mediaUrl);
		expect((await fetch(url)).headers.get('content-type')).toBe('video/mp4');
		expect(summary(await bench.client.job(id, '/content'))).toEqual([
			400,
			{ detail: 'use the cloud URL' },
		]);
	});
});

describe('stdapi.ai', () => {
	const bench = openBench({ dialect: 'stdapi' });
	const request = { prompt, model: 'amazon.nova-reel-v1:1', seconds: '12' };

	it('requires a model, and a duration that this model supports', async () => {
		const refusals = [
			await bench.client.create({ prompt }),
			await bench.client.create({ ...request, seconds: '5' }),
			await bench.client.create({ prompt, model: 'luma.ray-v2:0', seconds: '6' }),
		];
		expect(refusals.map(({ status, body }) => [status, body.error.param])).toEqual([
			[400, 'model'],
			[400, 'seconds'],
			[400, 'seconds'],
		]);
	});

	it('returns the prompt once, and only 0 or 100 as progress', async () => {
		const { client, sandbox } = bench;
		bench.holdNextJob();
		const held = (await client.create(request)).body.id;
		await until(() => sandbox.jobs()[0].status === 'in_progress');
		const running = (await client.job(held)).body;
		expect(running).toMatchObject({ status: 'in_progress', progress: 0 });
		expect(running).not.toHaveProperty('prompt');

		const { body } = await client.create(request);
		expect(body).toMatchObject({ prompt, status: 'queued', progress: 0 });
		expect(body.id.length).toBeGreaterThan(200);
		expect(await client.ended(body.id)).toMatchObject({ progress: 100, expires_at: null });
		expect(await bench.probeContent(body.id)).toMatchObject(tinyFacts);
	});

	it('refuses to delete a running job, and has no images of a video', async () => {
		const { client } = bench;
		const remove = async (id: string) =>
			await client.call('DELETE', `videos/${encodeURIComponent(id)}`);
		bench.holdNextJob();
		const refusal = await remove((await client.create(request)).body.id);
		expect([refusal.status, refusal.body.error.message]).toEqual([
			400,
			'Video is still being processed.',
		]);
		const { id } = (await client.create(request)).body;
		await client.ended(id);
		expect((await client.job(id, '/content?variant=thumbnail')).status).toBe(400);
		expect((await remove(id)).body).toEqual({ id, object: 'video.deleted', deleted: true });
	});
});

describe('AIBrix', () => {
	const bench = openBench({ dialect: 'aibrix' });

	it("has its own IDs with vLLM-Omni's responses", async () => {
		const { body } = await bench.client.create(formOf({ prompt, seconds: '3' }));
		expect(body).toMatchObject({
			id: expect.stringMatching(/^aibrixjob-[0-9a-f]{32}$/),
			media_type: 'video/mp4',
		});
	});
});

describe('FastVideo', () => {
	const bench = openBench({ dialect: 'fastvideo' });

	it('accepts a form without a file, has no list and cannot cancel', async () => {
		const { status, body } = await bench.client.create(formOf({ prompt, seconds: '3' }));
		expect([status, body.seconds]).toEqual([200, 3]);
		expect((await bench.client.get('videos')).status).toBe(404);
		expect((await bench.client.call('DELETE', `videos/${body.id}`)).status).toBe(404);
	});
});

import { dataUri, drawImageFile, formOf, openBench, summary, until } from '../support.mts';

const prompt = 'A paper boat';
const tinyFacts = { width: 64, height: 36, codec: 'h264' };

describe('Azure', () => {
	const bench = openBench({ dialect: 'azure' });

	it('runs two jobs in parallel and no third', async () => {
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

	it('has shorter IDs than OpenAI, and files that expire a day after creation', async () => {
		const { body } = await bench.client.create({ prompt, seconds: '12' });
		expect(body.id).toMatch(/^video_[0-9a-f]{32}$/);
		const done = await bench.client.ended(body.id);
		expect(done).toMatchObject({ status: 'completed', expires_at: done.created_at + 86_400 });
		expect(await bench.probeContent(body.id)).toMatchObject(tinyFacts);
	});

	it('refuses unsupported durations and deployments, and fails for sizes that it accepted', async () => {
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

describe('Together', () => {
	const bench = openBench({ dialect: 'together' });
	const request = { prompt, model: 'minimax/hailuo-02' };

	it('has the file and the price in `outputs`, and no other route', async () => {
		const { id } = (await bench.client.create({ ...request, seconds: '6', ratio: '9:16' })).body;
		const { outputs } = await bench.client.ended(id);
		expect(outputs.cost).toBeCloseTo(0.6);
		expect(await bench.probe(await bench.download(outputs.video_url))).toMatchObject(tinyFacts);
		expect(bench.sandbox.jobs()[0]).toMatchObject({ width: 720, height: 1280 });
		for (const path of [`videos/${id}/content`, 'videos', 'models']) {
			expect((await bench.client.get(path)).status).toBe(404);
		}
	});

	it("ignores OpenAI's fields silently, and accepts frames in a list or in `media`", async () => {
		const input_image = dataUri(await drawImageFile(64, 64));
		await bench.client.create({ ...request, size: '720x1280', input_reference: input_image });
		await bench.client.create({ ...request, frame_images: [{ input_image, frame: 'last' }] });
		await bench.client.create({ ...request, media: { frame_images: [{ input_image }] } });
		expect(bench.sandbox.jobs()).toMatchObject([
			{ width: 1280, images: [] },
			{ images: [{ role: 'last' }] },
			{ images: [{ role: 'first' }] },
		]);
		expect((await bench.client.create({ ...request, seconds: 6 })).status).toBe(400);
	});
});

describe('DeepInfra', () => {
	const bench = openBench({ dialect: 'deepinfra' });
	const request = { prompt, model: 'Pixverse/Pixverse-T2V' };

	it('has a relative URL in `data`', async () => {
		const { id } = (await bench.client.create({ ...request, seconds: 5 })).body;
		const [{ url }] = (await bench.client.ended(id)).data;
		expect(url).toMatch(/^\/v1\/openai\//);
		expect(await bench.probe(await bench.download(url))).toMatchObject(tinyFacts);
		expect((await bench.client.job(id, '/content')).status).toBe(404);
		expect((await bench.client.create({ ...request, seconds: '5' })).status).toBe(400);
	});
});

describe("Gemini's OpenAI layer", () => {
	const bench = openBench({ dialect: 'gemini' });
	const create = async (fields: Record<string, string> = {}) =>
		await bench.client.create(formOf({ prompt, model: 'veo-3.1-generate-preview', ...fields }));

	it('has the file on its own host, which requires the key', async () => {
		const { id } = (await create({ aspect_ratio: '9:16', duration_seconds: '6' })).body;
		expect(id).toMatch(/\//);
		const { url } = await bench.client.ended(id);
		expect(new URL(url).origin).toBe(new URL(bench.sandbox.baseUrl).origin);
		expect((await fetch(url)).status).toBe(401);
		expect(await bench.probe(await bench.download(url))).toMatchObject(tinyFacts);
		expect(bench.sandbox.jobs()[0]).toMatchObject({ seconds: 6, width: 720, height: 1280 });
	});

	it('ignores `seconds` and `size`, and refuses a duration that Veo does not support', async () => {
		await create({ seconds: '4', size: '720x1280' });
		expect(bench.sandbox.jobs()).toMatchObject([{ seconds: 8, width: 1280 }]);
		expect(summary(await create({ duration_seconds: '5' }))).toMatchObject([
			400,
			{ error: { code: 400, status: 'INVALID_ARGUMENT' } },
		]);
	});
});

describe('Poe', () => {
	const bench = openBench({ dialect: 'poe' });
	const request = { prompt, model: 'Veo-3.1-Fast', seconds: 8 };

	it('uses integer seconds and a price in points', async () => {
		const { id } = (await bench.client.create(request)).body;
		const done = await bench.client.ended(id);
		expect(done).toMatchObject({ seconds: 8, usage: { points: expect.any(Number) } });
		expect(await bench.probeContent(id)).toMatchObject(tinyFacts);
		expect((await bench.client.job(id, '/content?variant=thumbnail')).status).toBe(200);
		expect((await bench.client.create({ ...request, seconds: '8' })).status).toBe(400);
	});

	it('accepts an image in JSON as base64 in a separate field', async () => {
		const input_image = (await drawImageFile(64, 64)).toString('base64');
		await bench.client.create({ ...request, input_image });
		const image_url = dataUri(await drawImageFile(64, 64));
		const refusal = await bench.client.create({ ...request, input_reference: { image_url } });
		expect(refusal.status).toBe(400);
		expect(bench.sandbox.jobs()).toMatchObject([{ image: { width: 64 } }]);
	});
});

describe('CometAPI', () => {
	const bench = openBench({ dialect: 'cometapi' });
	const request = { prompt, model: 'seedance-2-5' };

	it('wraps status responses in `data`, but not create responses', async () => {
		const { body } = await bench.client.create({ ...request, seconds: '30' });
		expect(body).toMatchObject({ id: expect.any(String), status: 'queued' });
		const done = await until(async () => {
			const { data } = (await bench.client.job(body.id)).body;
			return data.status === 'completed' && data;
		});
		expect(done.id).toBe(body.id);
		expect(await bench.probeContent(body.id)).toMatchObject(tinyFacts);
		expect((await bench.client.create({ ...request, seconds: '31' })).status).toBe(400);
	});
});

describe('Merge Gateway', () => {
	const bench = openBench({ dialect: 'merge' });

	it('uses integer seconds and a tier as size', async () => {
		const { status, body } = await bench.client.create({
			prompt,
			model: 'minimax/hailuo-02',
			seconds: 6,
			size: '480P',
		});
		expect([status, body.id, body.seconds]).toEqual([202, expect.stringMatching(/^vid_/), 6]);
		expect(bench.sandbox.jobs()).toMatchObject([{ height: 480 }]);
	});
});

describe("xAI's shapes behind /videos", () => {
	const bench = openBench({ dialect: 'xai' });

	it('returns a request ID, an empty response while it runs, and a result without an ID', async () => {
		bench.holdNextJob();
		const { body } = await bench.client.create({ prompt, duration: 8 });
		expect(body).toEqual({ request_id: expect.any(String) });
		const running = await bench.client.job(body.request_id);
		expect([running.status, running.body]).toEqual([202, '']);
		bench.sandbox.releaseStuck();
		const done = await until(async () => {
			const answer = await bench.client.job(body.request_id);
			return answer.status === 200 && answer.body;
		});
		expect(done).toMatchObject({
			status: 'done',
			video: { duration: 8 },
			usage: { cost_in_usd_ticks: expect.any(Number) },
		});
		expect(done).not.toHaveProperty('id');
		expect(await bench.probe(await bench.download(done.video.url))).toMatchObject(tinyFacts);
	});
});

import {
	clientOf,
	startSandbox,
	dataUri,
	drawImageFile,
	loadProber,
	until,
	withImageAt,
	type Json,
	type Sandbox,
} from '../support.mts';

let sandbox: Sandbox;
let client: ReturnType<typeof clientOf>;

beforeAll(async () => {
	sandbox = await startSandbox({ speed: 60, fileLifetimeSeconds: 600 });
	client = clientOf(sandbox);
});
beforeEach(async () => await sandbox.reset());
afterAll(async () => await sandbox.close());

const request = { model: 'p-video', prompt: 'A red kite', seconds: 1, resolution: '480p' };

describe('Creating', () => {
	it('returns 202 with the minimum, and seconds as a string', async () => {
		const { status, headers, body } = await client.create({ ...request, size: '16:9' });
		expect(status).toBe(202);
		expect(headers.get('x-lumenfall-provider')).toBe('replicate');
		expect(body).toEqual({
			id: expect.stringMatching(/^video_/),
			object: 'video',
			created_at: expect.any(Number),
			status: 'queued',
			model: 'p-video',
			seconds: '1',
			size: '16:9',
		});
	});

	it('accepts `duration` for `seconds`, as number or text, and multipart like JSON', async () => {
		await client.create({ ...request, seconds: undefined, duration: '2' });
		const form = new FormData();
		Object.entries(request).forEach(([name, value]) => form.append(name, String(value)));
		form.append(
			'input_reference[]',
			new Blob([new Uint8Array(await drawImageFile(64, 64))], { type: 'image/png' }),
			'a.png',
		);
		const headers = { authorization: `Bearer ${sandbox.apiKey}` };
		const answer = await fetch(`${sandbox.baseUrl}/videos`, {
			method: 'POST',
			headers,
			body: form,
		});

		expect(answer.status).toBe(202);
		expect(sandbox.jobs().map(({ seconds, encoding }) => [seconds, encoding])).toEqual([
			[2, 'json'],
			[1, 'multipart'],
		]);
		expect(sandbox.jobs()[1].image).toMatchObject({
			how: 'file',
			mimeType: 'image/png',
			width: 64,
		});
	});

	it('the same idempotency key returns 200 with the same job and creates nothing', async () => {
		const first = await client.create({ ...request, idempotency_key: 'key-1' });
		const again = await client.create({ ...request, idempotency_key: 'key-1' });
		const other = await client.create({ ...request, idempotency_key: 'key-2' });
		expect([first.status, again.status, other.status]).toEqual([202, 200, 202]);
		expect(again.body.id).toBe(first.body.id);
		expect(sandbox.jobs()).toHaveLength(2);
	});

	it('two simultaneous requests with one key create one job', async () => {
		const body = { ...request, idempotency_key: 'twins' };
		const answers = await Promise.all([client.create(body), client.create(body)]);
		expect(answers.map(({ status }) => status).sort()).toEqual([200, 202]);
		expect(sandbox.jobs()).toHaveLength(1);
	});

	it('a dry run estimates in micros and creates no job', async () => {
		const { status, body } = await client.call('POST', 'videos?dryRun=true', {
			...request,
			model: 'sora-2-pro',
			seconds: 5,
		});
		expect(status).toBe(200);
		expect(body).toMatchObject({
			estimated: true,
			model: 'sora-2-pro',
			total_cost_micros: 1_500_000,
			components: [{ metric: 'second', quantity: 5, unit_price: 0.3, total_cost: 1_500_000 }],
		});
		expect(body).not.toHaveProperty('id');
		expect(sandbox.jobs()).toEqual([]);
	});

	it.each([
		['no prompt', { prompt: undefined }, 400, 'INVALID_REQUEST', /prompt/],
		['a key that is too long', { idempotency_key: 'k'.repeat(257) }, 400, 'INVALID_REQUEST', /256/],
		['more seconds than the model makes', { seconds: 11 }, 400, 'INVALID_REQUEST', /10 seconds/],
		['a misspelled model', { model: 'p-vidoe' }, 404, 'MODEL_NOT_FOUND', /Did you mean 'p-video'/],
		[
			'a model without that mode',
			{ model: 'mock-image' },
			400,
			'INVALID_REQUEST',
			/Supported modes: text-to-image/,
		],
		[
			'an image that is none',
			{ input_reference: { image_url: 'data:image/png;base64,AAAA' } },
			400,
			'INVALID_REQUEST',
			/Invalid image file/,
		],
	])('refuses %s', async (_, change, status, code, message) => {
		const answer = await client.create({ ...request, ...change });
		expect([answer.status, answer.body.error.code]).toEqual([status, code]);
		expect(answer.body.error.message).toMatch(message);
		expect(sandbox.jobs()).toEqual([]);
	});

	it('refuses a wrong key before anything else', async () => {
		const headers = { authorization: 'Bearer wrong', 'content-type': 'application/json' };
		const options = { method: 'POST', headers, body: JSON.stringify(request) };
		const answer = await fetch(`${sandbox.baseUrl}/videos`, options);
		expect([answer.status, await answer.json()]).toEqual([
			401,
			{
				error: {
					message: 'Invalid API key',
					type: 'authentication_error',
					code: 'AUTHENTICATION_FAILED',
				},
			},
		]);
	});
});

describe('A job', () => {
	it('goes from queued to in progress to completed, with a file on another host that needs no key', async () => {
		const { body } = await client.create(request);
		const waiting = (await client.get(`videos/${body.id}`)).body;
		expect(waiting).toMatchObject({
			status: 'queued',
			prompt: 'A red kite',
			completed_at: null,
			expires_at: null,
			output: null,
			error: null,
			metadata: { executed_model: 'replicate/p-video', cost_estimate: 0.02, cost_currency: 'USD' },
		});
		expect(waiting).not.toHaveProperty('progress');

		const done = await client.ended(body.id);
		expect(done).toMatchObject({
			status: 'completed',
			output: { content_type: 'video/mp4' },
			metadata: { cost: 0.02 },
		});
		expect(done.expires_at - done.completed_at).toBe(600);
		expect(new URL(done.output.url).origin).toBe(sandbox.mediaUrl);
		expect(new URL(done.output.url).origin).not.toBe(new URL(sandbox.baseUrl).origin);

		const file = Buffer.from(await (await fetch(done.output.url)).arrayBuffer());
		expect(file).toHaveLength(done.output.size_bytes);
		expect(await (await loadProber()).probeVideo(file)).toMatchObject({
			width: 854,
			height: 480,
			seconds: 1,
		});
		const [record] = sandbox.jobs();
		expect(record.startedAt! - record.createdAt).toBeGreaterThanOrEqual(1_500);
		expect(record.finishedAt! - record.createdAt).toBeGreaterThanOrEqual(6_000);
	});

	it('has a URL that expires', async () => {
		const other = await startSandbox({ speed: 60, fileLifetimeSeconds: 30 });
		const ofOther = clientOf(other);
		const { output } = await ofOther.ended((await ofOther.create(request)).body.id);
		const gone = await until(async () => {
			const answer = await fetch(output.url);
			return answer.status !== 200 && answer;
		});
		expect([gone.status, gone.headers.get('content-type')]).toEqual([404, 'application/xml']);
		await other.close();
	});

	it('can be cancelled while it runs, at no cost', async () => {
		const { body } = await client.create(request);
		const cancel = await client.call('DELETE', `videos/${body.id}`);
		expect([cancel.status, cancel.body]).toEqual([204, '']);
		expect((await client.get(`videos/${body.id}`)).body.status).toBe('cancelled');

		await client.ended((await client.create(request)).body.id);
		expect(sandbox.jobs()[0]).toMatchObject({ status: 'cancelled', cancelled: true, billedUsd: 0 });
		expect(sandbox.billing()).toEqual({ jobs: 1, usd: 0.02 });
	});

	it('that fails reports the reason, with HTTP status 200, and is not billed', async () => {
		const blocked = await client.create({ ...request, prompt: 'A kite [blocked]' });
		const broken = await client.create({ ...request, prompt: 'A kite [fails]' });
		expect(await client.ended(blocked.body.id)).toMatchObject({
			status: 'failed',
			output: null,
			error: { code: 'CONTENT_POLICY_VIOLATION' },
		});
		expect((await client.ended(broken.body.id)).error.code).toBe('ALL_PROVIDERS_EXHAUSTED');
		expect(sandbox.billing()).toEqual({ jobs: 0, usd: 0 });
	});

	it('is billed only when completed, and the balance shows it', async () => {
		const before = (await client.get('/v1/balance')).body.available.amount;
		const { body } = await client.create(request);
		expect(sandbox.billing().usd).toBe(0);
		await client.ended(body.id);
		expect((await client.get('/v1/balance')).body.available.amount).toBeCloseTo(before - 0.02);
		expect((await client.get('/v1/requests')).body.data[0]).toMatchObject({
			id: body.id.replace('video_', 'req_'),
			status: 'completed',
			cost: 0.02,
		});
	});
});

describe('The pixel size', () => {
	it.each([
		['sora-2', {}, 1280, 720],
		['sora-2', { size: '1920x1080' }, 1280, 720],
		['sora-2', { aspect_ratio: '9:16', resolution: '1080p' }, 720, 1280],
		['kling-v3', { size: '1:1', aspect_ratio: '16:9' }, 720, 720],
		['kling-v3', { size: '1080x1920', aspect_ratio: '16:9', resolution: '480p' }, 1080, 1920],
		['kling-v3', { aspect_ratio: '21:9' }, 1280, 720],
		['seedance-2.0', { aspect_ratio: '4:3', resolution: '480p' }, 640, 480],
		['p-video', { resolution: '1080p' }, 1920, 1080],
	])('of %s for %j is %i by %i', async (model, shape, width, height) => {
		await client.create({ model, prompt: 'A kite [blocked]', seconds: 5, ...shape });
		expect(sandbox.jobs()[0]).toMatchObject({ width, height });
	});

	it('follows the image if nothing else determines it', async () => {
		const input_reference = { image_url: dataUri(await drawImageFile(300, 500)) };
		await client.create({ ...request, resolution: undefined, input_reference });
		expect(sandbox.jobs()[0]).toMatchObject({
			width: 720,
			height: 1280,
			image: { how: 'data-uri', mimeType: 'image/png', width: 300, height: 500 },
		});
	});

	it('an image can be a URL', async () => {
		await withImageAt(await drawImageFile(90, 90), (image_url) =>
			client.create({ ...request, input_reference: [{ image_url }] }),
		);
		expect(sandbox.jobs()[0].image).toMatchObject({ how: 'url', mimeType: 'image/png', width: 90 });
	});
});

describe('Several images', () => {
	const referencesOf = async (count: number) =>
		await Promise.all(
			[...Array(count)].map(async (_, index) => ({
				image_url: dataUri(await drawImageFile(64 + index, 64)),
			})),
		);

	it('are references on a model that accepts several; the video starts with the first', async () => {
		const input_reference = await referencesOf(9);
		const model = 'seedance-2.0';
		expect((await client.create({ ...request, model, seconds: 4, input_reference })).status).toBe(
			202,
		);
		const [{ image, images }] = sandbox.jobs();
		expect(image?.width).toBe(64);
		expect(images.map(({ role, width }) => [role, width])).toEqual([
			['first', 64],
			...[65, 66, 67, 68, 69, 70, 71, 72].map((width) => ['reference', width]),
		]);
	});

	it("do not include the one in a model's own parameter, which does not count towards a limit", async () => {
		const input_reference = await referencesOf(2);
		const last_frame_image = dataUri(await drawImageFile(96, 64));
		const withLast = { ...request, model: 'pixverse-v5.6', seconds: 5, last_frame_image };
		expect((await client.create({ ...withLast, input_reference })).status).toBe(202);
		expect(sandbox.jobs()[0].images.map(({ role, width }) => [role, width])).toEqual([
			['first', 64],
			['reference', 65],
			['last', 96],
		]);
	});

	it.each([
		['seedance-2.0', 10, /takes at most 9 input images/],
		['p-video', 2, /does not support multiple input images/],
	])('%s refuses %i of them', async (model, count, message) => {
		const input_reference = await referencesOf(count);
		const answer = await client.create({ ...request, model, seconds: 4, input_reference });
		expect([answer.status, answer.body.error.message]).toEqual([
			400,
			expect.stringMatching(message),
		]);
		expect(sandbox.jobs()).toEqual([]);
	});
});

describe('Around the jobs', () => {
	it('the model list distinguishes video models from others, also under an alias or a forced provider', async () => {
		const { data } = (await client.get('models')).body;
		const modalities = Object.fromEntries(data.map((model: Json) => [model.id, model.modality]));
		expect(modalities).toMatchObject({ 'sora-2': 'video', 'mock-image': 'image' });
		expect((await client.get('models/kling-3')).body.id).toBe('kling-v3');
		expect((await client.get('models/fal/kling-v3')).body.id).toBe('kling-v3');
		expect((await client.get('models/gemini/kling-v3')).status).toBe(404);
	});

	it('there is no list and no content endpoint, and the journal records the wrong request', async () => {
		expect((await client.get('videos')).status).toBe(404);
		expect((await client.get('videos/video_1/content')).status).toBe(404);
		expect(sandbox.requests().map(({ kind }) => kind)).toEqual(['unknown', 'unknown']);
	});

	it('the journal shows a key that leaks to the media host', async () => {
		const { output } = await client.ended((await client.create(request)).body.id);
		await fetch(output.url);
		await fetch(output.url, { headers: { authorization: 'Bearer oops' } });
		const media = sandbox.requests().filter(({ host }) => host === 'media');
		expect(media.map(({ hadAuthorization, status }) => [hadAuthorization, status])).toEqual([
			[false, 200],
			[true, 200],
		]);
	});

	it('reset deletes jobs, requests and bills', async () => {
		const { body } = await client.create(request);
		await sandbox.reset();
		expect([sandbox.jobs(), sandbox.requests(), sandbox.billing().usd]).toEqual([[], [], 0]);
		expect((await client.get(`videos/${body.id}`)).status).toBe(404);
	});
});

import {
	dataUri,
	drawImageFile,
	drawQuarters,
	formOf,
	loadProber,
	openBench,
	summary,
	withImageAt,
} from '../support.mts';

const prompt = 'A paper boat';
const request = { prompt, model: 'veo-3.1-fast', duration: 6 };
const invalid = (message: RegExp) => [
	400,
	{ error: { code: 400, message: expect.stringMatching(message) } },
];

const bench = openBench({ dialect: 'openrouter' });

let one: string;
let other: string;
beforeAll(async () => {
	one = dataUri(await drawImageFile(64, 36));
	other = dataUri(await drawQuarters(48, 48));
});
const image = (url = one) => ({ type: 'image_url', image_url: { url } });
const frame = (frame_type: string, url = one) => ({ ...image(url), frame_type });

describe('a job', () => {
	it('starts with a URL for polling, and ends with URLs that require the key', async () => {
		const { status, body } = await bench.client.create({
			...request,
			resolution: '1080p',
			aspect_ratio: '9:16',
		});
		const { id } = body;
		const polling_url = `${bench.sandbox.baseUrl}/videos/${id}`;
		expect([status, body]).toEqual([202, { id, polling_url, status: 'pending' }]);
		expect(bench.sandbox.jobs()[0]).toMatchObject({ seconds: 6, width: 1080, height: 1920 });

		const done = await bench.client.ended(id);
		expect(done).toEqual({
			...body,
			generation_id: expect.stringMatching(/^gen-\d{10}-\w+$/),
			status: 'completed',
			unsigned_urls: [`${polling_url}/content?index=0`],
			usage: { cost: 1.2, is_byok: false },
		});
		expect((await fetch(done.unsigned_urls[0])).status).toBe(401);
		expect(await bench.probeContent(id)).toMatchObject({ width: 64, height: 36, codec: 'h264' });
		expect((await bench.client.job(id, '/content?index=1')).status).toBe(404);
	});

	it('reports why it failed as plain text', async () => {
		const { id } = (await bench.client.create({ ...request, prompt: 'A boat [blocked]' })).body;
		expect(await bench.client.ended(id)).toMatchObject({
			status: 'failed',
			error: 'Your request was blocked by our moderation system.',
		});
	});

	it('is in no list, and cannot be deleted', async () => {
		const { id } = (await bench.client.create(request)).body;
		expect((await bench.client.get('videos')).status).toBe(404);
		expect((await bench.client.call('DELETE', `videos/${id}`)).status).toBe(404);
	});
});

describe('a request', () => {
	it("ignores OpenAI's fields silently, so they have no effect", async () => {
		await bench.client.create({
			prompt,
			model: 'veo-3.1-fast',
			seconds: '6',
			input_reference: { image_url: one },
			negative_prompt: 'rain',
		});
		expect(bench.sandbox.jobs()).toMatchObject([{ seconds: 8, images: [] }]);
	});

	it('must be JSON', async () => {
		expect(summary(await bench.client.create(formOf({ prompt, model: 'sora-2' })))).toEqual(
			invalid(/must be JSON/),
		);
	});

	it('can contain the size in pixels, or as resolution and aspect ratio', async () => {
		await bench.client.create({ ...request, size: '1920x1080' });
		await bench.client.create({ ...request, model: 'google/veo-3.1', resolution: '4K' });
		expect(bench.sandbox.jobs()).toMatchObject([
			{ width: 1920, height: 1080, size: '1920x1080' },
			{ width: 3840, height: 2160, model: 'google/veo-3.1' },
		]);
	});

	it.each<[object, RegExp]>([
		[{ duration: '6' }, /^duration: Expected number/],
		[{ duration: 4.5 }, /^duration: Expected integer/],
		[{ duration: 0 }, /^duration: /],
		[{ duration: 5 }, /^Duration 5s is not supported for this model\. .*: 8, 4, 6s$/],
		[{ resolution: '720' }, /^resolution: Invalid enum value/],
		[{ resolution: '4K' }, /^Resolution 4K is not supported .*: 720p, 1080p$/],
		[{ aspect_ratio: '5:4' }, /^aspect_ratio: Invalid enum value/],
		[{ aspect_ratio: '1:1' }, /^Aspect ratio 1:1 is not supported .*: 16:9, 9:16$/],
		[{ size: '1080p' }, /^size: /],
		[{ size: '640x480' }, /^Size 640x480 is not supported/],
		[{ generate_audio: 'false' }, /^generate_audio: /],
		[{ callback_url: 'http://example.com/hook' }, /^callback_url: Must be HTTPS/],
		[{ prompt: '' }, /^prompt: /],
	])('with %j is refused, and nothing is created', async (change, message) => {
		expect(summary(await bench.client.create({ ...request, ...change }))).toEqual(invalid(message));
		expect(bench.sandbox.jobs()).toEqual([]);
	});

	it('for an unknown model is refused', async () => {
		expect(summary(await bench.client.create({ ...request, model: 'x/any' }))).toEqual([
			400,
			{ error: { code: 400, message: 'x/any is not a valid model ID' } },
		]);
	});
});

describe('images', () => {
	const model = 'pixverse-v5.6';
	const create = async (change: object) =>
		await bench.client.create({ prompt, model, duration: 5, ...change });

	it('are the first and the last frame, in any order', async () => {
		await create({ frame_images: [frame('last_frame', other), frame('first_frame')] });
		expect(bench.sandbox.jobs()[0]).toMatchObject({
			width: 1280,
			height: 720,
			image: { how: 'data-uri', width: 64 },
			images: [
				{ role: 'first', width: 64, height: 36 },
				{ role: 'last', width: 48, height: 48 },
			],
		});
	});

	it('can be only a last frame, whose shape the video gets', async () => {
		await create({ frame_images: [frame('last_frame', other)] });
		const [job] = bench.sandbox.jobs();
		expect(job).toMatchObject({ width: 720, height: 720, images: [{ role: 'last' }] });
		expect(job.image).toBeUndefined();
	});

	it('are references; sounds and videos among them are ignored', async () => {
		const film = { type: 'video_url', video_url: { url: 'https://example.com/a.mp4' } };
		await create({ input_references: [image(), film, image(other)] });
		expect(bench.sandbox.jobs()[0].images).toMatchObject([
			{ role: 'reference', width: 64 },
			{ role: 'reference', width: 48 },
		]);
	});

	it('can be URLs, also without TLS on this computer', async () => {
		await withImageAt(await drawImageFile(90, 50), async (url) => {
			await create({ frame_images: [frame('first_frame', url)] });
			await create({ input_references: [image(url)] });
		});
		const named = { how: 'url', mimeType: 'image/png', width: 90, height: 50 };
		expect(bench.sandbox.jobs().map(({ images }) => images)).toMatchObject([
			[{ role: 'first', ...named }],
			[{ role: 'reference', ...named }],
		]);
	});

	it('that are frames have priority over references, which are ignored', async () => {
		const frames = { frame_images: [frame('first_frame')] };
		await create({ ...frames, input_references: [image(other)] });
		expect(bench.sandbox.jobs()[0].images).toMatchObject([{ role: 'first', width: 64 }]);
	});

	it.each<[string, () => object, RegExp]>([
		['no frame type', () => ({ frame_images: [image()] }), /^frame_images\.0\.frame_type/],
		[
			'an unknown frame type',
			() => ({ frame_images: [frame('first')] }),
			/^frame_images\.0\.frame_type/,
		],
		[
			'a bare address',
			() => ({ frame_images: [{ ...frame('first_frame'), image_url: one }] }),
			/^frame_images\.0\.image_url/,
		],
		[
			'two first frames',
			() => ({ frame_images: [frame('first_frame'), frame('first_frame')] }),
			/^frame_images: /,
		],
		['no list', () => ({ frame_images: frame('first_frame') }), /^frame_images: /],
		[
			'a reference without type',
			() => ({ input_references: [{ image_url: { url: one } }] }),
			/^input_references\.0\.type/,
		],
		[
			'an address that is none',
			() => ({ input_references: [image('boat.png')] }),
			/^input_references\.0\.image_url\.url: Invalid url/,
		],
		[
			'no image behind the address',
			() => ({ frame_images: [frame('first_frame', 'data:image/png;base64,AAAA')] }),
			/could not be read/,
		],
		[
			'a last frame that the model does not take',
			() => ({ model: 'sora-2', duration: 4, frame_images: [frame('last_frame')] }),
			/^Frame type last_frame is not supported .*: first_frame$/,
		],
		[
			'a reference for a model that takes no images',
			() => ({ model: 'mock-video', input_references: [image()] }),
			/^Reference images are not supported/,
		],
	])('with %s are refused, and nothing is created', async (_, change, message) => {
		expect(summary(await create(change()))).toEqual(invalid(message));
		expect(bench.sandbox.jobs()).toEqual([]);
	});
});

describe('the video', () => {
	const renderQueue = openBench({ dialect: 'openrouter', renderer: 'real' });

	it('starts with the first frame and ends with the last', async () => {
		const { id } = (
			await renderQueue.client.create({
				prompt,
				model: 'pixverse-v5.6',
				duration: 5,
				frame_images: [frame('first_frame'), frame('last_frame', other)],
			})
		).body;
		await renderQueue.client.ended(id);
		const film = await renderQueue.content(id);
		const { firstFrame, lastFrame } = await loadProber();
		const topLeft = ({ rgba }: { rgba: Buffer }) => [...rgba.subarray(0, 3)];
		const near = (color: number[]) => color.map((value) => expect.closeTo(value, -1));
		expect(topLeft(await firstFrame(film))).toEqual(near([0x2f, 0x7f, 0xb8]));
		expect(topLeft(await lastFrame(film))).toEqual(near([0xd0, 0x20, 0x20]));
	});
});

describe('the key', () => {
	const get = async (path: string, authorization?: string) => {
		const headers = authorization === undefined ? undefined : { authorization };
		const answer = await fetch(`${bench.sandbox.baseUrl}/${path}`, { headers });
		return [answer.status, await answer.json()];
	};

	it('reports its name, its usage and its remaining credit', async () => {
		const { id } = (await bench.client.create(request)).body;
		await bench.client.ended(id);
		expect((await bench.client.get('key')).body.data).toMatchObject({
			label: expect.stringMatching(/^sk-or-v1-/),
			usage: 1.2,
			limit: 1000,
			limit_remaining: 998.8,
			is_free_tier: false,
		});
	});

	it('is refused if it is wrong or missing', async () => {
		const refusal = [401, { error: { code: 401, message: expect.any(String) } }];
		expect(await get('key')).toEqual(refusal);
		expect(await get('key', 'Bearer sk-or-v1-wrong')).toEqual(refusal);
		expect(await get('videos/1', 'Bearer sk-or-v1-wrong')).toEqual(refusal);
	});

	it('is not required for the model lists, so they prove nothing about it', async () => {
		expect((await get('models'))[0]).toBe(200);
		expect((await get('videos/models', 'Bearer sk-or-v1-wrong'))[0]).toBe(200);
	});
});

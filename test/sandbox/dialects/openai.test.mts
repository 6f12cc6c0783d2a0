import type { APIError, OpenAI } from 'openai';
import type { Video } from 'openai/resources/videos';
import { native } from '../../support/native.mts';
import {
	startSandbox,
	dataUri,
	drawImageFile,
	loadProber,
	until,
	type Sandbox,
} from '../support.mts';

let sandbox: Sandbox;
let client: OpenAI;
let toFile: typeof import('openai').toFile;

beforeAll(async () => {
	sandbox = await startSandbox({ dialect: 'openai', speed: 60, pollAfterMs: 250 });
	const library = await native<typeof import('openai')>('openai');
	toFile = library.toFile;
	client = new library.OpenAI({ baseURL: sandbox.baseUrl, apiKey: sandbox.apiKey, maxRetries: 0 });
});
beforeEach(async () => await sandbox.reset());
afterAll(async () => await sandbox.close());

const prompt = 'A paper boat on a rain puddle';

async function ended({ id }: Video): Promise<Video> {
	return await until(async () => {
		const video = await client.videos.retrieve(id);
		return !['queued', 'in_progress'].includes(video.status) && video;
	});
}

async function refusal(call: Promise<unknown>) {
	const error = await call.then(
		() => undefined,
		(reason: APIError) => reason,
	);
	return error && { status: error.status, code: error.code, param: error.param, ...message(error) };
}

function message({ error }: { error: unknown }) {
	return { message: (error as { message: string }).message };
}

describe("OpenAI's own client", () => {
	it('creates a video from text, polls it and downloads a playable file', async () => {
		const created = await client.videos.create({ prompt });
		expect(created).toMatchObject({
			object: 'video',
			status: 'queued',
			progress: 0,
			model: 'sora-2',
			seconds: '4',
			size: '720x1280',
		});
		expect(created.id).toMatch(/^video_[0-9a-f]{48}$/);

		const completed = await ended(created);
		expect(completed).toMatchObject({ status: 'completed', progress: 100, error: null });
		expect(completed.expires_at).toBe(completed.completed_at! + 3600);

		const download = await client.videos.downloadContent(created.id);
		expect(download.headers.get('content-type')).toBe('video/mp4');
		const file = Buffer.from(await download.arrayBuffer());
		expect(await (await loadProber()).probeVideo(file)).toMatchObject({
			codec: 'h264',
			width: 720,
			height: 1280,
			seconds: 4,
		});
		expect(sandbox.billing()).toEqual({ jobs: 1, usd: 0.4 });
	});

	it('creates a video from an uploaded image', async () => {
		const image = await toFile(await drawImageFile(720, 1280), 'boat.png', { type: 'image/png' });
		const created = await client.videos.create({ prompt, input_reference: image });
		expect((await ended(created)).status).toBe('completed');
		expect(sandbox.jobs()[0]).toMatchObject({
			encoding: 'multipart',
			image: { how: 'file', mimeType: 'image/png', width: 720, height: 1280 },
		});
	});

	it('accepts an image URL, which it sends as a bracketed form field', async () => {
		const image_url = dataUri(await drawImageFile(720, 1280));
		await client.videos.create({ prompt, input_reference: { image_url } });
		expect(sandbox.jobs()[0].image).toMatchObject({ how: 'data-uri', width: 720 });
	});

	it('pages through the list in both directions', async () => {
		const ids: string[] = [];
		for (const _ of [1, 2, 3]) ids.push((await client.videos.create({ prompt })).id);

		const newestFirst: string[] = [];
		for await (const video of client.videos.list({ limit: 2 })) newestFirst.push(video.id);
		expect(newestFirst).toEqual([...ids].reverse());

		const page = await client.videos.list({ order: 'asc', limit: 2 });
		expect(page.data.map(({ id }) => id)).toEqual(ids.slice(0, 2));
		expect(page.has_more).toBe(true);
	});

	it('deletes only what has ended', async () => {
		sandbox.addFault({ on: 'create', do: 'stuck' });
		const running = await client.videos.create({ prompt });
		expect(await refusal(client.videos.delete(running.id))).toMatchObject({
			status: 400,
			message: 'Video is still being processed.',
		});

		const created = await client.videos.create({ prompt });
		await ended(created);
		expect(await client.videos.delete(created.id)).toEqual({
			id: created.id,
			object: 'video.deleted',
			deleted: true,
		});
		expect(await refusal(client.videos.retrieve(created.id))).toMatchObject({ status: 404 });
	});

	it('gets a thumbnail and a spritesheet in addition to the video', async () => {
		const { id } = await ended(await client.videos.create({ prompt }));
		const typeOf = async (variant: 'thumbnail' | 'spritesheet') =>
			(await client.videos.downloadContent(id, { variant })).headers.get('content-type');
		expect(await typeOf('thumbnail')).toBe('image/webp');
		expect(await typeOf('spritesheet')).toBe('image/jpeg');
	});
});

describe('The strict dialect refuses with the original messages', () => {
	it.each([
		[
			'a length it cannot make',
			{ seconds: '10' },
			"Invalid value: '10'. Supported values are: '4', '8', '12', '16', and '20'.",
			'invalid_value',
			'seconds',
		],
		[
			'a size of the bigger model',
			{ size: '1024x1792' },
			"Invalid value: '1024x1792'. Supported values are: '720x1280' and '1280x720'.",
			'invalid_value',
			'size',
		],
		[
			'an image given as text',
			{ input_reference: 'boat.png' },
			"Invalid type for 'input_reference': expected a file, but got a string instead.",
			'invalid_type',
			'input_reference',
		],
		[
			'a field it does not know',
			{ aspect_ratio: '16:9' },
			"Unknown parameter: 'aspect_ratio'.",
			'unknown_parameter',
			'aspect_ratio',
		],
	])('%s', async (_, field, sentence, code, param) => {
		const body = { prompt, ...field } as unknown as Parameters<typeof client.videos.create>[0];
		expect(await refusal(client.videos.create(body))).toEqual({
			status: 400,
			message: sentence,
			code,
			param,
		});
		expect(sandbox.jobs()).toEqual([]);
	});

	it('a number of seconds in JSON, because the contract says string', async () => {
		const answer = refusal(client.post('/videos', { body: { prompt, seconds: 8 } }));
		expect(await answer).toMatchObject({ status: 400, code: 'invalid_type', param: 'seconds' });
	});

	it('a missing prompt', async () => {
		const answer = refusal(client.post('/videos', { body: {} }));
		expect(await answer).toMatchObject({ code: 'missing_required_parameter', param: 'prompt' });
	});

	it('an image of another size than the video', async () => {
		const image = await toFile(await drawImageFile(640, 360), 'boat.png', { type: 'image/png' });
		const answer = await refusal(client.videos.create({ prompt, input_reference: image }));
		expect(answer?.message).toBe('Inpaint image must match the requested width and height');
	});

	it('an image without an image type', async () => {
		const image = await toFile(await drawImageFile(720, 1280), 'boat', {
			type: 'application/octet-stream',
		});
		const answer = await refusal(client.videos.create({ prompt, input_reference: image }));
		expect(answer).toMatchObject({ status: 400, param: 'input_reference' });
	});

	it('a wrong key, an unknown model, an unknown video, a video that is not ready', async () => {
		const stranger = client.withOptions({ apiKey: 'wrong' });
		expect(await refusal(stranger.videos.list())).toMatchObject({
			status: 401,
			code: 'invalid_api_key',
		});
		expect(await refusal(client.videos.create({ prompt, model: 'sora-9' }))).toMatchObject({
			status: 404,
			code: 'model_not_found',
		});
		expect(await refusal(client.videos.retrieve('video_0'))).toMatchObject({
			status: 404,
			message: "Video with id 'video_0' not found.",
		});
		sandbox.addFault({ on: 'create', do: 'stuck' });
		const { id } = await client.videos.create({ prompt });
		expect(await refusal(client.videos.downloadContent(id))).toMatchObject({
			status: 404,
			message: `Video is not ready yet, use GET /v1/videos/${id} to check status.`,
		});
	});
});

it('returns when to poll again while the job runs, and adds a request ID to every response', async () => {
	sandbox.addFault({ on: 'create', do: 'stuck' });
	const held = await client.videos.create({ prompt });
	const running = await client.videos.retrieve(held.id).withResponse();
	expect(running.response.headers.get('openai-poll-after-ms')).toBe('250');
	expect(running.request_id).toMatch(/^req_/);

	const created = await ended(await client.videos.create({ prompt }));
	const over = await client.videos.retrieve(created.id).withResponse();
	expect(over.response.headers.has('openai-poll-after-ms')).toBe(false);
});

it('fails a moderated job after accepting it, free of charge', async () => {
	const video = await ended(await client.videos.create({ prompt: `${prompt} [blocked]` }));
	expect(video).toMatchObject({ status: 'failed', error: { code: 'moderation_blocked' } });
	const broken = await ended(await client.videos.create({ prompt: `${prompt} [fails]` }));
	expect(broken).toMatchObject({ status: 'failed', error: { code: 'processing_error' } });
	expect(sandbox.billing()).toEqual({ jobs: 0, usd: 0 });
});

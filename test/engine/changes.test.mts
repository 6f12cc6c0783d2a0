import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { native } from '../support/native.mts';
import {
	byId,
	CORES,
	NODE,
	onlyItem,
	openStage,
	RETRY,
	sharedStage,
	small,
	textToVideo,
	type Stage,
} from './stage.mts';
import { openSuspendedStage } from './suspendedStage.mts';

/** Extends a video by its ID. */
const extend = (videoId: string, change: object = {}) => ({
	operation: 'extend',
	videoId,
	prompt: 'The boat reaches the sea',
	seconds: 8,
	...change,
});

const edit = (change: object = {}) => ({
	operation: 'edit',
	model: byId('wan-2.6'),
	prompt: 'The same scene at night',
	...change,
});

describe.each(CORES)('an extension on %s', (core) => {
	let stage: Stage;
	let videoId: string;
	beforeAll(async () => (stage = await openStage(core, { dialect: 'openai' })));
	afterAll(async () => await stage.close());
	beforeEach(async () => {
		videoId = String(onlyItem(await stage.run(textToVideo())).json.id);
	});
	afterEach(async () => await stage.sandbox.reset());

	const extensions = () => stage.sandbox.jobs().slice(1);

	test('is a longer video of the model that made the first, and its file has the whole length', async () => {
		const { json, binary } = onlyItem(await stage.run(extend(videoId, { model: byId('') })));
		expect(json).toMatchObject({ status: 'completed', model: 'sora-2', seconds: 12 });
		expect(binary?.data.mimeType).toBe('video/mp4');
		expect(extensions()).toMatchObject([{ videos: [{ role: 'extend', jobId: videoId }] }]);
	});

	test('with `{{ $now }}` in the prompt is created once, over all tries of Retry On Fail', async () => {
		stage.sandbox.addFault({ on: 'content', do: 'html', times: 5 });
		const prompt = '={{ "The sea at " + $now.toMillis() }}';
		const item = onlyItem(await stage.run(extend(videoId, { prompt }), [{ json: {} }], RETRY));
		expect(item.binary?.data.mimeType).toBe('video/mp4');
		expect(extensions()).toHaveLength(1);
	});

	test('is resumed by a retry of the failed execution, which does not need the first video any more', async () => {
		stage.sandbox.addFault({ on: 'create', do: 'stuck' });
		const failed = await stage.run(extend(videoId, { options: { timeout: 30 } }));
		const [{ id }] = extensions();
		expect(failed.error?.message).toContain(id);
		stage.sandbox.releaseStuck();
		const before = stage.sandbox.requests().length;
		expect(onlyItem(await stage.engine.retry(failed)).json.id).toBe(id);
		expect(extensions()).toHaveLength(1);
		const paths = stage.sandbox
			.requests()
			.slice(before)
			.map(({ path }) => path);
		expect(paths.filter((path) => path.includes(videoId))).toEqual([]);
	});

	test('whose response is lost is never sent again, and the error says that it may exist', async () => {
		stage.sandbox.addFault({ on: 'create', do: 'reset-after' });
		const lost = await stage.run(extend(videoId), [{ json: {} }], RETRY);
		expect(lost.error?.message).toMatch(/so a video may have been created/);
		expect(extensions()).toHaveLength(1);
		const again = await stage.engine.retry(lost);
		expect(again.error?.message).toMatch(/so a video may have been created/);
		expect(extensions()).toHaveLength(1);
	});

	test('costs at most Max Cost, or is not created', async () => {
		const tooDear = await stage.run(extend(videoId, { options: { maxCost: 0.5 } }));
		expect(tooDear.error?.message).toMatch(/The video would cost 0\.80 USD/);
		expect(extensions()).toEqual([]);
	});

	test('without a wait returns the ID, and not the added part as the length', async () => {
		const { json } = onlyItem(await stage.run(extend(videoId, { waitMode: 'none' })));
		expect(json).toMatchObject({ id: extensions()[0].id, seconds: 12 });
	});

	test('has no fallback models, and does not begin before the first video is completed', async () => {
		stage.sandbox.addFault({ on: 'create', do: 'stuck' });
		const { json } = onlyItem(await stage.run(textToVideo({ waitMode: 'none' })));
		const early = await stage.run(extend(String(json.id)));
		expect(early.error?.message).toMatch(/but only a completed video can be extended/);
		expect(stage.sandbox.jobs()).toHaveLength(2);
	});

	test('with another model than that of the video is refused, because the server would ignore it', async () => {
		const other = await stage.run(extend(videoId, { model: byId('veo-3.1-fast') }));
		expect(other.error?.message).toMatch(/'Model' is 'veo-3.1-fast', but video .* 'sora-2'/);
		expect(extensions()).toEqual([]);
	});

	test('from a table: each row extends its own video once', async () => {
		const second = String(onlyItem(await stage.run(textToVideo())).json.id);
		const rows = [videoId, second].map((id) => ({ json: { ID: ` ${id} `, Seconds: '8 s' } }));
		const form = extend('={{ $json.ID }}', { seconds: '={{ $json.Seconds }}' });
		const result = await stage.run({ ...form, videoSource: '={{ "Id" }}' }, rows);
		expect(result.error).toBeUndefined();
		expect(stage.sandbox.jobs().slice(2)).toMatchObject([
			{ videos: [{ jobId: videoId }] },
			{ videos: [{ jobId: second }] },
		]);
	});
});

describe.each(CORES)('a file on %s', (core) => {
	test.each([
		['extend', /extended video \([\d.]+ s\) is not longer than the earlier video \(4 s\)/],
		['edit', /edited video is [\d.]+ s long, but the earlier video is 4 s long/],
	])('that is too short after %s is said in a hint', async (operation, words) => {
		// Its files have a length of their own.
		const stage = await openStage(core, { dialect: 'openai', renderer: 'tiny' });
		const { json } = onlyItem(await stage.run(textToVideo()));
		const change = { operation, seconds: operation === 'edit' ? 0 : 8 };
		const result = await stage.run(extend(String(json.id), change));
		expect(onlyItem(result).json.status).toBe('completed');
		expect(
			result
				.hints(NODE)
				.map(({ message }) => message)
				.join(),
		).toMatch(words);
		await stage.close();
	});
});

describe.each(CORES)('an edit by Lumenfall on %s', (core) => {
	test('with On Webhook Call suspends and resumes as any other video', async () => {
		const stage = await openSuspendedStage(core);
		const made = onlyItem(await stage.run(small()));
		stage.sandbox.addFault({ on: 'create', do: 'stuck' });
		const execution = stage.suspend(edit({ videoId: made.json.id }));
		expect((await execution.rest()).status).toBe('waiting');
		stage.sandbox.releaseStuck();
		const result = await execution.end();
		expect(result.error).toBeUndefined();
		expect(result.output(NODE)[0].json).toMatchObject({ status: 'completed', model: 'wan-2.6' });
		expect(stage.sandbox.jobs()[1]).toMatchObject({ videos: [{ role: 'edit', how: 'url' }] });
		await stage.close();
	});

	test('gets a file by a link of this n8n, with consent and never without', async () => {
		const n8n = await openLinkServer();
		const stage = await openStage(core, { renderer: 'tiny' }, { webhookUrl: n8n.url });
		n8n.serve(async (link) => await stage.engine.readSignedUrl(link));
		const clips = await native<typeof import('../support/clips.mts')>('./test/support/clips.mts');
		const data = await clips.makeClip({ look: 1, videoOptions: {} });
		const items = [
			{ json: {}, binary: { data: { data, fileName: 'a.mp4', mimeType: 'video/mp4' } } },
		];
		const form = edit({ videoSource: 'binary' });

		const refused = await stage.run(form, items);
		expect(refused.error?.message).toMatch(/can edit a video only by its URL/);
		expect(refused.error?.description).toMatch(/'Input Link \(Hours\)'/);
		expect(stage.sandbox.jobs()).toEqual([]);

		const linked = await stage.run({ ...form, options: { inputLinkHours: 1 } }, items);
		expect(onlyItem(linked).json.status).toBe('completed');
		expect(stage.sandbox.jobs()).toMatchObject([
			{ body: { video_url: expect.stringContaining('/rest/binary-data/signed?token=') } },
		]);
		expect(stage.sandbox.jobs()[0].videos).toMatchObject([{ how: 'url', bytes: data.length }]);
		await stage.close();
		await n8n.close();
	});

	test('with a model that does not list videos as an input creates nothing', async () => {
		const stage = await openStage(core, { renderer: 'tiny' });
		const made = onlyItem(await stage.run(small()));
		const result = await stage.run(edit({ videoId: made.json.id, model: byId('p-video') }));
		expect(result.error?.message).toMatch(/does not support video to video/);
		expect(stage.sandbox.jobs()).toHaveLength(1);
		await stage.close();
	});
});

describe.each(CORES)('references and upscaling at OpenRouter on %s', (core) => {
	const stage = sharedStage(core, { dialect: 'openrouter' });

	const video = 'https://example.com/dance.mp4';
	const audio = 'https://example.com/voice.mp3';

	test.each([
		['a model that lists no videos', { referenceVideos: video }, 'p-video', /support video as an/],
		['a model that lists no sounds', { referenceAudio: audio }, 'wan-2.6', /support audio as an/],
	])('%s would ignore them, so nothing is created', async (_, options, model, message) => {
		const result = await stage.run(small({ model: byId(model), seconds: 5, options }));
		expect(result.error?.message).toMatch(message);
		expect(stage.sandbox.jobs()).toEqual([]);
	});

	test('go to a model that lists them', async () => {
		const options = { referenceAudio: audio };
		const form = small({ model: byId('seedance-2.0'), seconds: 4, resolution: '720p', options });
		onlyItem(await stage.run(form));
		expect(stage.sandbox.jobs()[0].body.input_references).toEqual([
			{ type: 'audio_url', audio_url: { url: audio } },
		]);
	});

	test('a video is made larger without a prompt, within the factors of the model', async () => {
		const n8n = await openLinkServer();
		const clips = await native<typeof import('../support/clips.mts')>('./test/support/clips.mts');
		const clip = await clips.makeClip({ look: 1, videoOptions: {} });
		n8n.serve(async () => clip);
		const upscale = async (options: object) =>
			await stage.run({
				operation: 'edit',
				videoSource: 'url',
				videoUrl: `${n8n.url}/clip.mp4`,
				model: byId('topaz/video-upscale'),
				options,
			});
		const tooLarge = await upscale({ upscaleFactor: 9 });
		expect(tooLarge.error?.message).toMatch(/'Upscale Factor' is 9, but .* supports 1 to 4/);
		const unknownPrice = await upscale({ upscaleFactor: 2, maxCost: 10 });
		expect(unknownPrice.error?.message).toMatch(/is unknown, so 'Max Cost' cannot be enforced/);
		expect(stage.sandbox.jobs()).toEqual([]);
		onlyItem(await upscale({ upscaleFactor: 2, creativity: 3 }));
		const [{ width, videos, body }] = stage.sandbox.jobs();
		expect(width).toBe(2 * videos[0].width);
		expect(body).toMatchObject({ upscale_factor: 2, creativity: 3 });
		expect(body).not.toHaveProperty('prompt');
		await n8n.close();
	});

	test('an image alone is enough where the model says so, and refused by others for free', async () => {
		const { encoded, quarters } = await import('../support/images.mts');
		const image = encoded(quarters(96, 54), 'image/png').toString('base64');
		const items = [{ json: {}, binary: { data: { data: image, mimeType: 'image/png' } } }];
		const form = { operation: 'imageToVideo', prompt: '', aspectRatio: '16:9' };
		const result = await stage.run({ ...form, model: byId('google/veo-3.1'), seconds: 4 }, items);
		expect(onlyItem(result).json.status).toBe('completed');
		expect(stage.sandbox.jobs()[0].body).not.toHaveProperty('prompt');
		const other = await stage.run({ ...form, model: byId('sora-2'), seconds: 4 }, items);
		expect(other.error?.message).toMatch(/prompt/i);
		expect(stage.sandbox.jobs()).toHaveLength(1);
	});
});

/** A server that stands for the public URL of n8n, and serves its links. */
async function openLinkServer() {
	let read: (link: string) => Promise<Buffer> = async () => Buffer.alloc(0);
	let url = '';
	const server: Server = createServer((request, response) => {
		read(url + request.url).then(
			(file) => response.end(file),
			() => response.writeHead(403).end(),
		);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	return {
		url,
		serve: (source: typeof read) => void (read = source),
		close: async () => await new Promise((resolve) => server.close(resolve)),
	};
}

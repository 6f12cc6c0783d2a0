import type { DialectName } from '../../../sandbox/createSandbox.mts';
import { native } from '../../support/native.mts';
import { dataUri, drawImageFile, formOf, openBench, until, type Json } from '../support.mts';

/** What a client of this server needs to know, from the server's own documentation. */
interface Server {
	dialect: DialectName;
	basePath: string;
	/** The shortest valid create request; JSON by default. */
	request: Record<string, string>;
	encoding?: 'multipart';
	createdStatus?: number;
	/** Returns the ID, and the video, of a response. */
	id?(created: Json): string;
	video?(answer: Json): Json;
	/** Its status words: pending, completed, failed. */
	words?: [pending: string[], completed: string, failed: string];
	/** Returns the reason of a failure. */
	reason?(video: Json): unknown;
	/** Returns the URL of the file; absent if there is only the content route. */
	url?(video: Json): string;
	/** Supported forms of an image: an uploaded file, a plain URL, or another form. */
	image?: { file?: string; url?: (url: string) => object };
}

const prompt = 'A paper boat';
const openAiWords: NonNullable<Server['words']> = [
	['queued', 'in_progress'],
	'completed',
	'failed',
];
const asText = (url: string) => ({ input_reference: url });
const asObject = (url: string) => ({ input_reference: { image_url: url } });
const file = 'input_reference';

const servers: Server[] = [
	{
		dialect: 'lumenfall',
		basePath: '/openai/v1',
		request: { prompt, model: 'p-video' },
		createdStatus: 202,
		url: (video) => video.output.url,
		image: { file, url: asObject },
	},
	{ dialect: 'openai', basePath: '/v1', request: { prompt }, image: { file, url: asObject } },
	{
		dialect: 'azure',
		basePath: '/openai/v1',
		request: { prompt, model: 'sora-2' },
		image: { file, url: asObject },
	},
	{
		dialect: 'openrouter',
		basePath: '/api/v1',
		request: { prompt, model: 'veo-3.1-fast' },
		createdStatus: 202,
		words: [['pending', 'in_progress'], 'completed', 'failed'],
		image: {
			url: (url) => ({
				frame_images: [{ type: 'image_url', image_url: { url }, frame_type: 'first_frame' }],
			}),
		},
	},
	{
		dialect: 'litellm',
		basePath: '/v1',
		request: { prompt },
		words: [['processing'], 'completed', 'failed'],
		image: { file, url: asText },
	},
	{
		dialect: 'vllm-omni',
		basePath: '/v1',
		request: { prompt, seconds: '3' },
		encoding: 'multipart',
		image: { file },
	},
	{
		dialect: 'aibrix',
		basePath: '/v1',
		request: { prompt, seconds: '3' },
		encoding: 'multipart',
		image: { file },
	},
	{
		dialect: 'sglang',
		basePath: '/v1',
		request: { prompt },
		words: [['queued'], 'completed', 'failed'],
		image: { file, url: asText },
	},
	{
		dialect: 'fastvideo',
		basePath: '/v1',
		request: { prompt },
		words: [['queued'], 'completed', 'failed'],
		image: { file, url: asText },
	},
	{
		dialect: 'stdapi',
		basePath: '/v1',
		request: { prompt, model: 'amazon.nova-reel-v1:1' },
		image: { file, url: asText },
	},
	{
		dialect: 'bifrost',
		basePath: '/v1',
		request: { prompt, model: 'gemini/veo-3.1' },
		image: { file, url: asText },
	},
	{ dialect: 'newapi', basePath: '/v1', request: { prompt }, image: { file, url: asText } },
	{
		dialect: 'relay',
		basePath: '/v1',
		request: { prompt },
		id: ({ data }) => data[0].task_id,
		video: ({ data }) => data[0],
		words: [['submitted', 'processing'], 'success', 'failure'],
		reason: (video) => video.fail_reason,
		url: (video) => video.result.video_url,
		image: { file, url: asText },
	},
	{
		dialect: 'json-only',
		basePath: '/v1',
		request: { prompt },
		createdStatus: 201,
		words: [['preparing', 'processing'], 'complete', 'Fail'],
		reason: (video) => video.detail,
		url: (video) => video.output,
		image: { url: asText },
	},
	{
		dialect: 'together',
		basePath: '/v2',
		request: { prompt, model: 'minimax/hailuo-02' },
		words: [['in_progress'], 'completed', 'failed'],
		url: (video) => video.outputs.video_url,
		image: { url: (input_image) => ({ frame_images: [{ input_image, frame: 'first' }] }) },
	},
	{
		dialect: 'deepinfra',
		basePath: '/v1/openai',
		request: { prompt, model: 'Pixverse/Pixverse-T2V' },
		words: [['queued', 'processing'], 'succeeded', 'failed'],
		url: (video) => video.data[0].url,
	},
	{
		dialect: 'gemini',
		basePath: '/v1beta/openai',
		request: { prompt, model: 'veo-3.1-generate-preview' },
		encoding: 'multipart',
		words: [['processing'], 'completed', 'failed'],
		url: (video) => video.url,
		image: { file, url: (image) => ({ image }) },
	},
	{
		dialect: 'poe',
		basePath: '/v1',
		request: { prompt, model: 'Veo-3.1-Fast' },
		image: { file, url: (uri) => ({ input_image: uri.split(',').at(-1) }) },
	},
	{
		dialect: 'cometapi',
		basePath: '/v1',
		request: { prompt, model: 'seedance-2-5' },
		video: (answer) => answer.data ?? answer,
		image: { file, url: asText },
	},
	{
		dialect: 'merge',
		basePath: '/v1',
		request: { prompt, model: 'minimax/hailuo-02' },
		createdStatus: 202,
		image: { file, url: asText },
	},
	{
		dialect: 'xai',
		basePath: '/v1',
		request: { prompt },
		id: (created) => created.request_id,
		words: [['pending'], 'done', 'failed'],
		url: (answer) => answer.video.url,
		image: { url: (url) => ({ image: { url } }) },
	},
];

describe.each(servers)('$dialect', (server) => {
	const { dialect, basePath, request, words = openAiWords, createdStatus = 200 } = server;
	const { id: idIn = ({ id }) => id, video: videoIn = (answer) => answer } = server;
	const bench = openBench({ dialect, speed: 240 });
	const [pendingWords, completedWord, failedWord] = words;

	const bodyOf = (fields: Record<string, string>) =>
		server.encoding === 'multipart' ? formOf(fields) : fields;
	const create = async (fields = {}) =>
		await bench.client.create(bodyOf({ ...request, ...fields }));
	const ended = async (id: string) =>
		await until(async () => {
			const { body } = await bench.client.job(id);
			return body !== '' && !pendingWords.includes(videoIn(body).status) && videoIn(body);
		});

	it('creates one job per create, with its own status words, and bills it once', async () => {
		expect(new URL(bench.sandbox.baseUrl).pathname).toBe(basePath);
		bench.holdNextJob();
		const { status, body } = await create();
		expect(status).toBe(createdStatus);
		const id = idIn(body);
		const { body: running } = await bench.client.job(id);
		if (running !== '') expect(pendingWords).toContain(videoIn(running).status);
		bench.sandbox.releaseStuck();
		expect((await ended(id)).status).toBe(completedWord);
		expect(bench.sandbox.billing().jobs).toBe(1);
	});

	it('returns a complete video', async () => {
		const id = idIn((await create()).body);
		const video = await ended(id);
		const bytes = server.url ? await bench.download(server.url(video)) : await bench.content(id);
		expect(await bench.probe(bytes)).toMatchObject({ width: 64, height: 36, codec: 'h264' });
	});

	it('reports why a job failed, however hostile the text, or only that it failed', async () => {
		const { reason = ({ error }) => error?.message ?? error } = server;
		const hostile = `canceled ECONNRESET <b>&amp;</b> \u0000\u001b[31m ${'x'.repeat(1024 * 1024)}`;
		bench.sandbox.addFault({ on: 'create', do: 'job-fails', code: 'odd', message: hostile });
		bench.sandbox.addFault({ on: 'create', do: 'job-fails', omitError: true });
		const failed = await ended(idIn((await create()).body));
		expect(failed.status).toBe(failedWord);
		expect(reason(failed) === hostile).toBe(true);
		const silent = await ended(idIn((await create()).body));
		expect([silent.status, reason(silent) || null]).toEqual([failedWord, null]);
		expect(bench.sandbox.billing().jobs).toBe(0);
	});

	it('refuses a missing key and an empty request', async () => {
		expect((await fetch(`${bench.sandbox.baseUrl}/videos/1`)).status).toBe(401);
		const { status } = await bench.client.create({});
		expect([400, 422]).toContain(status);
		expect(bench.sandbox.jobs()).toEqual([]);
	});

	it('`job-status` sends the raw status word from then on', async () => {
		const rawWords = ['expired', 'canceled', 'rejected', 'completed'];
		const seen: string[] = [];
		for (const status of rawWords) {
			bench.sandbox.addFault({ on: 'create', do: 'job-status', status });
			seen.push((await ended(idIn((await create()).body))).status);
		}
		expect(seen).toEqual(rawWords);
		expect(bench.sandbox.billing().jobs).toBe(0);
	});

	const { image } = server;
	// OpenAI and Azure require the exact size of the video.
	const imageSize: [number, number] = ['openai', 'azure'].includes(dialect)
		? [720, 1280]
		: [64, 36];
	if (image?.file) {
		it('starts the video from an uploaded image', async () => {
			const png = await drawImageFile(...imageSize);
			expect((await bench.client.create(formOf(request, png))).status).toBe(createdStatus);
			expect(bench.sandbox.jobs()[0].image).toMatchObject({ how: 'file', width: imageSize[0] });
		});
	}
	if (image?.url) {
		const { url } = image;
		it('starts the video from an image in JSON', async () => {
			const fields = url(dataUri(await drawImageFile(...imageSize)));
			const { status } = await bench.client.create({ ...request, ...fields });
			expect(status).toBe(createdStatus);
			expect(bench.sandbox.jobs()[0].image).toMatchObject({ how: 'data-uri' });
		});
	}
});

describe('dynamo', () => {
	const bench = openBench({ dialect: 'dynamo', speed: 240 });
	const request = { prompt, model: 'Wan-AI/Wan2.1-T2V-1.3B-Diffusers', seconds: 2 };

	it('responds to the create with the finished video', async () => {
		const { status, body } = await bench.client.create({ ...request, size: '832x480' });
		expect([status, body]).toMatchObject([
			200,
			{ object: 'video', status: 'completed', data: [{ url: expect.stringMatching(/\.mp4$/) }] },
		]);
		expect(await bench.probe(await bench.download(body.data[0].url))).toMatchObject({ width: 64 });
		expect((await bench.client.job(body.id)).status).toBe(404);
		expect(bench.sandbox.billing().jobs).toBe(1);
	});

	it('reports a failed video in the same response', async () => {
		const { body } = await bench.client.create({ ...request, prompt: 'A boat [fails]' });
		expect(body).toMatchObject({ status: 'failed', data: [], error: expect.any(String) });
	});

	it('accepts only JSON, and seconds as a number', async () => {
		expect((await bench.client.create(formOf({ prompt, model: 'x' }))).status).toBe(415);
		expect((await bench.client.create({ ...request, seconds: '2' })).status).toBe(400);
		expect(bench.sandbox.jobs()).toEqual([]);
	});
});

it('every dialect of the sandbox is in this table', async () => {
	const { dialects } = await native<typeof import('../../../sandbox/dialects/index.mts')>(
		'./sandbox/dialects/index.mts',
	);
	const names = [...servers.map(({ dialect }) => dialect), 'dynamo'];
	expect(Object.keys(dialects).sort()).toEqual(names.sort());
});

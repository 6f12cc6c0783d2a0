import type { SandboxOptions } from '../../sandbox/createSandbox.mts';
import { CORES, onlyItem, openStage, RETRY, sharedStage, small, textToVideo } from './stage.mts';

/** The most frequent mistakes of new users, and the most frequent errors of servers. */
describe.each(CORES)('errors on %s', (core) => {
	const stage = sharedStage(core);

	async function withCredential(change: object, options: SandboxOptions = {}) {
		const other = await openStage(core, options, {
			credentials: {
				lumenfallApi: {
					apiKey: stage.sandbox.apiKey,
					baseUrl: stage.sandbox.baseUrl,
					server: 'lumenfall',
					...change,
				},
			},
		});
		const result = await other.run(small());
		await other.close();
		return result;
	}

	test('a wrong key is reported, is sent only once and is not shown', async () => {
		const result = await withCredential({ apiKey: 'lmnfl_wrong.secret' });
		expect(result.error).toMatchObject({
			message: expect.stringMatching(/^The server did not accept the API key/),
			description: expect.stringContaining("Check 'API Key' in the credential"),
			httpCode: '401',
		});
		expect(JSON.stringify(result.data)).not.toContain('lmnfl_wrong.secret');
		expect(stage.sandbox.requests().filter(({ method }) => method === 'POST')).toHaveLength(1);
	});

	test.each([
		['a dead URL', 'http://127.0.0.1:9', /could not be reached: the connection was refused/],
		[
			'a host that does not exist',
			'http://no-such-host.invalid/v1',
			/could not be reached: the host name/,
		],
		['no URL at all', 'lumenfall', /'Base URL' in the credential is not a URL/],
	])('%s is reported, and it is certain that no video was created', async (_, baseUrl, message) => {
		const result = await withCredential({ baseUrl });
		expect(result.error?.message).toMatch(message);
		expect(result.error?.message).not.toMatch(/may have been created/);
	});

	test.each([
		['a port without a server', () => 'http://127.0.0.1:9/openai/v1'],
		['https at a port for http', (url: string) => url.replace('http:', 'https:')],
		['a host that does not exist', () => 'http://no-such-host.invalid/openai/v1'],
	])('after %s is corrected in the credential, a retry creates the video', async (_, broken) => {
		const { apiKey, baseUrl } = stage.sandbox;
		for (const server of ['lumenfall', 'openAiCompatible']) {
			const lumenfallApi = { apiKey, baseUrl: broken(baseUrl), server };
			const other = await openStage(core, {}, { credentials: { lumenfallApi } });
			const failed = await other.run(small(), [{ json: {} }], RETRY);
			expect(failed.error?.message).toMatch(/could not be reached/);
			expect(failed.error?.message).not.toMatch(/may have been created/);
			lumenfallApi.baseUrl = baseUrl;
			const again = await other.engine.retry(failed);
			expect(onlyItem(again).json.id).toBe(stage.sandbox.jobs()[0].id);
			expect(stage.sandbox.jobs()).toHaveLength(1);
			await other.close();
			await stage.sandbox.reset();
		}
	});

	test('a URL that is not the API is reported', async () => {
		const result = await withCredential({ baseUrl: stage.sandbox.mediaUrl });
		expect(result.error?.message).toMatch(/'Base URL' does not point to a video API/);
	});

	test('the error of an unknown model names models that can be selected', async () => {
		const result = await stage.run(small({ model: { __rl: true, mode: 'id', value: 'sora-9' } }));
		expect(result.error?.message).toMatch(/^The model 'sora-9' is not available on this server/);
		expect(result.error?.description).toMatch(/Available now: .*kling-v3/);
		expect(stage.sandbox.jobs()).toEqual([]);
	});

	test.each([
		['an empty prompt', { prompt: '={{ "" }}' }, /'Prompt' is empty \[Item 0\]/],
		['0 seconds', { seconds: 0 }, /'Duration \(Seconds\)' is 0/],
		['999 seconds', { seconds: 999 }, /'Duration \(Seconds\)' is 999/],
		[
			'a duration from a broken expression',
			{ seconds: '={{ $json.nothing }}' },
			/'Duration \(Seconds\)' is/,
		],
		[
			'21 seconds of Sora 2',
			{ model: 'sora-2', seconds: 21 },
			/Sora 2 supports at most 20 seconds/,
		],
		['1080p of Sora 2', { model: 'sora-2', resolution: '1080p' }, /Sora 2 supports only 720p/],
		[
			'broken JSON',
			{ options: { additionalParameters: '{oops' } },
			/'Additional Parameters' is not a JSON object/,
		],
		[
			'a prompt in the additional parameters',
			{ options: { additionalParameters: '{"prompt":"x"}' } },
			/must not contain 'prompt'/,
		],
		['a timeout of nothing', { options: { timeout: 0 } }, /'Timeout \(Seconds\)' is 0/],
		[
			'no field for the file',
			{ outputBinaryField: '={{ "" }}' },
			/'Put Output File in Field' is empty/,
		],
	])('%s is refused before anything is created', async (_, change, message) => {
		const result = await stage.run(textToVideo(change));
		expect(result.error?.message).toMatch(message);
		// The server's model info has priority over the built-in profiles, so the model list may be requested.
		const asked = stage.sandbox.requests().filter(({ kind }) => kind !== 'models');
		expect(asked).toEqual([]);
	});

	test.each([
		[402, 'INSUFFICIENT_BALANCE', /too little balance/],
		[400, 'CONTENT_POLICY_VIOLATION', /refused by content moderation/],
		[400, 'INVALID_REQUEST', /did not accept a parameter/],
	])(
		'%i %s on the create is recognized, and no video is created',
		async (status, code, message) => {
			const body = { error: { message: 'The server said this.', type: 'x', code } };
			stage.sandbox.addFault({ on: 'create', do: 'status', status, body });
			const result = await stage.run(small());
			expect(result.error?.message).toMatch(message);
			expect(result.error?.message).toContain('The server said this.');
			expect(stage.sandbox.jobs()).toEqual([]);
		},
	);

	test("a broken expression is reported by n8n's own error, not as a bug in the node", async () => {
		const result = await stage.run(small({ prompt: '={{ $("No Such Node").item.json.x }}' }));
		expect(result.error?.message).toMatch(/No Such Node|doesn't exist|Referenced node/);
		expect(result.error?.message).not.toMatch(/unexpected/);
		expect(stage.sandbox.requests()).toEqual([]);
	});

	test('a missing credential is reported', async () => {
		const bare = await openStage(core, {}, { credentials: {} });
		const result = await bare.run(small(), undefined, { credentials: {} });
		expect(result.error?.message).toMatch(/credential/i);
		await bare.close();
	});

	test('an operation of a newer version is refused before anything is sent', async () => {
		const result = await stage.run(small({ operation: '={{ "remix" }}' }));
		expect(result.error?.message).toMatch(
			/'Operation' is '.*remix.*', which this version of the node does not support/,
		);
		expect(stage.sandbox.requests()).toEqual([]);
	});

	test.each(['.', '..'])('the video ID %s cannot lead to another URL', async (videoId) => {
		const result = await stage.run({ operation: 'get', videoId });
		expect(result.error?.message).toMatch(/'Video ID' is '\.+'/);
		expect(stage.sandbox.requests()).toEqual([]);
	});

	test('the error of a job that fails at the provider names its video', async () => {
		const result = await stage.run(small({ prompt: '[fails]' }));
		const [{ id }] = stage.sandbox.jobs();
		expect(result.error?.message).toMatch(
			new RegExp(`^Video ${id} could not be generated by the provider`),
		);
		expect(stage.sandbox.billing().jobs).toBe(0);
	});

	test('the error at the deadline contains the ID and how to continue', async () => {
		stage.sandbox.addFault({ on: 'create', do: 'stuck' });
		const result = await stage.run(small({ options: { timeout: 60 } }));
		const [{ id }] = stage.sandbox.jobs();
		expect(result.error?.message).toMatch(
			new RegExp(
				`^Video ${id} was not ready after (59|6\\d) seconds \\(in_progress\\) \\[Item 0\\]$`,
			),
		);
		expect(result.error?.description).toMatch(
			new RegExp(`use the operation 'Wait', 'Get' or 'Download' with video ID ${id}`),
		);
	});

	test('progress is logged once per state', async () => {
		await stage.run(small());
		const about = stage.log.filter((line) => line.startsWith('Video '));
		expect(about.length).toBeGreaterThanOrEqual(2);
		expect(new Set(about).size).toBe(about.length);
		expect(about.at(-1)).toMatch(/is completed after \d+ s$/);
	});
});

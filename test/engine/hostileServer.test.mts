import type { Fault } from '../../sandbox/createSandbox.mts';
import { CORES, onlyItem, openStage, small, untilTrue, type Stage } from './stage.mts';

const RETRY = { retryOnFail: true, maxTries: 2, waitBetweenTries: 1_000 };
const API_KEY = 'sk-live-9f2caZk83Qm71xyz';

describe.each(CORES)('a hostile server on %s', (core) => {
	let stage: Stage;
	beforeAll(async () => {
		stage = await openStage(core, { renderer: 'tiny', jobSeconds: 12, apiKey: API_KEY });
	});
	afterAll(async () => await stage.close());
	afterEach(async () => await stage.sandbox.reset());

	test.each<[string, Fault]>([
		['a status of 9 MB', { on: 'status', do: 'swell', bytes: 9_000_000 }],
		[
			'a status that is 300 MB when it is decompressed',
			{ on: 'status', do: 'swell', bytes: 300_000_000, compressed: true },
		],
		['a status that is nested 100,000 deep', { on: 'status', do: 'swell', nesting: 100_000 }],
		['a model list of 9 MB', { on: 'models', do: 'swell', bytes: 9_000_000, times: 9 }],
		['a file that is longer than announced', { on: 'media', do: 'overlong' }],
		[
			'a hint to check again at once',
			{
				on: 'status',
				do: 'headers',
				headers: { 'openai-poll-after-ms': '1' },
				times: 3,
			},
		],
		[
			'a job of another currency',
			{ on: 'status', do: 'patch', set: { currency: 'JPY' }, times: 9 },
		],
	])('%s: the user gets the video, without much memory', async (_, fault) => {
		const before = process.memoryUsage().rss;
		stage.sandbox.addFault(fault);
		const item = onlyItem(await stage.run(small()));
		expect(item.binary?.data.mimeType).toBe('video/mp4');
		expect(process.memoryUsage().rss - before).toBeLessThan(500_000_000);
		const checks = stage.sandbox.requests().filter(({ kind }) => kind === 'status');
		expect(checks.length).toBeLessThan(20);
	});

	test.each<Fault>([
		{ on: 'status', do: 'echo-key', form: 'plain', times: 99 },
		{ on: 'status', do: 'echo-key', form: 'upper', times: 99 },
		{ on: 'status', do: 'echo-key', form: 'percent', times: 99 },
		{ on: 'status', do: 'echo-key', form: 'base64', times: 99 },
		{ on: 'models', do: 'echo-key', form: 'plain', times: 99 },
		{ on: 'create', do: 'echo-key', form: 'plain', times: 99 },
	])('$on answers with the key ($form): it is in no item, no error and no log', async (fault) => {
		stage.log.splice(0);
		stage.sandbox.addFault(fault);
		const result = await stage.run(small());
		const text = `${JSON.stringify(result.data)} ${stage.log.join(' ')}`.toLowerCase();
		for (const form of [API_KEY, Buffer.from(API_KEY).toString('base64')])
			expect(text).not.toContain(form.toLowerCase());
	});

	test.each([
		['steps out of the path', '..'],
		['has control characters', 'video_1\u001b[31m\nforged'],
		['has a million characters', 'v'.repeat(1_000_000)],
	])('an ID that %s is not used, and the video is not created again', async (_, id) => {
		stage.log.splice(0);
		stage.sandbox.addFault({ on: 'create', do: 'job-id', id, times: 9 });
		const result = await stage.run(small({ options: { timeout: 30 } }), [{ json: {} }], RETRY);
		expect(result.status).toBe('error');
		expect(stage.sandbox.jobs()).toHaveLength(1);
		expect(result.error?.message).not.toMatch(/Unexpected error|call stack/);
		expect(`${result.error?.message} ${stage.log.join(' ')}`.length).toBeLessThan(20_000);
		expect(stage.log.join('')).not.toContain('\u001b');
		const paths = stage.sandbox.requests().map(({ path }) => path);
		expect(paths.filter((path) => path.length > 3_000)).toEqual([]);
	});

	test('a video of another server is not asked for with a new key', async () => {
		const other = await openStage(core, { renderer: 'tiny' });
		const credential = {
			apiKey: stage.sandbox.apiKey,
			baseUrl: stage.sandbox.baseUrl,
			server: 'lumenfall',
		};
		const changing = await openStage(core, {}, { credentials: { lumenfallApi: credential } });
		stage.sandbox.addFault({ on: 'create', do: 'stuck' });
		const { result } = changing.engine.start(changing.workflow(small()), {
			pinData: { Start: [{ json: {} }] },
		});
		await untilTrue(() => stage.sandbox.requests().some(({ kind }) => kind === 'status'));
		Object.assign(credential, { apiKey: other.sandbox.apiKey, baseUrl: other.sandbox.baseUrl });
		const { error } = await result;
		expect(error?.message).toMatch(/server in the credential was changed/);
		expect(`${error?.message} ${error?.description}`).toContain(stage.sandbox.jobs()[0].id);
		expect(other.sandbox.requests()).toEqual([]);
		await changing.close();
		await other.close();
	});
});

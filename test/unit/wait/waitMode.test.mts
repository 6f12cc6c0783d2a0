import type { IExecuteFunctions } from 'n8n-workflow';
import type { ItemContext } from '../../../nodes/Lumenfall/context';
import { failureOf } from '../../../nodes/Lumenfall/errors/failure';
import { serverErrors } from '../../../nodes/Lumenfall/errors/serverErrors';
import { resultOf } from '../../../nodes/Lumenfall/support/result';
import type { VideoApi } from '../../../nodes/Lumenfall/transport/videoApi';
import { createCanSuspend, decideWait } from '../../../nodes/Lumenfall/wait/waitMode';
import { fakeRuntime } from '../../support/fakeRuntime.mts';

/** A run and its server. Values that are not given are valid ones. */
function run({
	type = 'n8n-nodes-lumenfall.lumenfall',
	isTool = undefined as boolean | undefined,
	executionId = '7',
	startedBy = 'trigger',
	resumeUrl = 'https://n8n.example.com/webhook-waiting/7?signature=token',
	baseUrl = 'https://api.lumenfall.ai/openai/v1',
	webhook = { urlRules: { ports: [443, 8443] } },
	webhookSecret = undefined as (() => Promise<string>) | undefined,
} = {}) {
	const asked: string[] = [];
	const log: string[] = [];
	const execution = {
		getExecutionId: () => executionId,
		getNode: () => ({ type }),
		getMode: () => startedBy,
		evaluateExpression: () => resumeUrl,
		logger: { info: (line: string) => log.push(line) },
		...(isTool !== undefined && { isToolExecution: () => isTool }),
	} as unknown as IExecuteFunctions;
	const api = {
		baseUrl,
		dialect: { webhook: webhook ?? undefined },
		webhookSecret: webhookSecret ?? (async () => void asked.push('secret')),
	} as unknown as VideoApi;
	return { execution, api, asked, log };
}

/** Checks whether the run can be suspended, any number of times. */
function ask(change: Parameters<typeof run>[0] = {}) {
	const { execution, api, asked } = run(change);
	const canSuspend = createCanSuspend(execution, fakeRuntime());
	return { answer: async () => await canSuspend(api), asked };
}

test('an n8n with a public URL returns the URL that resumes this execution', async () => {
	const { answer, asked } = ask();
	expect(await answer()).toBe('https://n8n.example.com/webhook-waiting/7/video?signature=token');
	expect(await answer()).toBe('https://n8n.example.com/webhook-waiting/7/video?signature=token');
	expect(asked).toEqual(['secret']);
});

test.each([
	['as the tool of an agent', { type: 'n8n-nodes-lumenfall.lumenfallTool' }, /AI agent/],
	['as a tool that n8n reports in another way', { isTool: true }, /AI agent/],
	['in an execution that n8n does not save', { executionId: '' }, /does not save this execution/],
	['on a server without webhooks', { webhook: null as never }, /does not send webhooks/],
	[
		'on an n8n on localhost',
		{ resumeUrl: 'http://localhost:5678/webhook-waiting/7' },
		/this machine/,
	],
])('%s the run cannot be suspended, and no request is sent', async (_, change, words) => {
	const { answer, asked } = ask(change);
	await expect(answer()).rejects.toThrow(words);
	await expect(answer()).rejects.toThrow(/^'Wait' is 'On Webhook Call'/);
	expect(asked).toEqual([]);
});

test('the error shows the URL of n8n without the token', async () => {
	const { answer } = ask({ resumeUrl: 'http://10.0.0.5:5678/webhook-waiting/7?signature=token' });
	await expect(answer()).rejects.toThrow(/at http:\/\/10\.0\.0\.5:5678,/);
	await expect(answer()).rejects.not.toThrow(/token/);
});

test('a server on this machine can call any URL', async () => {
	const { answer } = ask({
		baseUrl: 'http://127.0.0.1:4010/openai/v1',
		resumeUrl: 'http://localhost:5678/webhook-waiting/7',
	});
	expect(await answer()).toBe('http://localhost:5678/webhook-waiting/7/video');
});

describe('reading the secret of the webhooks', () => {
	const secretFails = async (error: Error, times = Number.POSITIVE_INFINITY) => {
		let calls = 0;
		const time = fakeRuntime();
		const { execution, api } = run({
			webhookSecret: async () => {
				if (++calls <= times) throw error;
				return 'whsec_x';
			},
		});
		const canSuspend = createCanSuspend(execution, time);
		const answer = await resultOf(time.finish(canSuspend(api)));
		return { calls, answer: answer.ok ? answer.value : failureOf(answer.error) };
	};

	test('a transient error is retried', async () => {
		const { answer, calls } = await secretFails(
			serverErrors.serverUnavailable({ httpStatus: 503 }),
			2,
		);
		expect(answer).toBe('https://n8n.example.com/webhook-waiting/7/video?signature=token');
		expect(calls).toBe(3);
	});

	test.each(['serverUnavailable', 'network', 'invalidApiKey'] as const)(
		'%s is shown unchanged, because it is unrelated to webhooks',
		async (kind) => {
			const { answer } = await secretFails(serverErrors[kind]({ cause: 'the connection was cut' }));
			expect(answer).toMatchObject({ kind });
		},
	);

	test('a server without a secret cannot be used with webhooks', async () => {
		const { answer } = await secretFails(serverErrors.invalidBaseUrl({ httpStatus: 404 }));
		expect(answer).toMatchObject({
			kind: 'invalidInput',
			message: expect.stringMatching(/secret .* could not be read/),
		});
	});

	test('a bug in the node is not hidden', async () => {
		const { answer } = await secretFails(new TypeError('x'));
		expect(answer).toBeUndefined();
	});
});

describe('how an item waits', () => {
	const RESUME = 'https://n8n.example.com/webhook-waiting/7/video?signature=token';
	const HOOK = 'https://hooks.example.com/done';
	const TEST_HOOK = 'https://n8n.example.com/webhook-test/1/webhook';
	type Settings = Parameters<typeof decideWait>[1];
	const decide = async (settings: Partial<Settings>, change: Parameters<typeof run>[0] = {}) => {
		const { execution, api, log } = run(change);
		const context = { execution, api, canSuspend: createCanSuspend(execution, fakeRuntime()) };
		const decision = await resultOf(
			decideWait(context as unknown as ItemContext, settings as Settings),
		);
		return { log, outcome: decision.ok ? decision.value : failureOf(decision.error)?.message };
	};

	test.each<[string, Partial<Settings>, Parameters<typeof run>[0], object]>([
		['polls', { mode: 'poll' }, {}, { mode: 'poll' }],
		['does not wait', { mode: 'none' }, {}, { mode: 'none' }],
		[
			'does not wait, and the server calls another workflow',
			{ mode: 'none', webhookUrl: HOOK },
			{},
			{ mode: 'none', webhookUrl: HOOK },
		],
		['is suspended', { mode: 'webhook' }, {}, { mode: 'webhook', webhookUrl: RESUME }],
		[
			'does not wait, and the server calls a trigger that listens for a test event',
			{ mode: 'none', webhookUrl: TEST_HOOK, triggerUrl: TEST_HOOK },
			{ startedBy: 'manual' },
			{ mode: 'none', webhookUrl: TEST_HOOK },
		],
		[
			'polls if it cannot be suspended and the user allows it',
			{ mode: 'webhook', pollsIfNoWebhook: true },
			{ webhook: null as never },
			{ mode: 'poll' },
		],
	])('%s', async (_, settings, change, decision) => {
		const { outcome, log } = await decide(settings, change);
		expect(outcome).toMatchObject(decision);
		expect(log).toHaveLength(settings.pollsIfNoWebhook ? 1 : 0);
	});

	test.each<[string, Partial<Settings>, Parameters<typeof run>[0], RegExp]>([
		[
			'it cannot be suspended',
			{ mode: 'webhook' },
			{ webhook: null as never },
			/does not send webhooks/,
		],
		['a webhook URL is set as well', { mode: 'webhook', webhookUrl: HOOK }, {}, /'Webhook URL'/],
		[
			'the server has no webhooks',
			{ mode: 'none', webhookUrl: HOOK },
			{ webhook: null as never },
			/'Webhook URL'/,
		],
		[
			'the server cannot call the URL',
			{ mode: 'poll', webhookUrl: 'http://localhost/x' },
			{},
			/'Webhook URL'/,
		],
		[
			'the webhook URL is a test URL, outside of a test',
			{ mode: 'none', webhookUrl: TEST_HOOK },
			{},
			/^'Webhook URL' is the test URL/,
		],
		[
			'the trigger has a test URL, outside of a test',
			{ mode: 'poll', triggerUrl: TEST_HOOK },
			{},
			/^'Register With Trigger' is the test URL/,
		],
		[
			'the API key is invalid, which polling cannot fix',
			{ mode: 'webhook', pollsIfNoWebhook: true },
			{ webhookSecret: async () => await Promise.reject(serverErrors.invalidApiKey()) },
			/API key/,
		],
	])('is refused before anything is created if %s', async (_, settings, change, words) => {
		expect((await decide(settings, change)).outcome).toMatch(words);
	});
});

import type { NodeContext } from '../../../nodes/Lumenfall/job/jobStore';
import type { FakeAnswer } from '../../support/fakeServer.mts';
import { openRunStage, runForm } from '../../support/runStage.mts';

const FORM = {
	...{ operation: 'textToVideo', model: 'sora-2', prompt: 'a boat', seconds: 8 },
	...{ waitMode: 'poll', output: 'url' },
};

/** A server without idempotency keys. */
const CREDENTIAL = {
	...{ apiKey: 'key', server: 'openAiCompatible' },
	baseUrl: 'https://videos.example.com/openai/v1',
};

/** Runs the node with the records of earlier tries, and a server on which the video has this status. */
async function tryOnce(context: NodeContext, status: string, options: object = {}) {
	let creates = 0;
	const answerTo = (request: string): FakeAnswer | undefined => {
		if (request === 'POST /videos') return { body: { id: `video_${++creates}`, status: 'queued' } };
		const [, id] = /^GET \/videos\/(\w+)$/.exec(request) ?? [];
		return id ? { body: { id, status } } : undefined;
	};
	const form = { ...FORM, options: { firstPoll: 0.05, ...options } };
	const { execution, requests } = openRunStage({ form, context, answerTo });
	// Each stage is a server of its own.
	Object.assign(execution, { getCredentials: async () => CREDENTIAL });
	const { output, failed } = await runForm(execution);
	return { failure: failed?.failure, requests, creates, output };
}

test.each([{}, { fallbackModels: 'p-video', fallbackOnFailure: true }])(
	'a video that was completed in an earlier try is not paid again, even if its server reports it as failed later (%j)',
	async (options) => {
		const context: NodeContext = {};
		const first = await tryOnce(context, 'completed', options);
		expect(first.output).toMatchObject([{ json: { id: 'video_1', status: 'completed' } }]);
		for (const status of ['expired', 'failed']) {
			const again = await tryOnce(context, status, options);
			expect(again.creates).toBe(0);
			expect(again.failure).toMatchObject({ videoId: 'video_1' });
		}
	},
);

test.each(['Image URL', 'Last Frame'])(
	'an expression in %s that gives another URL on each try does not make another request',
	async (field) => {
		const context: NodeContext = {};
		let creates = 0;
		const answerTo = (request: string): FakeAnswer | undefined => {
			if (request === 'POST /videos') return { body: { id: `video_${++creates}` } };
			return /^GET .videos.video_1$/.test(request) ? { body: { status: 'queued' } } : undefined;
		};
		const imageUrl = 'https://example.com/boat.png';
		const written = { ...FORM, imageUrl: '={{ $json.url + "?v=" + $now.toMillis() }}' };
		for (const url of [`${imageUrl}?v=1`, `${imageUrl}?v=2`]) {
			const form = {
				...{ ...FORM, operation: 'imageToVideo', imageSource: 'url', waitMode: 'none' },
				...(field === 'Image URL' ? { imageUrl: url } : { imageUrl, options: { lastFrame: url } }),
			};
			const { execution } = openRunStage({ form, context, answerTo });
			const node = { ...execution.getNode(), parameters: written };
			const credential = { ...CREDENTIAL, requestFields: 'openRouter' };
			Object.assign(execution, { getNode: () => node, getCredentials: async () => credential });
			const { output } = await runForm(execution);
			expect(output).toMatchObject([{ json: { id: 'video_1' } }]);
		}
		expect(creates).toBe(1);
	},
);

test('an agent that makes the same call twice at the same moment pays for one video and gets it twice', async () => {
	let creates = 0;
	const answerTo = (request: string): FakeAnswer | undefined => {
		if (request === 'POST /videos') return { body: { id: `video_${++creates}`, status: 'queued' } };
		const [, id] = /^GET \/videos\/(\w+)$/.exec(request) ?? [];
		return id ? { body: { id, status: 'completed' } } : undefined;
	};
	const call = async () => {
		const form = { ...FORM, options: { firstPoll: 0.05 } };
		const settings = { type: 'lumenfallTool', executionId: 'twice', form, context: {}, answerTo };
		const { execution } = openRunStage(settings);
		Object.assign(execution, { getCredentials: async () => CREDENTIAL });
		return await runForm(execution);
	};
	const results = await Promise.all([call(), call()]);
	expect(creates).toBe(1);
	for (const { output } of results) expect(output).toMatchObject([{ json: { id: 'video_1' } }]);
});

test.each(['continueRegularOutput', 'stopWorkflow'] as const)(
	'a tool call without an execution finds its video again after a failed try, with On Error: %s',
	async (onError) => {
		let creates = 0;
		const settings = {
			...{ type: 'lumenfallTool', executionId: '', context: {}, onError },
			form: { ...FORM, prompt: onError, options: { firstPoll: 0.05 } },
		};
		const completed = { body: { status: 'completed' } };
		const tryOnce = async (answer: FakeAnswer) => {
			const answerTo = (request: string): FakeAnswer | undefined => {
				if (request === 'POST /videos') return { body: { id: `video_${++creates}` } };
				return request.startsWith('GET /videos/') ? answer : undefined;
			};
			const { execution } = openRunStage({ ...settings, answerTo });
			Object.assign(execution, { getCredentials: async () => CREDENTIAL });
			return (await runForm(execution)).output;
		};
		await tryOnce({ status: 401 });
		expect(await tryOnce(completed)).toMatchObject([{ json: { id: 'video_1' } }]);
		expect(creates).toBe(1);
		// The next call is another request.
		expect(await tryOnce(completed)).toMatchObject([{ json: { id: 'video_2' } }]);
	},
);

test('a failed video that was charged counts towards Max Cost of Run, once', async () => {
	let creates = 0;
	const context: NodeContext = {};
	const answerTo = (request: string): FakeAnswer | undefined => {
		if (request === 'POST /videos') return { body: { id: `video_${++creates}`, status: 'queued' } };
		const isStatus = request.startsWith('GET /videos/');
		return isStatus ? { body: { status: 'failed', cost: 0.8, currency: 'USD' } } : undefined;
	};
	const tryOnce = async (maxRunCost: number) => {
		const options = { firstPoll: 0.05, itemsAtOnce: 1, maxRunCost };
		const items = [{ json: { index: 0 } }, { json: { index: 1 } }];
		const onError = 'continueRegularOutput';
		const stage = openRunStage({ form: { ...FORM, options }, items, context, answerTo, onError });
		Object.assign(stage.execution, { getCredentials: async () => CREDENTIAL });
		return (await runForm(stage.execution)).output;
	};
	const [failed, refused] = await tryOnce(1);
	expect(failed.json.details).toMatchObject({ kind: 'providerFailed', cost: 0.8 });
	expect(refused.json.error).toMatch(/with the 0\.80 USD of the other videos of this run/);
	expect(creates).toBe(1);
	// The budget now allows one more.
	const [, again] = await tryOnce(1.6);
	expect(again.json.error).toMatch(/with the 1\.60 USD of the other videos of this run/);
	expect(creates).toBe(2);
});

test.each([
	[
		'lumenfall.ai',
		{ idempotencyKey: 'order-1' },
		/again for the same 'Idempotency Key', so use another key\.$/,
	],
	['lumenfall.ai', {}, /^((?!Key).)*Run the item again((?!Key).)*$/],
	[
		'videos.example.com',
		{ idempotencyKey: 'order-1' },
		/^((?!Key).)*Run the item again((?!Key).)*$/,
	],
])(
	'the advice about a failed video can be followed, on %s with %j',
	async (host, options, advice) => {
		const answerTo = (request: string): FakeAnswer | undefined => {
			if (request === 'POST /videos') return { body: { id: 'video_1', status: 'queued' } };
			return request === 'GET /videos/video_1' ? { body: { status: 'failed' } } : undefined;
		};
		const form = { ...FORM, options: { firstPoll: 0.05, ...options } };
		const { execution } = openRunStage({ form, answerTo });
		const server = host === 'lumenfall.ai' ? 'lumenfall' : 'openAiCompatible';
		const credential = { apiKey: 'key', server, baseUrl: `https://api.${host}/openai/v1` };
		Object.assign(execution, { getCredentials: async () => credential });
		const { failed } = await runForm(execution);
		expect(failed?.failure).toMatchObject({ kind: 'providerFailed', videoId: 'video_1' });
		expect(failed?.failure.advice.split(' To pick up')[0].trim()).toMatch(advice);
	},
);

test('a completed video whose download fails counts with its reported cost towards Max Cost of Run, not with its estimate', async () => {
	const context: NodeContext = {};
	const answerTo = (request: string): FakeAnswer | undefined => {
		if (request === 'POST /videos') return { body: { id: 'video_1', status: 'queued' } };
		if (request === 'GET /videos/video_1')
			return { body: { status: 'completed', cost: 1.5, currency: 'USD' } };
		return request.startsWith('GET /videos/video_1/content') ? { status: 401 } : undefined;
	};
	const options = { firstPoll: 0.05, itemsAtOnce: 1, maxRunCost: 2 };
	const items = [{ json: { index: 0 } }, { json: { index: 1 } }];
	const onError = 'continueRegularOutput';
	const form = { ...FORM, output: 'file', options };
	const { execution } = openRunStage({ form, items, context, answerTo, onError });
	Object.assign(execution, { getCredentials: async () => CREDENTIAL });
	const { output } = await runForm(execution);
	expect(output[0].json.details).toMatchObject({ videoId: 'video_1' });
	expect(output[1].json.error).toMatch(/with the 1\.50 USD of the other videos of this run/);
});

test('a server whose replicas disagree about a failed video ends the item, with fallback models too', async () => {
	let checks = 0;
	const answerTo = (request: string): FakeAnswer | undefined => {
		if (request === 'POST /videos') return { body: { id: 'video_1', status: 'queued' } };
		if (request !== 'GET /videos/video_1') return undefined;
		if (checks > 20) throw new Error('the item never ends');
		return { body: { id: 'video_1', status: ++checks % 2 ? 'failed' : 'in_progress' } };
	};
	const options = { firstPoll: 0.05, fallbackModels: 'p-video', fallbackOnFailure: true };
	const { execution } = openRunStage({ form: { ...FORM, options }, answerTo });
	const { failed } = await runForm(execution);
	expect(failed).toMatchObject({ failure: { kind: 'providerFailed', videoId: 'video_1' } });
	expect(checks).toBeLessThan(10);
});

test.each(['lumenfall.ai', 'videos.example.com'])(
	"a later round of a loop with the same 'Idempotency Key' gets the same video, also on %s",
	async (host) => {
		const context: NodeContext = {};
		let creates = 0;
		const answerTo = (request: string): FakeAnswer | undefined => {
			if (request === 'POST /videos')
				return { body: { id: `video_${++creates}`, status: 'queued' } };
			const [, id] = /^GET \/videos\/(\w+)$/.exec(request) ?? [];
			return id ? { body: { id, status: 'completed', metadata: { cost: 0.8 } } } : undefined;
		};
		const server = host === 'lumenfall.ai' ? 'lumenfall' : 'openAiCompatible';
		const credential = { apiKey: 'key', server, baseUrl: `https://api.${host}/openai/v1` };
		const round = async (runIndex: number, item: object = {}) => {
			const form = { ...FORM, options: { firstPoll: 0.05, idempotencyKey: 'post-7' } };
			const items = [{ json: { topic: 'a boat', ...item } }];
			const stage = openRunStage({ form, context, answerTo, runIndex, items });
			Object.assign(stage.execution, { getCredentials: async () => credential });
			return { ...(await runForm(stage.execution)), hints: stage.hints.join() };
		};
		for (const runIndex of [0, 1, 2]) {
			const { output, hints } = await round(runIndex);
			expect(output).toMatchObject([{ json: { id: 'video_1' } }]);
			expect(hints.includes('video_1 is from an earlier round')).toBe(runIndex > 0);
		}
		expect((await round(3, { topic: 'a ship' })).failed?.failure.message).toBe(
			"'Idempotency Key' is the same for two different requests",
		);
		expect(creates).toBe(1);
	},
);

describe('a run that was suspended for a video which then failed', () => {
	const OPTIONS = { fallbackModels: 'p-video', fallbackOnFailure: true, timeout: 1 };

	/** A try of the resumed run: the first video has failed, and that of the fallback model has this status. */
	async function resumeOnce(context: NodeContext, status: string, form: object = {}) {
		let creates = 0;
		const answerTo = (request: string): FakeAnswer | undefined => {
			if (request === 'POST /videos')
				return { body: { id: `video_${++creates}`, status: 'queued' } };
			const [, id] = /^GET \/videos\/(\w+)$/.exec(request) ?? [];
			return id ? { body: { id, status: id === 'video_1' ? 'failed' : status } } : undefined;
		};
		const options = { firstPoll: 0.05, maxPollInterval: 0.05, ...OPTIONS };
		const stage = openRunStage({ form: { ...FORM, options, ...form }, context, answerTo });
		Object.assign(stage.execution, { getCredentials: async () => CREDENTIAL });
		return { creates: () => creates, ...(await runForm(stage.execution)) };
	}

	/** The node's context, suspended for the first video, after a try in which the second one was not ready in time. */
	const context: NodeContext = {};
	beforeAll(async () => {
		await resumeOnce(context, 'in_progress');
		const [slot] = Object.keys(context.jobs as object);
		const items = { 0: { videos: [{ videoId: 'video_1', slot, prompt: 'a boat' }] } };
		context.suspension = { executionId: '7', runIndex: 0, until: '', items };
	});

	test('delivers the video of the fallback model that an earlier try created', async () => {
		const { creates, output } = await resumeOnce(structuredClone(context), 'completed');
		expect(output).toMatchObject([{ json: { id: 'video_2', status: 'completed' } }]);
		expect(creates()).toBe(0);
	});

	test('names its video, even if the form cannot be read any more', async () => {
		const form = { seconds: 'soon' };
		const { failed } = await resumeOnce(structuredClone(context), 'completed', form);
		expect(failed).toMatchObject({ failure: { kind: 'invalidInput', videoId: 'video_2' } });
	});
});

import {
	createVideo,
	mayCreateAgain,
	resumeVideo,
} from '../../../nodes/Lumenfall/create/createVideo';
import type { CreateInput } from '../../../nodes/Lumenfall/create/decide';
import { reserveTogether } from '../../../nodes/Lumenfall/create/reserveTogether';
import { createWithFallback } from '../../../nodes/Lumenfall/create/fallback';
import type { Failure } from '../../../nodes/Lumenfall/errors/failure';
import type { Job } from '../../../nodes/Lumenfall/job/job';
import type { NodeContext } from '../../../nodes/Lumenfall/job/jobStore';
import { showItemNotes } from '../../../nodes/Lumenfall/output/showHint';
import {
	answers,
	openCreateStage,
	REQUEST,
	RULES,
	WITH_KEYS,
	WITHOUT_KEYS,
	type CreateStage,
	type Served,
} from '../../support/createStage.mts';
import { WALL_START } from '../../support/fakeRuntime.mts';

const { accepted, broken, exhausted, networkFault, noSuchModel, refused, tooManyJobs } = answers;

const inputOf = (stage: CreateStage, change: Partial<CreateInput> = {}): CreateInput => ({
	request: REQUEST,
	entry: stage.entry(),
	rules: RULES,
	timeoutMs: 60_000,
	...change,
});

async function create(
	served: Served,
	change: (stage: CreateStage) => Partial<CreateInput> = () => ({}),
) {
	const stage = await openCreateStage(served);
	const input = inputOf(stage, change(stage));
	const outcome = await stage.outcomeOf(createVideo(stage.context, input));
	return { ...stage, entry: input.entry, ...outcome };
}

describe('one video', () => {
	test('is created and returned with the details of its record', async () => {
		const { value, log, entry } = await create({ creates: [accepted()] });
		expect(value).toMatchObject({
			job: { id: 'video_1' },
			model: 'sora-2',
			known: {
				...{ prompt: 'a boat', model: 'sora-2', seconds: 8, estimatedCost: 0.8 },
				createdAt: entry.record.createdAt,
			},
		});
		expect(entry.record.createdAt).toMatch(/^\d{4}-/);
		expect(log.at(-1)).toBe('Video video_1 is created');
	});

	test('that may have been created is named in the log, because n8n shows no error of a stopped execution', async () => {
		const { log, failure } = await create({ creates: [broken()], server: WITHOUT_KEYS });
		expect(failure?.kind).toBe('createOutcomeUnknown');
		expect(log.at(-1)).toMatch(/a video may have been created at/);
	});

	test('has its decision and its price in the record before the create is sent', async () => {
		const { creates, entry } = await create({ creates: [accepted()] });
		expect(creates[0].stored[entry.slot].decision).toEqual({
			model: 'sora-2',
			reservedUsd: 0.8,
			estimatedCost: 0.8,
		});
	});

	test('reserves the maximum if the price depends on options that are not set', async () => {
		const { entry, value } = await create({ creates: [accepted()] }, () => ({
			request: { ...REQUEST, model: 'veo-3.1-fast' },
		}));
		expect(entry.record.decision).toEqual({
			model: 'veo-3.1-fast',
			reservedUsd: 1.6,
			estimatedRange: { from: 0.8, upTo: 1.6 },
		});
		expect(value?.known).toMatchObject({ estimatedRange: { from: 0.8, upTo: 1.6 } });
	});

	test('reserves nothing if only the minimum price is known', async () => {
		const { entry } = await create({ creates: [accepted()] }, () => ({
			request: { ...REQUEST, model: 'pixverse-v5.6' },
		}));
		expect(entry.record.decision).toEqual({
			model: 'pixverse-v5.6',
			estimatedRange: { from: 0.56 },
		});
	});

	test("has the user's own key, if there is one", async () => {
		const { creates } = await create({ creates: [accepted()] }, () => ({
			request: { ...REQUEST, idempotencyKey: 'post-17' },
		}));
		expect(creates[0].body.idempotency_key).toBe('post-17');
	});

	test.each<[string, Served, RegExp[]]>([
		['that is new', { creates: [accepted()] }, []],
		[
			'that was created a moment ago',
			{
				creates: [
					{ body: { id: 'video_1', status: 'queued', created_at: WALL_START / 1000 - 60 } },
				],
			},
			[],
		],
		[
			'that an earlier request has created',
			{ creates: [{ body: { id: 'video_1', status: 'completed', created_at: 1_700_000_000 } }] },
			[
				/^Item 0: Video video_1 is from 2023-11-14T22:13:20.000Z\. An earlier request had the same 'Idempotency Key'/,
			],
		],
		[
			'on a server without keys',
			{ creates: [accepted()], server: WITHOUT_KEYS },
			[/^Item 0: 'Idempotency Key' has no effect on this server/],
		],
	])("with the user's key, a hint shows what the key did: a video %s", async (_, served, texts) => {
		const { context, hints } = await create(served, () => ({
			request: { ...REQUEST, idempotencyKey: 'order-1' },
		}));
		showItemNotes(context.execution);
		expect(hints).toEqual(texts.map((text) => expect.stringMatching(text)));
	});

	test('without a key of the user has no hint about keys, also on a server without keys', async () => {
		const { context, hints } = await create({ creates: [accepted()], server: WITHOUT_KEYS });
		showItemNotes(context.execution);
		expect(hints).toEqual([]);
	});

	test('is sent with the nearest values if the user allows it, and a hint shows them', async () => {
		const { creates, value, hints, context } = await create({ creates: [accepted()] }, () => ({
			request: { ...REQUEST, seconds: 25 },
			rules: { ...RULES, unsupportedValues: 'nearest' },
		}));
		expect(creates[0].body.seconds).toBe(20);
		expect(value?.known.adjusted).toEqual({ seconds: { requested: 25, used: 20 } });
		showItemNotes(context.execution);
		expect(hints).toEqual([
			"Item 0: 'Duration (Seconds)' is 20 instead of 25, the nearest value that sora-2 supports.",
		]);
	});

	test.each<[string, Served]>([
		['refused', { creates: [refused()] }],
		['never sent', { creates: [networkFault('ECONNREFUSED')] }],
		['busy until the deadline', { creates: [tooManyJobs()] }],
	])('that is %s releases its amount and its key', async (_, served) => {
		const { entry, jobs, failure } = await create(served, () => ({
			request: { ...REQUEST, idempotencyKey: 'mine' },
		}));
		expect(failure).toBeDefined();
		expect(entry.record.decision).toBeUndefined();
		expect(jobs.spending()).toEqual({ videos: 0, usd: 0, isEstimated: false });
		const other = jobs.open({ itemIndex: 1, hash: 'corrected' });
		other.decide({ model: 'sora-2' }, 'mine');
		expect(other.sharesKey).toBe(false);
	});

	test('whose image cannot be resized releases its amount, and nothing is sent', async () => {
		const { jobs, creates, failure } = await create({ creates: [accepted()] }, () => ({
			request: {
				...REQUEST,
				...{ size: '1280x720', imageFit: 'crop' },
				image: { kind: 'file', bytes: Buffer.of(1), mimeType: 'image/png', fileName: 'a.png' },
			},
		}));
		expect(failure?.message).toMatch(/size of the image 'a.png' cannot be read/);
		expect(creates).toHaveLength(0);
		expect(jobs.spending().usd).toBe(0);
	});

	test.each([WITH_KEYS, WITHOUT_KEYS])(
		'that may exist keeps its decision and its amount ($server)',
		async (server) => {
			const { entry, jobs, failure } = await create({
				server,
				creates: [networkFault('ECONNRESET')],
			});
			expect(failure?.kind).toBe('createOutcomeUnknown');
			expect(entry.record.decision).toMatchObject({ model: 'sora-2' });
			expect(jobs.spending().videos).toBe(1);
		},
	);
});

describe('a retry', () => {
	/** Creates once, then again with the record that n8n has stored. */
	async function retry(first: Served, second: Served, change: Partial<CreateInput> = {}) {
		const context: NodeContext = {};
		const one = await create({ ...first, context });
		const stored = JSON.parse(JSON.stringify(context)) as NodeContext;
		const sameServer = { ...WITH_KEYS, baseUrl: one.context.api.baseUrl };
		const two = await create({ server: sameServer, ...second, context: stored }, () => change);
		return { one, two };
	}

	test.each<[string, Served['server']]>([
		['on another server', WITH_KEYS],
		['on another server without keys', WITHOUT_KEYS],
		['with another API key', { ...WITH_KEYS, baseUrl: 'https://my.lumenfall.ai', apiKey: 'new' }],
	])(
		'after an unknown outcome sends nothing %s, which does not know the key',
		async (_, server) => {
			const { two } = await retry(
				{
					server: { ...WITH_KEYS, baseUrl: 'https://my.lumenfall.ai' },
					creates: [networkFault('ECONNRESET')],
				},
				{ server, creates: [accepted()] },
			);
			expect(two.creates).toHaveLength(0);
			expect(two.failure).toMatchObject({ kind: 'createOutcomeUnknown', sameKey: false });
		},
	);

	test.each([
		['days after an unknown outcome', -25],
		['after an unknown outcome at a time of a wrong clock', 25],
	])('%s sends nothing: the server may have forgotten the key', async (_, hours) => {
		const context: NodeContext = {};
		const stage = await openCreateStage({ context, creates: [accepted()] });
		const entry = stage.entry();
		entry.decide({ model: 'sora-2' });
		entry.sending(new Date(WALL_START + hours * 3_600_000), { model: 'sora-2', prompt: '' });
		const { failure } = await stage.outcomeOf(createVideo(stage.context, inputOf(stage)));
		expect(failure).toMatchObject({ kind: 'createOutcomeUnknown', sameKey: false });
		expect(stage.creates).toHaveLength(0);
	});

	test('after the server was changed before the create was sent creates the video there', async () => {
		const context: NodeContext = {};
		const first = await openCreateStage({ context, creates: [accepted()] });
		Object.assign(first.context.execution, {
			getCredentials: async () => ({ apiKey: 'key', baseUrl: 'https://new.lumenfall.ai/v1' }),
		});
		const { failure } = await first.outcomeOf(createVideo(first.context, inputOf(first)));
		expect(failure?.kind).toBe('serverChanged');
		expect(first.entry().mayHaveJob).toBe(false);
		const { value } = await create({ context, creates: [accepted()] });
		expect(value?.job.id).toBe('video_1');
	});

	test('after an unknown outcome sends the same key and the saved decision', async () => {
		const { one, two } = await retry(
			{ creates: [networkFault('ECONNRESET')] },
			{ creates: [accepted()] },
			{ request: { ...REQUEST, prompt: 'another prompt, by an expression' } },
		);
		const keys = [...one.creates, ...two.creates].map(({ body }) => body.idempotency_key);
		expect(new Set(keys).size).toBe(1);
		expect(two.value?.job.id).toBe('video_1');
		expect(two.requests.filter((request) => request.includes('models'))).toEqual([]);
	});

	test('after a refusal decides again', async () => {
		const { two } = await retry(
			{ creates: [refused()] },
			{ creates: [accepted()] },
			{ rules: { ...RULES, maxCost: 0.1 } },
		);
		expect(two.failure?.message).toMatch(/'Max Cost' is 0.10 USD/);
		expect(two.creates).toHaveLength(0);
	});

	test('uses the adjusted values of the first try', async () => {
		const context: NodeContext = {};
		const stage = await openCreateStage({ context, creates: [accepted()] });
		const adjusted = { seconds: { requested: 8, used: 4 } };
		stage.entry().decide({ model: 'sora-2', adjusted });
		await stage.outcomeOf(createVideo(stage.context, inputOf(stage)));
		expect(stage.creates[0].body.seconds).toBe(4);
	});
});

describe('an earlier video of the same request', () => {
	const job = (phase: Job['phase'], status: string = phase): Job => ({
		id: 'video_1',
		phase,
		status,
	});
	async function resume(found: Job, prompt = REQUEST.prompt) {
		const context: NodeContext = {};
		const first = await create({ context, creates: [accepted()] });
		const key = first.entry.record.idempotencyKey;
		const stage = await openCreateStage({ context });
		const entry = stage.entry();
		return { ...stage, entry, key, resumed: resumeVideo(stage.context, entry, found, prompt) };
	}

	test.each([
		job('queued'),
		job('running'),
		job('completed'),
		job('unknown', 'transmogrified'),
		job('cancelled'),
		{ ...job('failed', 'expired'), completedAt: 1 },
		{ ...job('failed', 'expired'), url: 'https://files.example/a.mp4' },
		{ ...job('failed', 'expired'), cost: 0.4 },
	])('that is $status is resumed and not created again', async (found) => {
		const { resumed, entry, log } = await resume(found);
		expect(mayCreateAgain(found, WALL_START)).toBe(false);
		expect(resumed).toMatchObject({ job: found, model: 'sora-2', known: { prompt: 'a boat' } });
		expect(entry.record).toMatchObject({ videoId: 'video_1', attempt: 0 });
		expect(log).toEqual(['Resuming existing video video_1']);
	});

	test.each([job('failed', 'expired'), job('failed')])(
		'that was completed once is paid, so it is never created again, even if it is $status now',
		async (found) => {
			const context: NodeContext = {};
			const first = await create({ context, creates: [accepted()] });
			first.entry.completed();
			const stage = await openCreateStage({ context });
			const entry = stage.entry();
			expect(resumeVideo(stage.context, entry, found, REQUEST.prompt)?.job).toBe(found);
			expect(entry.record).toMatchObject({ videoId: 'video_1', attempt: 0 });
		},
	);

	test('that is expired is created again only if its file cannot have been finished and deleted by then', async () => {
		const minutesAgo = (minutes: number) => new Date(WALL_START - minutes * 60_000).toISOString();
		const expired = job('failed', 'expired');
		expect(
			[5, 55, 65, 3_000].map((age) => mayCreateAgain(expired, WALL_START, minutesAgo(age))),
		).toEqual([...[true, true], ...[false, false]]);
		// The clock of this machine was wrong, or is wrong now.
		expect(mayCreateAgain(expired, WALL_START, minutesAgo(-65))).toBe(false);
		expect(mayCreateAgain(expired, WALL_START)).toBe(false);
		expect(mayCreateAgain(job('failed'), WALL_START, minutesAgo(3_000))).toBe(true);
	});

	test('that failed for good is created again, even if the server says when it ended and what it cost', () => {
		expect(mayCreateAgain({ ...job('failed'), completedAt: 1, cost: 0.4 }, WALL_START)).toBe(true);
	});

	test.each([
		job('failed'),
		job('failed', 'dead'),
		job('failed', 'moderated'),
		// Nothing says that there ever was a file.
		job('failed', 'expired'),
	])('that is $status for good is created again, with another key', async (found) => {
		const { resumed, entry, key } = await resume(found);
		expect(resumed).toBeUndefined();
		expect(entry.record).toMatchObject({ attempt: 1 });
		expect(entry.mayHaveJob).toBe(false);
		expect(entry.record.idempotencyKey).not.toBe(key);
	});

	test('that failed and was charged counts towards the cost of the run, in dollars only', async () => {
		const charged = async (more: Partial<Job>) =>
			(await resume({ ...job('failed'), ...more })).jobs.spending().usd;
		const reserved = await charged({});
		expect(await charged({ cost: 0.4 })).toBe(0.4);
		expect(await charged({ cost: 400, currency: 'JPY' })).toBe(reserved);
	});

	test('that failed and was charged is created again only if the budget covers both', async () => {
		for (const [maxRunCost, sent, words] of [
			[1, 0, /more than 'Max Cost of Run'/],
			[2, 1, /not found/],
		] as const) {
			const stage = await resume({ ...job('failed'), cost: 0.8 });
			const { context, creates, entry, outcomeOf } = stage;
			const rules = { ...RULES, maxRunCost };
			const input = { request: REQUEST, entry, rules, timeoutMs: 60_000 };
			const { failure } = await outcomeOf(createVideo(context, input));
			expect(failure?.message).toMatch(words);
			expect(creates).toHaveLength(sent);
		}
	});

	test('does not show a prompt that was not sent', async () => {
		const { resumed } = await resume(job('completed'), 'a prompt of now');
		expect(resumed?.known).not.toHaveProperty('prompt');
	});
});

describe('fallback models', () => {
	const MODELS = ['sora-2', 'p-video', 'wan-2.6'];
	async function fallBack(
		served: Served,
		{ change = {}, models = MODELS, failures = [] as Failure[] } = {},
	) {
		const stage = await openCreateStage(served);
		const input = inputOf(stage, change);
		const work = createWithFallback(stage.context, input, models, failures);
		return { ...stage, entry: input.entry, ...(await stage.outcomeOf(work)) };
	}
	const modelsOf = ({ creates }: Pick<CreateStage, 'creates'>) =>
		creates.map(({ body }) => body.model);

	test('are tried in order until the server has the model, each with its own key', async () => {
		const stage = await fallBack({ creates: [noSuchModel(), noSuchModel(), accepted()] });
		expect(modelsOf(stage)).toEqual(MODELS);
		expect(new Set(stage.creates.map(({ body }) => body.idempotency_key)).size).toBe(3);
		expect(stage.value).toMatchObject({
			model: 'wan-2.6',
			known: { fallback: { from: 'sora-2' } },
		});
		expect(stage.jobs.spending()).toMatchObject({ videos: 1 });
	});

	test('are shown to the user with the reason', async () => {
		const { hints, context } = await fallBack({ creates: [noSuchModel(), accepted()] });
		showItemNotes(context.execution);
		expect(hints).toEqual([
			expect.stringMatching(
				/^Item 0: p-video is used instead of sora-2 \(The model 'sora-2'.*\)\.$/,
			),
		]);
	});

	test.each<[string, Served, string[]]>([
		['the request is refused', { creates: [refused()] }, ['sora-2']],
		['a video may exist', { server: WITHOUT_KEYS, creates: [broken()] }, ['sora-2']],
		[
			'a video may exist of a fallback model',
			{ server: WITHOUT_KEYS, creates: [noSuchModel(), broken()] },
			['sora-2', 'p-video'],
		],
	])('are not tried if %s', async (_, served, tried) => {
		const stage = await fallBack(served);
		expect(modelsOf(stage)).toEqual(tried);
		expect(stage.value).toBeUndefined();
	});

	test('are tried after all providers failed, once a repeat with the same key has proved it', async () => {
		const stage = await fallBack({ creates: [exhausted(), exhausted(), accepted()] });
		expect(modelsOf(stage)).toEqual(['sora-2', 'sora-2', 'p-video']);
	});

	test.each<[string, Partial<CreateInput>, string[]]>([
		[
			'do not support the request',
			{ request: { ...REQUEST, seconds: 12 } },
			['sora-2', 'p-video', 'wan-2.6'],
		],
		[
			'exceed the maximum cost',
			{ rules: { ...RULES, maxCost: 1 } },
			['sora-2', 'wan-2.6', 'p-video'],
		],
	])('that %s are skipped', async (_, change, models) => {
		const [first, , last] = models;
		const stage = await fallBack({ creates: [noSuchModel(), accepted()] }, { change, models });
		expect(modelsOf(stage)).toEqual([first, last]);
		expect(stage.value?.known.fallback?.reason).toMatch(/'sora-2' is not available/);
	});

	test('that also fail end with the first failure, which lists the others in its advice', async () => {
		const { failure } = await fallBack({ creates: [noSuchModel()] });
		expect(failure).toMatchObject({ kind: 'modelUnavailable', model: 'sora-2' });
		expect(failure?.advice).toMatch(/The fallback models did not help: .*p-video.*; .*wan-2\.6/);
	});

	test('replace a model whose video failed, and name that failure', async () => {
		const before: Failure = { kind: 'providerFailed', message: 'It broke.', advice: 'Again.' };
		const { value } = await fallBack(
			{ creates: [accepted()] },
			{ change: { request: { ...REQUEST, model: 'another' } }, failures: [before] },
		);
		expect(value?.known.fallback).toEqual({ from: 'another', reason: 'It broke.' });
	});
});

describe('requests that belong together', () => {
	const PARTS = ['sora-2', 'p-video'];
	async function reserve(served: Served, { models = PARTS, rules = RULES } = {}) {
		const stage = await openCreateStage(served);
		const inputs = models.map((model) => ({
			...inputOf(stage),
			request: { ...REQUEST, model },
			rules,
			entry: stage.jobs.open({ itemIndex: 0, hash: 'hash', part: model }),
		}));
		return { ...stage, inputs, ...(await stage.outcomeOf(reserveTogether(stage.context, inputs))) };
	}

	test('are all decided before the first is sent', async () => {
		const { inputs, value, creates, jobs } = await reserve({});
		expect(value).toEqual([undefined, undefined]);
		expect(inputs.map(({ entry }) => entry.record.decision?.reservedUsd)).toEqual([0.8, 0.16]);
		expect(jobs.spending().usd).toBe(0.96);
		expect(creates).toHaveLength(0);
	});

	test('must fit the budget together, otherwise none is decided', async () => {
		const { inputs, failure } = await reserve({}, { rules: { ...RULES, maxRunCost: 0.9 } });
		expect(failure?.message).toMatch(/^The videos together would cost 0\.96 USD/);
		expect(inputs.map(({ entry }) => entry.record.decision)).toEqual([undefined, undefined]);
	});

	test.each([
		['the budget', { rules: { ...RULES, maxRunCost: 0.7 } }],
		['the balance', {}],
	])('of which one was created before reject only the others if %s is too low', async (_, more) => {
		const context: NodeContext = {};
		const first = await reserve({ context });
		first.inputs[1].entry.created('video_1', new Date(WALL_START));
		first.inputs[0].entry.release();
		const balance = {
			body: { billing_type: 'prepaid', available: { amount: 0.1, currency: 'USD' } },
		};
		const { value, inputs } = await reserve(
			{ context, routes: { 'GET /v1/balance': [balance] } },
			more,
		);
		expect(value).toEqual([expect.objectContaining({ message: expect.any(String) }), undefined]);
		expect(inputs.map(({ entry }) => entry.record.decision?.model)).toEqual([undefined, 'p-video']);
	});

	test('must be covered by the balance together', async () => {
		const balance = {
			body: { billing_type: 'prepaid', available: { amount: 0.9, currency: 'USD' } },
		};
		const { failure } = await reserve({ routes: { 'GET /v1/balance': [balance] } });
		expect(failure?.message).toMatch(/0\.96 USD needed, 0\.90 USD available/);
	});

	test('that are invalid are returned with the reason, and the others are decided', async () => {
		const { value, inputs } = await reserve(
			{},
			{ models: ['sora-2', 'pixverse-v5.6', 'p-video'], rules: { ...RULES, maxCost: 1 } },
		);
		expect(value?.map((reason) => reason?.message)).toEqual([
			undefined,
			expect.stringMatching(/price of this video from PixVerse/),
			undefined,
		]);
		expect(inputs.map(({ entry }) => entry.record.decision?.model)).toEqual([
			'sora-2',
			undefined,
			'p-video',
		]);
	});

	test('that were decided by an earlier try are not checked again', async () => {
		const context: NodeContext = {};
		await reserve({ context });
		const rules = { ...RULES, maxCost: 0.01 };
		const { value, requests } = await reserve({ context }, { rules });
		expect(value).toEqual([undefined, undefined]);
		expect(requests).toEqual([]);
	});

	test('all fail if a dry run created a video: no second dry run is sent', async () => {
		const { failure, dryRuns } = await reserve(
			{ dryRuns: [accepted('stray')] },
			{ rules: { ...RULES, maxCost: 5 } },
		);
		expect(failure).toMatchObject({ kind: 'dryRunCreatedVideo', videoId: 'stray' });
		expect(dryRuns).toHaveLength(1);
	});
});

import { createVideo } from '../../../nodes/Lumenfall/create/createVideo';
import type { CreateInput } from '../../../nodes/Lumenfall/create/decide';
import { requestQuote } from '../../../nodes/Lumenfall/create/quote';
import { lookUpModel } from '../../../nodes/Lumenfall/models/lookUp';
import type { CreateRules } from '../../../nodes/Lumenfall/request/rules';
import type { VideoRequest } from '../../../nodes/Lumenfall/request/videoRequest';
import type { FakeAnswer } from '../../support/fakeServer.mts';
import {
	answers,
	openCreateStage,
	REQUEST,
	RULES,
	WITHOUT_KEYS,
	type CreateStage,
	type Served,
} from '../../support/createStage.mts';

const { accepted, broken, networkFault, noSuchModel, refused } = answers;

const estimate = (usd: number, more: object = {}): FakeAnswer => ({
	body: { estimated: true, total_cost_micros: usd * 1e6, currency: 'USD', ...more },
});
const balanceOf = (amount: unknown, currency = 'USD') => ({
	'GET /v1/balance': [{ body: { billing_type: 'prepaid', available: { amount, currency } } }],
});

/** Every create returns a new video. */
const newVideos = (): Served['creates'] => {
	let count = 0;
	return [() => accepted(`video_${++count}`)];
};

interface Item {
	itemIndex?: number;
	request?: Partial<VideoRequest>;
	rules?: Partial<CreateRules>;
}
const createIn = async (stage: CreateStage, { itemIndex = 0, request, rules }: Item = {}) => {
	const input: CreateInput = {
		request: { ...REQUEST, ...request },
		entry: stage.entry(itemIndex),
		rules: { ...RULES, ...rules },
		timeoutMs: 60_000,
	};
	return await stage.outcomeOf(createVideo(stage.context, input));
};
async function create(served: Served, item: Item = {}) {
	const stage = await openCreateStage({ creates: newVideos(), ...served });
	return { ...stage, ...(await createIn(stage, item)) };
}
const quoteOf = async (served: Served, request: Partial<VideoRequest> = {}) => {
	const stage = await openCreateStage(served);
	const asked = { ...REQUEST, ...request };
	const model = await lookUpModel(stage.context, asked.model);
	return { ...stage, ...(await stage.outcomeOf(requestQuote(stage.context, asked, model))) };
};

describe('a quote', () => {
	test("is the server's own price, if it reports one", async () => {
		const { value } = await quoteOf({ dryRuns: [estimate(0.55, { provider: 'fal' })] });
		expect(value).toEqual({
			range: { from: 0.55, upTo: 0.55 },
			...{ least: 0.55, exact: 0.55, source: 'dryRun', provider: 'fal' },
		});
	});

	test('does not use the key of the create', async () => {
		const { dryRuns, creates } = await create(
			{ dryRuns: [estimate(0.5)] },
			{ rules: { maxCost: 1 } },
		);
		expect(dryRuns[0].idempotency_key).toMatch(/^n8n-dry-run-\w{64}$/);
		expect(dryRuns[0].idempotency_key).not.toBe(creates[0].body.idempotency_key);
	});

	test('is retried after a transient error', async () => {
		const { value, dryRuns } = await quoteOf({ dryRuns: [broken(503), estimate(0.5)] });
		expect([value?.exact, dryRuns.length]).toEqual([0.5, 2]);
	});

	test.each<[string, Served, Partial<VideoRequest>, object]>([
		['has no dry run', {}, {}, { exact: 0.8, source: 'catalogue' }],
		[
			'answers another currency',
			{ dryRuns: [estimate(9, { currency: 'EUR' })] },
			{},
			{ exact: 0.8 },
		],
		['never answers', { dryRuns: [networkFault('ECONNRESET')] }, {}, { exact: 0.8 }],
		['supports no keys', { server: WITHOUT_KEYS }, {}, { exact: 0.8 }],
		[
			'is another one that was entered as Lumenfall',
			{ server: { server: 'lumenfall', domain: 'example.com' }, dryRuns: [accepted('stray')] },
			{},
			{ exact: 0.8 },
		],
		[
			'has no dry run, and the price depends on options that are not set',
			{},
			{ model: 'wan-2.6' },
			{ range: { from: 0.8, upTo: 1.2 }, least: 0.8, exact: undefined },
		],
	])('is the list price if the server %s', async (_, served, request, quote) => {
		const { value, dryRuns } = await quoteOf(served, request);
		expect(value).toMatchObject(quote);
		// A server that is not known to be Lumenfall would create a video for each.
		if (served.server) expect(dryRuns).toEqual([]);
	});

	test.each<[string, Partial<VideoRequest>, object]>([
		[
			'only the lowest price is known',
			{ model: 'pixverse-v5.6' },
			{ least: 0.56, source: 'catalogue' },
		],
		['the model is unknown', { model: 'nobody-knows' }, {}],
		['a video is a reference', { referenceVideos: ['https://files.example/a.mp4'] }, {}],
		['a sound is a reference', { referenceAudio: ['https://files.example/a.mp3'] }, {}],
		['the model upscales', { upscaleFactor: 2 }, {}],
		['an additional parameter may change it', { additionalParameters: { num_frames: 9999 } }, {}],
		[
			'an additional parameter may contain another duration',
			{ additionalParameters: { extra_body: { seconds: '60' } } },
			{},
		],
		[
			'a relay may copy it from the metadata',
			{ additionalParameters: { metadata: { durationSeconds: 60 } } },
			{},
		],
	])('has no price if %s', async (_, request, quote) => {
		expect((await quoteOf({}, request)).value).toEqual(quote);
	});

	test('ignores additional parameters that do not affect the price', async () => {
		const labels = { post_id: 17, campaign: 'spring', car_model: 'i3', customerTier: 2 };
		const metadata = { ...labels, frontier: true, negative_prompt: 'rain' };
		const { value } = await quoteOf({}, { additionalParameters: { style: 'noir', metadata } });
		expect(value?.exact).toBe(0.8);
	});

	test('fails if the server refuses the request itself, because it would refuse the create too', async () => {
		const { failure } = await quoteOf({ dryRuns: [refused()] });
		expect(failure?.kind).toBe('invalidParameter');
	});

	test('names the models that can be selected if the model is unavailable', async () => {
		const models = [{ id: 'veo-3.1-fast' }, { id: 'sora-2' }, { id: 'wan-2.6' }];
		const { failure } = await quoteOf({
			dryRuns: [noSuchModel()],
			routes: { 'GET /models': [{ body: { data: models } }] },
		});
		expect(failure?.alternatives).toEqual(['veo-3.1-fast', 'wan-2.6']);
	});

	test('fails with the Stop that interrupts it', async () => {
		const stage = await openCreateStage({
			dryRuns: [
				() => {
					stage.stopRun();
					return networkFault('ECONNRESET');
				},
			],
		});
		const model = await lookUpModel(stage.context, REQUEST.model);
		const { failure } = await stage.outcomeOf(requestQuote(stage.context, REQUEST, model));
		expect(failure?.kind).toBe('stopped');
	});

	test.each([{ maxCost: 1 }, { maxRunCost: 1 }])('is requested for %j', async (rules) => {
		const { dryRuns } = await create({ dryRuns: [estimate(0.5)] }, { rules });
		expect(dryRuns).toHaveLength(1);
	});

	test('is not requested if the user has set no limit', async () => {
		const { dryRuns, creates } = await create({ dryRuns: [estimate(0.5)] });
		expect([dryRuns.length, creates.length]).toEqual([0, 1]);
	});
});

describe('a dry run that created a video', () => {
	test('is never sent again: not for other items, and not in a retry', async () => {
		const stage = await openCreateStage({ dryRuns: [accepted('stray')], creates: newVideos() });
		const outcomes = [];
		for (const itemIndex of [0, 1, 1])
			outcomes.push(await createIn(stage, { itemIndex, rules: { maxCost: 5 } }));
		expect(stage.dryRuns).toHaveLength(1);
		// The error says that nothing more is created.
		expect(stage.creates).toHaveLength(0);
		for (const { failure } of outcomes)
			expect(failure).toMatchObject({ kind: 'dryRunCreatedVideo', videoId: 'stray' });
	});

	test('is sent once when several items request a quote at the same time', async () => {
		const stage = await openCreateStage({ dryRuns: [accepted('stray')], creates: newVideos() });
		await Promise.all(
			[0, 1, 2, 3].map(
				async (itemIndex) => await createIn(stage, { itemIndex, rules: { maxCost: 5 } }),
			),
		);
		expect([stage.dryRuns.length, stage.creates.length]).toEqual([1, 0]);
	});
});

describe("'Max Cost'", () => {
	test.each<[string, Served, Partial<CreateRules>, number]>([
		['exactly the limit', { dryRuns: [estimate(0.8)] }, { maxCost: 0.8 }, 1],
		['a sum with a rounding error', { dryRuns: [estimate(0.3)] }, { maxCost: 0.1 + 0.2 }, 1],
		['a price slightly above the limit', { dryRuns: [estimate(0.800001)] }, { maxCost: 0.8 }, 0],
		['a list price above the limit', {}, { maxCost: 0.79 }, 0],
		['any price if the limit is 0', {}, { maxCost: 0 }, 0],
	])('allows or refuses %s', async (_, served, rules, sent) => {
		const { creates, failure } = await create(served, { rules });
		expect(creates).toHaveLength(sent);
		expect(failure?.kind).toBe(sent ? undefined : 'invalidInput');
	});

	test('is compared with the maximum price, shown as "up to"', async () => {
		const item = { request: { model: 'wan-2.6' }, rules: { maxCost: 1 } };
		const { failure } = await create({}, item);
		expect(failure?.message).toMatch(/would cost up to 1\.20 USD, but 'Max Cost' is 1\.00 USD/);
	});

	test.each([
		[{ maxCost: 5 }, "'Max Cost'"],
		[{ maxRunCost: 5 }, "'Max Cost of Run'"],
	])('with %j an unknown price is refused, and the error names %s', async (rules, name) => {
		const { failure, creates } = await create({}, { request: { model: 'nobody-knows' }, rules });
		expect(failure?.message).toContain(`so ${name} cannot be enforced`);
		expect(creates).toHaveLength(0);
	});
});

describe("'Max Cost of Run'", () => {
	test('is one budget for items that run in parallel: no two items spend the same money', async () => {
		const stage = await openCreateStage({ creates: newVideos(), dryRuns: [estimate(0.8)] });
		const items = [0, 1, 2, 3, 4];
		const outcomes = await Promise.all(
			items.map(
				async (itemIndex) => await createIn(stage, { itemIndex, rules: { maxRunCost: 2.4 } }),
			),
		);
		expect(stage.creates).toHaveLength(3);
		const refusals = outcomes.flatMap(({ failure }) => failure?.message ?? []);
		expect(refusals).toHaveLength(2);
		for (const message of refusals)
			expect(message).toMatch(/cost 0\.80 USD; with the 2\.40 USD of the other videos of this run/);
		expect(stage.jobs.spending().usd).toBe(2.4);
	});

	test('releases the amount of a refused video', async () => {
		const creates = [refused(), accepted('video_2')];
		const stage = await openCreateStage({ creates, dryRuns: [estimate(0.8)] });
		const rules = { maxRunCost: 0.8 };
		expect((await createIn(stage, { itemIndex: 0, rules })).failure?.kind).toBe('invalidParameter');
		expect((await createIn(stage, { itemIndex: 1, rules })).value?.job.id).toBe('video_2');
	});

	test('keeps the amount of a video that may exist', async () => {
		const creates = [networkFault('ECONNRESET')];
		const stage = await openCreateStage({ creates, dryRuns: [estimate(0.8)] });
		const rules = { maxRunCost: 0.8 };
		await createIn(stage, { itemIndex: 0, rules });
		const { failure } = await createIn(stage, { itemIndex: 1, rules });
		expect(failure?.message).toMatch(/'Max Cost of Run'/);
	});

	test('counts the actual cost of a video once it is known', async () => {
		const stage = await openCreateStage({ creates: newVideos(), dryRuns: [estimate(0.8)] });
		const rules = { maxRunCost: 1 };
		const { value } = await createIn(stage, { itemIndex: 0, rules });
		value!.entry.completed(0.1);
		expect((await createIn(stage, { itemIndex: 1, rules })).failure).toBeUndefined();
	});
});

describe('the balance', () => {
	test.each<[string, Served['routes'], number]>([
		['is enough', balanceOf(0.8), 1],
		['is too low', balanceOf(0.79), 0],
		['is below zero', balanceOf(-3), 0],
		['is text', balanceOf('0.79'), 0],
		['is in another currency', balanceOf(0.1, 'EUR'), 1],
		['is not reported', {}, 1],
		[
			'is of a postpaid account',
			{ 'GET /v1/balance': [{ body: { billing_type: 'postpaid' } }] },
			1,
		],
		['cannot be read', { 'GET /v1/balance': [networkFault('ECONNRESET')] }, 1],
	])('that %s', async (_, routes, sent) => {
		const { creates, failure } = await create({ routes });
		expect(creates).toHaveLength(sent);
		expect(failure?.kind).toBe(sent ? undefined : 'insufficientBalance');
	});

	test('is read once per run, and later spending is subtracted', async () => {
		const stage = await openCreateStage({ creates: newVideos(), routes: balanceOf(1.7) });
		const outcomes = [];
		for (const itemIndex of [0, 1, 2]) outcomes.push(await createIn(stage, { itemIndex }));
		expect(stage.creates).toHaveLength(2);
		expect(outcomes[2].failure?.message).toMatch(/0\.80 USD needed, 0\.10 USD available/);
		expect(stage.requests.filter((request) => request === 'GET /v1/balance')).toHaveLength(1);
	});

	test('already reflects what the run spent before it was read', async () => {
		const stage = await openCreateStage({ creates: newVideos(), routes: balanceOf(0.8) });
		stage.entry(9).decide({ model: 'sora-2', reservedUsd: 5 });
		expect((await createIn(stage)).value?.job.id).toBe('video_1');
	});

	test('is never shown as a negative amount', async () => {
		const { failure } = await create({ routes: balanceOf(-3) });
		expect(failure?.message).toMatch(/0\.80 USD needed, 0\.00 USD available/);
	});

	test('is compared with the minimum price: a cheaper video may be made', async () => {
		const { creates } = await create({ routes: balanceOf(0.9) }, { request: { model: 'wan-2.6' } });
		expect(creates).toHaveLength(1);
	});

	test('is not read for a video that is free or has no known price', async () => {
		for (const model of ['mock-video', 'nobody-knows']) {
			const { requests } = await create({ routes: balanceOf(5) }, { request: { model } });
			expect(requests).not.toContain('GET /v1/balance');
		}
	});

	test('is not checked for an unlisted model: the error of the server has priority', async () => {
		const routes = { ...balanceOf(0.1), 'GET /models': [{ body: { data: [{ id: 'wan-2.6' }] } }] };
		const { creates } = await create({ routes });
		expect(creates).toHaveLength(1);
	});
});

import type { Failure } from '../../../nodes/Lumenfall/errors/failure';
import type { JobEntry } from '../../../nodes/Lumenfall/job/jobEntry';
import { sentRequestOf, submit } from '../../../nodes/Lumenfall/create/submit';
import type { VideoApi } from '../../../nodes/Lumenfall/transport/videoApi';
import {
	answers,
	openCreateStage,
	REQUEST,
	WITH_KEYS,
	WITHOUT_KEYS,
	type CreateStage,
	type Served,
} from '../../support/createStage.mts';
import { WALL_START } from '../../support/fakeRuntime.mts';

const { accepted, broken, exhausted, inProgress, networkFault, noSuchModel, refused } = answers;
const { tooManyJobs, tooManyRequests, unreadable } = answers;

const UNCONFIRMED = { server: 'lumenfall', domain: 'example.com' };
const MINUTE = 60_000;
const KEY = /^n8n-\w{64}$/;

/** The record of a request after its create. */
const KEPT = {
	video: { videoId: 'video_1', sentAt: undefined, lostAt: undefined },
	nothing: { videoId: undefined, sentAt: undefined, lostAt: undefined },
	unknown: {
		videoId: undefined,
		sentAt: expect.stringMatching(/Z$/) as string,
		lostAt: expect.stringMatching(/Z$/) as string,
	},
};

interface Row extends Served {
	/** State of the record before this try. */
	before?: (entry: JobEntry, stage: CreateStage) => void;
	sent: number;
	kept: keyof typeof KEPT;
	/** The kind of the failure; absent if the video is returned. */
	fails?: Failure['kind'];
}

const lostBefore = (entry: JobEntry) => {
	entry.sending(new Date(WALL_START), sentRequestOf(REQUEST));
	entry.lost(new Date(WALL_START));
};
/** The n8n process ended between the request and its response. */
const diedBefore = (entry: JobEntry) => entry.sending(new Date(WALL_START), sentRequestOf(REQUEST));

async function submitOne({ before, ...served }: Partial<Row>, budgetMs = 10 * MINUTE) {
	const stage = await openCreateStage(served);
	const entry = stage.entry();
	entry.decide({ model: REQUEST.model });
	before?.(entry, stage);
	const work = submit(stage.context, REQUEST, entry, budgetMs);
	return { ...stage, entry, ...(await stage.outcomeOf(work)) };
}

/** A server that lists these videos, by default as created now. */
const listing = (...videos: Array<Record<string, unknown>>) => {
	const list = () => ({
		body: {
			data: videos.map((video) => ({
				...{ created_at: WALL_START / 1000, status: 'queued', prompt: REQUEST.prompt },
				...{ model: 'sora-2', seconds: 8, modality: 'video' },
				...video,
			})),
		},
	});
	return { 'GET /videos': [list], 'GET /v1/requests': [list] };
};

const ON_ANY_SERVER: Record<string, Row> = {
	accepted: { creates: [accepted()], sent: 1, kept: 'video' },
	'refused with 400': {
		creates: [refused()],
		...{ sent: 1, kept: 'nothing', fails: 'invalidParameter' },
	},
	'refused because there is no such model': {
		creates: [noSuchModel()],
		...{ sent: 1, kept: 'nothing', fails: 'modelUnavailable' },
	},
	'status 200 with an error object': {
		creates: [{ body: { error: { code: 'invalid_value', message: 'this style is unknown' } } }],
		...{ sent: 1, kept: 'nothing', fails: 'invalidParameter' },
	},
	'429, then accepted': {
		creates: [tooManyRequests(), accepted()],
		...{ sent: 2, kept: 'video' },
	},
	'429 with Retry-After, then accepted': {
		creates: [tooManyRequests('60'), accepted()],
		...{ sent: 2, kept: 'video' },
	},
	'too many jobs, then refused': {
		creates: [tooManyJobs(), refused()],
		...{ sent: 2, kept: 'nothing', fails: 'invalidParameter' },
	},
	'connection refused': {
		creates: [networkFault('ECONNREFUSED')],
		...{ sent: 1, kept: 'nothing', fails: 'network' },
	},
};

const ON_A_SERVER_WITH_KEYS: Record<string, Row> = {
	'a reset, then accepted': {
		creates: [networkFault('ECONNRESET'), accepted()],
		...{ sent: 2, kept: 'video' },
	},
	'5xx, then accepted': { creates: [broken(), accepted()], sent: 2, kept: 'video' },
	'5xx, then busy, then accepted': {
		creates: [broken(), tooManyRequests(), accepted()],
		...{ sent: 3, kept: 'video' },
	},
	'a broken page, then accepted': {
		creates: [unreadable(), accepted()],
		...{ sent: 2, kept: 'video' },
	},
	'always 5xx': {
		creates: [broken()],
		...{ sent: 4, kept: 'unknown', fails: 'createOutcomeUnknown' },
	},
	'all providers failed, twice': {
		creates: [exhausted()],
		...{ sent: 2, kept: 'nothing', fails: 'providerFailed' },
	},
	'all providers failed, then accepted': {
		creates: [exhausted(), accepted()],
		...{ sent: 2, kept: 'video' },
	},
	'5xx, then the key is in use (409), then accepted': {
		creates: [broken(), inProgress(409), accepted()],
		...{ sent: 3, kept: 'video' },
	},
	'5xx, then the key is in use (422), then accepted': {
		creates: [broken(), inProgress(422), accepted()],
		...{ sent: 3, kept: 'video' },
	},
	'5xx, then the key is in use (425), then accepted': {
		creates: [broken(), inProgress(425), accepted()],
		...{ sent: 3, kept: 'video' },
	},
	'5xx, then the key is in use for a minute, then accepted': {
		creates: [broken(), ...Array.from({ length: 15 }, () => inProgress(409)), accepted()],
		...{ sent: 17, kept: 'video' },
	},
	'5xx, then 400: the first request may have created a video': {
		creates: [broken(), refused()],
		...{ sent: 2, kept: 'unknown', fails: 'createOutcomeUnknown' },
	},
	'5xx, then no such model': {
		creates: [broken(), noSuchModel()],
		...{ sent: 2, kept: 'unknown', fails: 'createOutcomeUnknown' },
	},
	'5xx, then connection refused': {
		creates: [broken(), networkFault('ECONNREFUSED')],
		...{ sent: 4, kept: 'unknown', fails: 'createOutcomeUnknown' },
	},
	'an earlier try was lost; now accepted': {
		before: lostBefore,
		creates: [accepted()],
		...{ sent: 1, kept: 'video' },
	},
	'an earlier try was lost; now 400': {
		before: lostBefore,
		creates: [refused()],
		...{ sent: 1, kept: 'unknown', fails: 'createOutcomeUnknown' },
	},
	'an earlier try ended before its response; now 400': {
		before: diedBefore,
		creates: [refused()],
		...{ sent: 1, kept: 'unknown', fails: 'createOutcomeUnknown' },
	},
	'an earlier try ended before its response; now all providers failed': {
		before: diedBefore,
		creates: [exhausted()],
		...{ sent: 1, kept: 'nothing', fails: 'providerFailed' },
	},
};

const ON_A_SERVER_WITHOUT_KEYS: Record<string, Row> = {
	'a reset': {
		creates: [networkFault('ECONNRESET'), accepted()],
		...{ sent: 1, kept: 'unknown', fails: 'createOutcomeUnknown' },
	},
	'all providers failed': {
		creates: [exhausted(), accepted()],
		...{ sent: 1, kept: 'unknown', fails: 'createOutcomeUnknown' },
	},
	'a broken page': {
		creates: [unreadable(), accepted()],
		...{ sent: 1, kept: 'unknown', fails: 'createOutcomeUnknown' },
	},
	'busy, then a reset': {
		creates: [tooManyRequests(), networkFault('ECONNRESET'), accepted()],
		...{ sent: 2, kept: 'unknown', fails: 'createOutcomeUnknown' },
	},
	'an earlier try was lost': {
		before: lostBefore,
		creates: [accepted()],
		...{ sent: 0, kept: 'unknown', fails: 'createOutcomeUnknown' },
	},
};

describe.each([
	['any server, with keys', WITH_KEYS, ON_ANY_SERVER],
	['any server, without keys', WITHOUT_KEYS, ON_ANY_SERVER],
	['a server with keys', WITH_KEYS, ON_A_SERVER_WITH_KEYS],
	['a server without keys', WITHOUT_KEYS, ON_A_SERVER_WITHOUT_KEYS],
	[
		'a server that is configured as Lumenfall but not verified',
		UNCONFIRMED,
		ON_A_SERVER_WITHOUT_KEYS,
	],
])('on %s', (_, server, table) => {
	test.each(Object.entries(table))('%s', async (__, { sent, kept, fails, ...row }) => {
		const { value, failure, creates, entry } = await submitOne({ ...row, server });
		expect(creates).toHaveLength(sent);
		expect(entry.record).toMatchObject({ idempotencyKey: expect.stringMatching(KEY) as string });
		const { videoId, sentAt, lostAt } = entry.record;
		expect({ videoId, sentAt, lostAt }).toEqual(KEPT[kept]);
		expect([value?.id, failure?.kind]).toEqual([fails ? undefined : 'video_1', fails]);
	});

	test.each(Object.entries(table))(
		'%s: the record contains each create and its key before it is sent, and the key never changes',
		async (__, row) => {
			const { creates, entry } = await submitOne({ ...row, server });
			for (const { stored, body, lastLogLine } of creates) {
				const record = stored[entry.slot];
				expect(record.idempotencyKey).toBe(entry.record.idempotencyKey);
				expect(record).toMatchObject({ sentAt: expect.any(String) as string });
				expect(record.sent).toMatchObject({ model: 'sora-2', seconds: 8 });
				expect(record.videoId).toBeUndefined();
				// The only trace if the process ends now.
				expect(lastLogLine).toBe(`Creating a video with sora-2 (key ${record.idempotencyKey})`);
				if (server === WITH_KEYS) expect(body.idempotency_key).toBe(record.idempotencyKey);
			}
		},
	);
});

test.each([200, 202, 302, 303, 409, 418, 499, 500, 502, 503])(
	'%i with a text about moderation, models or providers proves nothing: no second create without keys',
	async (status) => {
		for (const words of [
			'moderation blocked the prompt',
			'model not found',
			'all providers exhausted',
		]) {
			const body = status < 300 ? { note: words } : { error: { message: words } };
			const creates = [{ status, body }, accepted('video_2')];
			const { creates: sent, failure } = await submitOne({ server: WITHOUT_KEYS, creates });
			expect([sent.length, failure?.kind]).toEqual([1, 'createOutcomeUnknown']);
		}
	},
);

test('a key that stays in use ends as an unknown outcome after two minutes, with a pause between the repeats', async () => {
	const creates = [broken(), inProgress(409)];
	const { creates: sent, failure, time } = await submitOne({ server: WITH_KEYS, creates });
	expect(failure?.kind).toBe('createOutcomeUnknown');
	expect(time.now()).toBeLessThan(3 * MINUTE);
	expect(sent.length).toBeGreaterThan(30);
	expect(sent.length).toBeLessThan(70);
});

test('the URL of a file without an ID is in the error, because it is the only trace of a paid video', async () => {
	const url = 'https://files.example.com/a.mp4?signature=abc';
	const creates = [{ body: { created: 1, data: [{ url }] } }];
	const { creates: sent, failure } = await submitOne({ server: WITHOUT_KEYS, creates });
	expect(sent).toHaveLength(1);
	expect(failure?.kind).toBe('createOutcomeUnknown');
	expect(failure?.message).toContain(url);
});

describe('a server that is busy', () => {
	test.each([
		['one second, the minimum for a Retry-After of 0', '0', 1_000],
		['the time in Retry-After', '60', 60_000],
	])('gets a retry after %s', async (_, retryAfter, ms) => {
		const { creates } = await submitOne({ creates: [tooManyRequests(retryAfter), accepted()] });
		expect(creates.map(({ atMs }) => atMs)).toEqual([0, ms]);
	});

	test('is retried until the deadline and not later, and then its own error is returned', async () => {
		const { creates, failure, time } = await submitOne({ creates: [tooManyJobs()] }, 5 * MINUTE);
		expect(failure).toMatchObject({ kind: 'tooManyJobs', httpStatus: 429 });
		expect(creates.length).toBeGreaterThan(5);
		expect(creates.at(-1)!.atMs).toBeLessThanOrEqual(5 * MINUTE);
		expect(time.now()).toBeLessThanOrEqual(5 * MINUTE);
	});

	test('is not retried if Retry-After exceeds the deadline', async () => {
		const { creates, failure, time } = await submitOne(
			{ creates: [tooManyRequests('3600')] },
			5 * MINUTE,
		);
		expect([creates.length, failure?.kind, time.now()]).toEqual([1, 'rateLimited', 0]);
	});

	test('slows down the other items of the run as well', async () => {
		const stage = await openCreateStage({
			creates: [tooManyRequests('30'), accepted(), accepted('video_2')],
		});
		const send = async (itemIndex: number) => {
			const entry = stage.entry(itemIndex);
			entry.decide({ model: REQUEST.model });
			return await submit(stage.context, REQUEST, entry, 10 * MINUTE);
		};
		const first = send(0);
		await stage.time.advanceTo(5_000);
		const second = send(1);
		await stage.outcomeOf(Promise.allSettled([first, second]));
		expect(stage.creates.map(({ atMs }) => atMs >= 30_000)).toEqual([false, true, true]);
	});

	test('after a lost create causes an unknown outcome, because a video may exist', async () => {
		const creates = [broken(), tooManyJobs()];
		const { failure, entry } = await submitOne({ creates }, MINUTE);
		expect(failure?.kind).toBe('createOutcomeUnknown');
		expect(entry.mayHaveJob).toBe(true);
	});

	test('for the repeat of a create that an earlier try lost causes an unknown outcome', async () => {
		const creates = [tooManyRequests('3600')];
		const { failure } = await submitOne({ before: diedBefore, creates });
		expect(failure?.kind).toBe('createOutcomeUnknown');
	});
});

test('the delay between repeats of a lost create grows', async () => {
	const { creates } = await submitOne({ creates: [broken()], random: 1 });
	expect(creates.map(({ atMs }) => atMs)).toEqual([0, 1_000, 3_000, 7_000]);
});

describe('Stop', () => {
	/** Stops the run after this number of responses. */
	async function stopAfter(count: number, creates: Row['creates'] = [], server = WITH_KEYS) {
		const stage = await openCreateStage({ creates, server });
		const entry = stage.entry();
		entry.decide({ model: REQUEST.model });
		const work = submit(stage.context, REQUEST, entry, 10 * MINUTE);
		const outcome = stage.outcomeOf(work);
		while (stage.creates.length < count) await new Promise((next) => setImmediate(next));
		stage.stopRun();
		return { ...stage, entry, ...(await outcome) };
	}

	test('before the repeat of a create that an earlier try lost reports that a video may exist', async () => {
		const { creates, failure } = await submitOne({
			before: (entry, stage) => {
				lostBefore(entry);
				stage.stopRun();
			},
			creates: [accepted()],
		});
		expect([creates.length, failure?.kind]).toEqual([0, 'createOutcomeUnknown']);
	});

	test('before the create sends nothing', async () => {
		const { creates, failure, entry } = await submitOne({
			before: (_, stage) => stage.stopRun(),
			creates: [accepted()],
		});
		expect([creates.length, failure?.kind, entry.mayHaveJob]).toEqual([0, 'stopped', false]);
	});

	test('while the server is busy ends the wait, and nothing was created', async () => {
		const { creates, failure, entry } = await stopAfter(1, [tooManyRequests('60')]);
		expect([creates.length, failure?.kind, entry.mayHaveJob]).toEqual([1, 'stopped', false]);
	});

	test.each([
		['before the repeat of a lost create', 1, [broken()]],
		['while the server is busy after a lost create', 2, [broken(), tooManyRequests('60')]],
	])('%s reports that a video may exist', async (_, count, creates) => {
		const { creates: sent, failure, entry } = await stopAfter(count, creates);
		expect(sent).toHaveLength(count);
		expect(failure).toMatchObject({
			kind: 'createOutcomeUnknown',
			mayExistSince: entry.record.sentAt,
		});
		expect(entry.mayHaveJob).toBe(true);
	});
});

describe('the error of a create with an unknown outcome', () => {
	const lose = async (routes: Served['routes'], server = WITHOUT_KEYS) =>
		await submitOne({ server, creates: [networkFault('ECONNRESET')], routes });

	test('contains when a video may have been created, why, and whether a retry is safe', async () => {
		const without = await lose(listing());
		expect(without.failure).toMatchObject({
			mayExistSince: without.entry.record.sentAt,
			sameKey: false,
			hasNoList: false,
		});
		expect(without.failure?.advice).toContain("'Get Many'");
		expect(without.failure?.message).toMatch(/\(the connection was cut\)/);
		expect((await lose({}, WITH_KEYS)).failure).toMatchObject({ sameKey: true });
		expect((await lose({}, UNCONFIRMED)).failure).toMatchObject({ sameKey: false });
	});

	test('still names the ID in a 500 when a retry sends nothing', async () => {
		const named = { status: 500, body: { id: 'video_1', status: 'queued' } };
		const { entry, failure } = await submitOne({ server: WITHOUT_KEYS, creates: [named] });
		expect(failure).toMatchObject({ kind: 'createOutcomeUnknown', videoId: 'video_1' });
		const { sent = sentRequestOf(REQUEST), lostAt = '', namedVideoId } = entry.record;
		const again = await submitOne({
			server: WITHOUT_KEYS,
			before: (next) => {
				next.sending(new Date(WALL_START), sent);
				next.lost(new Date(lostAt), namedVideoId);
			},
		});
		expect(again.creates).toEqual([]);
		expect(again.failure).toMatchObject({ kind: 'createOutcomeUnknown', videoId: 'video_1' });
		expect(again.failure?.advice).toContain('video_1');
	});

	test('does not advise to use the list of a server that has none', async () => {
		const { failure } = await lose({});
		expect(failure).toMatchObject({ hasNoList: true });
		expect(failure?.advice).toMatch(/in your account at the server: it has no list/);
	});

	test.each([WITH_KEYS, WITHOUT_KEYS])(
		'names candidates from the list, and uses none of them ($server)',
		async (server) => {
			const { failure, entry } = await lose(
				listing({ id: 'video_8' }, { id: 'video_9' }, { id: 'video_7', prompt: 'a ship' }),
				server,
			);
			expect(failure?.candidateVideoIds).toEqual(['video_8', 'video_9']);
			expect(failure?.advice).toContain('video_8 or video_9');
			expect(failure?.videoId).toBeUndefined();
			expect(entry.record.videoId).toBeUndefined();
		},
	);

	test('names no video that belongs to another item of the run', async () => {
		const { failure } = await submitOne({
			server: WITHOUT_KEYS,
			creates: [networkFault('ECONNRESET')],
			routes: listing({ id: 'video_8' }, { id: 'video_9' }),
			before: (_, stage) => stage.entry(1).created('video_8', new Date(WALL_START)),
		});
		expect(failure?.candidateVideoIds).toEqual(['video_9']);
	});

	test('compares times by the clock of the server, which may be wrong', async () => {
		const hour = 3_600_000;
		const [list] = listing({ id: 'video_8', created_at: (WALL_START + hour) / 1000 })[
			'GET /videos'
		];
		const withDate = () => ({
			...list(),
			headers: { date: new Date(Date.now() + hour).toUTCString() },
		});
		expect((await lose({ 'GET /videos': [withDate] })).failure?.candidateVideoIds).toEqual([
			'video_8',
		]);
		expect((await lose({ 'GET /videos': [list] })).failure?.candidateVideoIds).toBeUndefined();
	});

	test('has all candidates even if the list returns 503 once', async () => {
		const { 'GET /videos': lists } = listing({ id: 'video_8' });
		const { failure, requests } = await lose({ 'GET /videos': [broken(503), ...lists] });
		expect(failure?.candidateVideoIds).toEqual(['video_8']);
		expect(requests.filter((request) => request === 'GET /videos')).toHaveLength(2);
	});

	test('is the same without candidates if the list cannot be read, which does not mean that there is none', async () => {
		const { failure } = await lose({ 'GET /videos': [broken(503)] });
		expect(failure).toMatchObject({ kind: 'createOutcomeUnknown', hasNoList: false });
		expect(failure).not.toHaveProperty('candidateVideoIds');
	});

	test('never contains what only the last response proved', async () => {
		const creates = [broken(), refused()];
		const { failure } = await submitOne({ creates });
		expect(failure).not.toHaveProperty('nothingMade');
		const unreachable = [broken(), networkFault('ECONNREFUSED')];
		expect((await submitOne({ creates: unreachable })).failure).not.toHaveProperty('neverSent');
	});
});

test.each([WITH_KEYS, WITHOUT_KEYS])(
	'a video that belongs to another request is never used for this one ($server)',
	async (server) => {
		const { failure, entry, value } = await submitOne({
			server,
			creates: [accepted('video_1')],
			before: (_, stage) => stage.entry(1).created('video_1', new Date(WALL_START)),
		});
		expect(value).toBeUndefined();
		expect(failure?.kind).toBe('createOutcomeUnknown');
		expect(failure?.message).toMatch(/returned video video_1, which belongs to another request/);
		expect(entry.record.videoId).toBeUndefined();
	},
);

test('a key that another request uses is refused before anything is sent', async () => {
	const stage = await openCreateStage({ creates: [accepted()] });
	const [one, two] = [stage.entry(0), stage.entry(1)];
	for (const entry of [one, two]) entry.decide({ model: REQUEST.model }, 'mine');
	const send = (entry: JobEntry) => stage.outcomeOf(submit(stage.context, REQUEST, entry, MINUTE));
	expect((await send(two)).failure?.message).toMatch(/'Idempotency Key' is the same/);
	expect(stage.creates).toHaveLength(0);
	// The first request with the key may use it.
	expect((await send(one)).value?.id).toBe('video_1');
	expect(stage.creates[0].body.idempotency_key).toBe('mine');
});

test.each([
	['with keys, because a repeat finds the job', WITH_KEYS, 0],
	['without keys, because some respond only when the video is finished', WITHOUT_KEYS, MINUTE],
])('how long a create waits for its response on a server %s', async (_, server, patienceMs) => {
	const stage = await openCreateStage({ creates: [accepted()], server });
	const entry = stage.entry();
	entry.decide({ model: REQUEST.model });
	const { api } = stage.context;
	const create = jest.spyOn(api, 'createVideo');
	await submit(stage.context, REQUEST, entry, MINUTE);
	expect(create.mock.calls.map(([, , options]) => options?.patienceMs)).toEqual([patienceMs]);
});

test('if n8n cannot read the credential before the request, nothing was sent, and a retry creates the video', async () => {
	const stage = await openCreateStage({ creates: [accepted()], server: WITHOUT_KEYS });
	const entry = stage.entry();
	entry.decide({ model: REQUEST.model });
	const { execution } = stage.context;
	const { getCredentials } = execution;
	execution.getCredentials = async () => await Promise.reject(new Error('no connection'));
	const send = () => submit(stage.context, REQUEST, entry, MINUTE);
	const { failure } = await stage.outcomeOf(send());
	expect(failure).toMatchObject({ kind: 'network', neverSent: true });
	expect([stage.creates.length, entry.mayHaveJob]).toEqual([0, false]);
	execution.getCredentials = getCredentials;
	expect((await stage.outcomeOf(send())).value?.id).toBe('video_1');
});

test('a bug in the node does not count as a server response, and the outcome stays unknown', async () => {
	const stage = await openCreateStage();
	const entry = stage.entry();
	entry.decide({ model: REQUEST.model });
	const submitWith = async (wasSent: boolean) => {
		const createVideo: VideoApi['createVideo'] = async (_, __, { onSend } = {}) => {
			if (wasSent) onSend?.();
			return await Promise.reject(new TypeError('a defect'));
		};
		const api = Object.create(stage.context.api, {
			createVideo: { value: createVideo },
		}) as VideoApi;
		const work = submit({ ...stage.context, api }, REQUEST, entry, MINUTE);
		await expect(stage.time.finish(work)).rejects.toThrow(TypeError);
		return entry.mayHaveJob;
	};
	// A request that was never sent leaves no record, so a retry may create the video.
	expect(await submitWith(false)).toBe(false);
	expect(await submitWith(true)).toBe(true);
});

test('the record of a create contains no text of the user: only hashes, the model and the duration', () => {
	expect(sentRequestOf({ ...REQUEST, webhookUrl: 'https://hooks.example/secret' })).toEqual({
		model: 'sora-2',
		seconds: 8,
		prompt: expect.stringMatching(/^\w{32}$/) as string,
		webhook: expect.stringMatching(/^\w{32}$/) as string,
	});
	expect(sentRequestOf(REQUEST)).not.toHaveProperty('webhook');
});

import type { RequestIdentity } from '../../../nodes/Lumenfall/job/identity';
import { JobStore, type NodeContext } from '../../../nodes/Lumenfall/job/jobStore';
import type { Decision, SentRequest } from '../../../nodes/Lumenfall/job/record';
import { shortHash } from '../../../nodes/Lumenfall/support/hash';

const origin = { instanceId: 'i', executionId: '7', nodeId: 'n', nodeName: 'Make' };
const identity = { itemIndex: 2, hash: 'hash' };
const decision = { model: 'sora-2' };
const sent = { model: 'sora-2', seconds: 8, prompt: shortHash('a boat') };
/** The same request, with a key of the user. */
const wanted = { idempotencyKey: 'mine', prompt: 'a boat', model: 'sora-2', seconds: 8 };

const open = (context: NodeContext = {}, runIndex = 0, executionId = '7') =>
	new JobStore(context, { ...origin, executionId }, runIndex);

test('a new request stores nothing before the decision', () => {
	const context: NodeContext = {};
	const { record, mayHaveJob } = open(context).open(identity);
	expect(record).toEqual({ idempotencyKey: '', attempt: 0 });
	expect(mayHaveJob).toBe(false);
	expect(context).toEqual({ jobs: {} });
});

test('the key is stored before anything is sent, and stays the same in a retry, which is another execution', () => {
	const context: NodeContext = {};
	const entry = open(context).open(identity);
	entry.decide(decision);
	const { idempotencyKey } = entry.record;
	expect(idempotencyKey).toMatch(/^n8n-\w{64}$/);
	entry.sending(new Date(0), sent);
	const stored = JSON.parse(JSON.stringify(context)) as NodeContext;
	const again = open(stored, 0, '8').open(identity);
	expect(again.record).toMatchObject({
		idempotencyKey,
		sent,
		decision,
		sentAt: new Date(0).toISOString(),
	});
	again.decide({ model: 'veo' });
	expect(again.record.idempotencyKey).toBe(idempotencyKey);
});

test('an unchanged request finds its video, and another request does not', () => {
	const jobs = open();
	jobs.open(identity).created('video_1', new Date(0));
	expect(jobs.open(identity).record.videoId).toBe('video_1');
	expect(jobs.reopen(jobs.open(identity).slot).record.videoId).toBe('video_1');
	for (const other of [{ hash: 'changed' }, { itemIndex: 3 }, { part: 'veo' }])
		expect(jobs.open({ ...identity, ...other }).record.videoId).toBeUndefined();
});

test('another model gets another key as long as nothing was sent', () => {
	const entry = open().open(identity);
	entry.decide({ model: 'sora-2' });
	const first = entry.record.idempotencyKey;
	entry.release();
	expect(entry.record.decision).toBeUndefined();
	entry.decide({ model: 'veo' });
	expect(entry.record.idempotencyKey).not.toBe(first);
});

test('starting over forgets the video, and the next job gets another key', () => {
	const entry = open().open(identity);
	entry.decide(decision);
	const before = entry.record.idempotencyKey;
	entry.sending(new Date(0), sent);
	entry.created('video_1', new Date(0));
	entry.startOver();
	expect(entry.record).toMatchObject({ attempt: 1, decision });
	expect(entry.record).not.toHaveProperty('videoId');
	expect(entry.record).not.toHaveProperty('createdAt');
	expect(entry.record).not.toHaveProperty('sent');
	expect(entry.record.idempotencyKey).not.toBe(before);
	expect(entry.mayHaveJob).toBe(false);
});

test('what a failed video cost stays spent, also if the server no longer reports it', () => {
	const jobs = open();
	const entry = jobs.open(identity);
	entry.decide(decision);
	entry.created('video_1', new Date(0));
	entry.release(0.8);
	entry.startOver();
	expect(jobs.spending()).toMatchObject({ videos: 1, usd: 0.8 });
});

test("the user's own key never changes", () => {
	const entry = open().open(identity);
	entry.decide(decision, 'mine');
	entry.startOver();
	expect(entry.record.idempotencyKey).toBe('mine');
});

test('the first time since when a job may exist is kept until there is a clear response', () => {
	const entry = open().open(identity);
	entry.sending(new Date(1_000), sent);
	entry.lost(new Date(1_500));
	entry.sending(new Date(2_000), { ...sent, model: 'other' });
	expect(entry.record).toMatchObject({ sentAt: new Date(1_000).toISOString(), sent });
	expect(entry.mayHaveJob).toBe(true);
	entry.refused();
	expect(entry.mayHaveJob).toBe(false);
	expect(entry.record).not.toHaveProperty('lostAt');
	entry.sending(new Date(3_000), sent);
	entry.created('video_1', new Date(0));
	expect(entry.record).not.toHaveProperty('sentAt');
	expect(entry.mayHaveJob).toBe(true);
});

test('a video is as old as its create, or as an earlier create whose response was lost', () => {
	const [first, second] = [open().open(identity), open().open(identity)];
	for (const entry of [first, second]) entry.sending(new Date(1_000), sent);
	second.lost(new Date(1_500));
	for (const entry of [first, second]) entry.created('video_1', new Date(9_000));
	expect(first.record.createdAt).toBe(new Date(9_000).toISOString());
	expect(second.record.createdAt).toBe(new Date(1_000).toISOString());
});

test('a key that two requests share is found, in this execution and in a stored one', () => {
	const context: NodeContext = {};
	const mine = open(context).open(identity);
	mine.decide(decision, 'mine');
	expect(mine.sharesKey).toBe(false);
	const jobs = open(JSON.parse(JSON.stringify(context)) as NodeContext);
	const other = jobs.open({ ...identity, itemIndex: 3 });
	other.decide(decision, 'mine');
	expect(other.sharesKey).toBe(true);
	other.decide(decision, 'other');
	expect(other.sharesKey).toBe(false);
});

describe('a later round of a loop with the key of the user', () => {
	/** A first round that has created a video. */
	function firstRound(change: Partial<Decision> = {}, sentChange: Partial<SentRequest> = {}) {
		const context: NodeContext = {};
		const first = open(context, 0).open(identity, wanted);
		first.decide({ model: 'sora-2', reservedUsd: 0.8, ...change }, 'mine');
		first.sending(new Date(500), { ...sent, ...sentChange });
		first.created('video_1', new Date(1_000));
		return { context, first };
	}

	test('finds the video of the same request, which is paid once, and not by this round', () => {
		const { context } = firstRound();
		const later = open(context, 1);
		const again = later.open(identity, wanted);
		expect(again.record.videoId).toBe('video_1');
		expect([again.sharesKey, later.isOfOther('video_1', again)]).toEqual([false, false]);
		again.completed(0.5);
		expect(later.spending()).toEqual({ videos: 0, usd: 0, isEstimated: false });
		expect([later.usdOfAllRounds(), open(context, 2).usdOfAllRounds()]).toEqual([0.5, 0.5]);
	});

	test.each<[string, RequestIdentity, typeof wanted]>([
		['another item', { ...identity, hash: 'another item' }, wanted],
		[
			'the same item in another place, which could overtake it',
			{ ...identity, itemIndex: 9 },
			wanted,
		],
		['another part', { ...identity, part: 'sora-2' }, wanted],
		['another key', identity, { ...wanted, idempotencyKey: 'other' }],
		['no key', identity, { ...wanted, idempotencyKey: '' }],
		['another prompt, by an expression', identity, { ...wanted, prompt: 'a ship' }],
		['another model, by an expression', identity, { ...wanted, model: 'wan-2.6' }],
		['another duration, by an expression', identity, { ...wanted, seconds: 4 }],
	])('does not find it for %s', (_, other, request) => {
		expect(open(firstRound().context, 1).open(other, request).record.videoId).toBeUndefined();
	});

	test('is refused for another request, because the server would return the same video', () => {
		const other = open(firstRound().context, 1).open(identity, { ...wanted, prompt: 'a ship' });
		other.decide({ model: 'sora-2' }, 'mine');
		expect(other.sharesKey).toBe(true);
	});

	test('finds a video that a fallback model made, or with the nearest duration', () => {
		const fallback = { from: 'sora-2', reason: 'it is retired' };
		const adjusted = { seconds: { requested: 8, used: 6 } };
		const { context } = firstRound({ fallback, adjusted }, { model: 'wan-2.6', seconds: 6 });
		expect(open(context, 1).open(identity, wanted).record.videoId).toBe('video_1');
	});

	test('does not take up a video that has failed: a new one would belong to the earlier round', () => {
		const { context, first } = firstRound();
		first.release();
		expect(open(context, 1).open(identity, wanted).record.videoId).toBeUndefined();
	});
});

test('one key for two equal items of a run is not the same video: their creates could overtake each other', () => {
	const jobs = open();
	const [first, second] = [1, 2].map((itemIndex) => {
		const entry = jobs.open({ ...identity, itemIndex }, wanted);
		entry.decide(decision, 'mine');
		return entry;
	});
	expect([first.sharesKey, second.sharesKey]).toEqual([false, true]);
});

test('the videos of a run are those of its own items, not of another round of a loop', () => {
	const context: NodeContext = {};
	const first = open(context, 0).open(identity);
	first.created('video_1', new Date(0));
	const jobs = open(context, 1);
	const second = jobs.open(identity);
	second.created('video_2', new Date(0));
	expect(jobs.videoIds()).toEqual(['video_2']);
	expect(open(context, 0).videoIds()).toEqual(['video_1']);
	expect(jobs.isOfOther('video_2', second)).toBe(false);
	expect(jobs.isOfOther('video_2', jobs.open({ ...identity, itemIndex: 3 }))).toBe(true);
	expect(jobs.isOfOther('video_9', second)).toBe(false);
});

test('a video of an earlier round of a loop is never taken for that of another request', () => {
	const context: NodeContext = {};
	open(context, 0).open(identity).created('video_1', new Date(0));
	const jobs = open(context, 1);
	const second = jobs.open(identity);
	expect(jobs.isOfOther('video_1', second)).toBe(true);
	second.created('video_2', new Date(0));
	const mixedUp = () => jobs.requireOwn({ id: 'video_2', reportedId: 'video_1' });
	expect(mixedUp).toThrow(/is about video video_1, which belongs to another request/);
	expect(() => jobs.requireOwn({ id: 'video_2', reportedId: 'video_2x' })).not.toThrow();
});

test('the spending of a run counts each video once: its cost, or its highest possible cost', () => {
	const context: NodeContext = {};
	const jobs = open(context);
	const at = (itemIndex: number) => jobs.open({ itemIndex, hash: 'hash' });
	expect(jobs.spending()).toEqual({ videos: 0, usd: 0, isEstimated: false });

	at(0).decide({ model: 'a', reservedUsd: 0.1 });
	at(1).decide({ model: 'a', reservedUsd: 0.2 });
	at(1).decide({ model: 'a', reservedUsd: 0.2 });
	at(2).decide({ model: 'unpriced' });
	open(context, 1).open(identity).decide({ model: 'a', reservedUsd: 5 });
	expect(jobs.spending()).toEqual({ videos: 2, usd: 0.3, isEstimated: true });

	at(1).completed(0.15);
	expect(jobs.spending()).toEqual({ videos: 2, usd: 0.25, isEstimated: true });
	at(0).release();
	expect(jobs.spending()).toEqual({ videos: 1, usd: 0.15, isEstimated: false });
	expect(open(context).spending()).toEqual(jobs.spending());
});

test('the budget counts all rounds of a loop, each of which is a run of the node', () => {
	const context: NodeContext = {};
	for (const [round, video] of [{ cost: 0.5 }, { reserved: 0.8 }, { failed: 0.1 }].entries()) {
		const entry = open(context, round).open(identity);
		entry.decide({ model: 'a', reservedUsd: video.reserved ?? 5 });
		if (video.cost !== undefined) entry.completed(video.cost);
		if (video.failed !== undefined) entry.release(video.failed);
	}
	const last = open(context, 3);
	expect(last.usdOfAllRounds()).toBe(1.4);
	last.open(identity).decide({ model: 'a', reservedUsd: 0.6 });
	expect(last.usdOfAllRounds()).toBe(2);
	expect(last.spending().usd).toBe(0.6);
});

test('the webhook URL and the prompt of a create are recognized, but not stored', () => {
	const context: NodeContext = {};
	const entry = open(context).open(identity);
	expect(entry.isWebhookRegistered('https://a.example')).toBe(false);
	expect(entry.hasSentPrompt('a boat')).toBe(false);
	const url = 'https://a.example/1?signature=secret';
	entry.sending(new Date(), { ...sent, webhook: shortHash(url) });
	entry.created('video_1', new Date(0));
	expect(entry.isWebhookRegistered(url)).toBe(true);
	expect(entry.isWebhookRegistered('https://b.example/2')).toBe(false);
	expect(entry.isWebhookRegistered(undefined)).toBe(false);
	expect(entry.hasSentPrompt('a boat')).toBe(true);
	expect(entry.hasSentPrompt('a ship')).toBe(false);
	expect(JSON.stringify(context)).not.toMatch(/example|secret|boat/);
});

test('a released request frees its key, unless a job may have it', () => {
	const jobs = open();
	const entry = jobs.open(identity);
	entry.decide(decision);
	entry.release();
	expect(entry.record).toEqual({ idempotencyKey: '', attempt: 0, isUserKey: false });
	entry.decide(decision);
	const { idempotencyKey } = entry.record;
	entry.created('video_1', new Date(0));
	entry.release();
	expect(entry.record).toMatchObject({ idempotencyKey, videoId: 'video_1' });
	expect(entry.record.decision).toBeUndefined();
});

test('a key belongs to its first request until that one releases it', () => {
	const jobs = open();
	const [first, second, third] = [1, 2, 3].map((itemIndex) =>
		jobs.open({ itemIndex, hash: 'hash' }),
	);
	first.decide(decision, 'mine');
	second.decide(decision, 'mine');
	expect([first.sharesKey, second.sharesKey]).toEqual([false, true]);
	second.release();
	third.decide(decision, 'mine');
	expect(third.sharesKey).toBe(true);
	first.release();
	third.decide(decision, 'mine');
	expect(third.sharesKey).toBe(false);
});

test('the videos and unclear creates of each item are those of this run', () => {
	const context: NodeContext = {};
	open(context, 0).open(identity).created('video_1', new Date(0));
	const jobs = open(context, 1);
	const item = identity.itemIndex;
	for (const part of ['sora-2', 'veo-3'])
		jobs.open({ ...identity, part }).created(`of ${part}`, new Date(0));
	jobs.open({ ...identity, part: 'kling' }).sending(new Date(1_000), sent);
	jobs.open({ ...identity, itemIndex: item + 1 }).decide(decision);
	expect([...jobs.leftovers()]).toEqual([
		[item, { videoIds: ['of sora-2', 'of veo-3'], unclear: [new Date(1_000).toISOString()] }],
	]);
});

test('only created videos are listed', () => {
	const jobs = open();
	jobs.open(identity).decide(decision);
	expect(jobs.videoIds()).toEqual([]);
});

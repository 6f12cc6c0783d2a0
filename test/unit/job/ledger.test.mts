import { hashOf, idempotencyKey } from '../../../nodes/Lumenfall/job/identity';
import {
	openLedger as open,
	videosOfRun,
	type LedgerStore,
} from '../../../nodes/Lumenfall/job/ledger';

const origin = { instanceId: 'i', executionId: '7', nodeId: 'n', runIndex: 0, itemIndex: 2 };
const request = { prompt: 'a boat', model: 'sora-2', seconds: 8, additionalParameters: {} };

const openLedger = (
	store: LedgerStore,
	from: typeof origin,
	hash: string,
	idempotencyKey?: string,
) => open(store, from, { ...request, idempotencyKey }, hash);

test('the hash of a request does not depend on the order of its fields', () => {
	expect(hashOf({ a: 1, b: { c: 2, d: [3, 4] } })).toBe(hashOf({ b: { d: [3, 4], c: 2 }, a: 1 }));
	expect(hashOf({ a: [1, 2] })).not.toBe(hashOf({ a: [2, 1] }));
});

test('another execution, node, run, item, request or attempt gives another key; the same gives the same', () => {
	const keys = [
		idempotencyKey(origin, 'hash', 0),
		idempotencyKey({ ...origin, instanceId: 'j' }, 'hash', 0),
		idempotencyKey({ ...origin, executionId: '8' }, 'hash', 0),
		idempotencyKey({ ...origin, nodeId: 'm' }, 'hash', 0),
		idempotencyKey({ ...origin, runIndex: 1 }, 'hash', 0),
		idempotencyKey({ ...origin, itemIndex: 3 }, 'hash', 0),
		idempotencyKey(origin, 'other', 0),
		idempotencyKey(origin, 'hash', 1),
	];
	expect(new Set(keys).size).toBe(keys.length);
	expect(idempotencyKey({ ...origin }, 'hash', 0)).toBe(keys[0]);
	expect(Math.max(...keys.map((key) => key.length))).toBeLessThanOrEqual(256);
});

test('a key is in the store before anything is sent, and survives in a new execution', () => {
	const store = {};
	const { entry } = openLedger(store, origin, 'hash');
	const copied = JSON.parse(JSON.stringify(store)) as typeof store;
	const again = openLedger(copied, { ...origin, executionId: 'a retry has a new id' }, 'hash');
	expect(again.entry.idempotencyKey).toBe(entry.idempotencyKey);
});

test('an unchanged request finds its video, a changed one does not', () => {
	const store = {};
	openLedger(store, origin, 'hash').created('video_1');
	expect(openLedger(store, origin, 'hash').entry.videoId).toBe('video_1');
	expect(openLedger(store, origin, 'changed').entry.videoId).toBeUndefined();
	expect(openLedger(store, { ...origin, itemIndex: 3 }, 'hash').entry.videoId).toBeUndefined();
});

test('starting over forgets the video and takes a new key', () => {
	const ledger = openLedger({}, origin, 'hash');
	const before = ledger.entry.idempotencyKey;
	ledger.sending(new Date(0));
	ledger.created('video_1');
	ledger.startOver();
	expect(ledger.entry).toMatchObject({ attempt: 1 });
	expect(ledger.entry.videoId).toBeUndefined();
	expect(ledger.entry.sentAt).toBeUndefined();
	expect(ledger.entry.idempotencyKey).not.toBe(before);
});

test("the user's own key wins and is never varied", () => {
	const ledger = openLedger({}, origin, 'hash', 'mine');
	ledger.startOver();
	expect(ledger.entry.idempotencyKey).toBe('mine');
});

test('the first moment of doubt stands until an answer comes', () => {
	const ledger = openLedger({}, origin, 'hash');
	ledger.sending(new Date(1_000));
	ledger.sending(new Date(2_000));
	expect(ledger.entry.sentAt).toBe(new Date(1_000).toISOString());
	ledger.refused();
	ledger.sending(new Date(3_000));
	expect(ledger.entry.sentAt).toBe(new Date(3_000).toISOString());
	ledger.created('video_1');
	expect(ledger.entry.sentAt).toBeUndefined();
});

test('the ledger knows the videos of other items, and twins in doubt', () => {
	const store = {};
	const mine = openLedger(store, origin, 'hash');
	const twin = openLedger(store, { ...origin, itemIndex: 3 }, 'hash');
	mine.sending(new Date());
	expect(mine.hasTwinInDoubt()).toBe(false);
	twin.sending(new Date());
	expect(mine.hasTwinInDoubt()).toBe(true);
	twin.created('video_2');
	expect(mine.hasTwinInDoubt()).toBe(false);
	expect(mine.otherVideoIds()).toEqual(['video_2']);
});

test('twins are requests that look the same in a list, even with another picture', () => {
	const store = {};
	const mine = openLedger(store, origin, 'with one picture');
	openLedger(store, { ...origin, itemIndex: 3 }, 'with another picture').sending(new Date());
	expect(mine.hasTwinInDoubt()).toBe(true);
});

test('one key for two different requests is noticed', () => {
	const store = {};
	expect(openLedger(store, origin, 'hash', 'mine').sharesKey()).toBe(false);
	expect(openLedger(store, { ...origin, itemIndex: 3 }, 'other', 'mine').sharesKey()).toBe(true);
});

test('the videos of a run are those of its items, not of another time round the loop', () => {
	const store = {};
	openLedger(store, origin, 'hash').created('video_1');
	openLedger(store, { ...origin, runIndex: 1 }, 'hash').created('video_2');
	expect(videosOfRun(store, 1)).toEqual(['video_2']);
	expect(videosOfRun({}, 0)).toEqual([]);
});

test('the address of the first create counts, whatever is sent with a repeat', () => {
	const store = {};
	const ledger = openLedger(store, origin, 'hash');
	expect(ledger.calls('https://a.example')).toBe(false);
	ledger.sending(new Date(), 'https://a.example/1?signature=secret');
	ledger.lost(new Date());
	ledger.sending(new Date(), 'https://b.example/2');
	ledger.created('video_1');
	expect(ledger.calls('https://a.example/1?signature=secret')).toBe(true);
	expect(ledger.calls('https://b.example/2')).toBe(false);
	expect(ledger.calls(undefined)).toBe(false);
	expect(JSON.stringify(store)).not.toMatch(/example|secret/);

	ledger.startOver();
	ledger.sending(new Date(), 'https://b.example/2');
	expect(ledger.calls('https://b.example/2')).toBe(true);
});

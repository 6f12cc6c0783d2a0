import type { Job } from '../../../nodes/Lumenfall/job/job';
import {
	decideDelivery,
	dropItems,
	isSameVideo,
	suspensionIn,
	suspendedItemOf,
	videosOf,
	writeSuspension,
	type Suspension,
} from '../../../nodes/Lumenfall/job/suspension';

const ended: Job = { id: 'video_1', phase: 'completed', status: 'completed' };
const failed: Job = { id: 'video_1', phase: 'failed', status: 'failed' };
const running: Job = { id: 'video_1', phase: 'running', status: 'in_progress' };

test('the call that finds everything done resumes, whichever video it is about', () => {
	expect(decideDelivery(ended, true)).toBe('resume');
	expect(decideDelivery(failed, true)).toBe('resume');
	expect(decideDelivery(ended, false)).toBe('stay');
});

test('a call that is ahead of its own server comes again, for it may be the last', () => {
	expect(decideDelivery(running, true)).toBe('again');
	expect(decideDelivery(running, false)).toBe('again');
});

test('a video is the same by both of its names, and by no other', () => {
	expect(isSameVideo('video_8f2k', 'req_8f2k')).toBe(true);
	expect(isSameVideo('video_8f2k', 'video_8f2k')).toBe(true);
	expect(isSameVideo('video_8f2k', 'req_8f2l')).toBe(false);
	expect(isSameVideo('video_8f2k', 'my_8f2k')).toBe(false);
});

const made = { model: 'sora-2', askedHash: 'hash' };
const parking = (): Suspension => ({
	executionId: '7',
	runIndex: 1,
	until: '2026-11-25T10:00:00.000Z',
	jobs: {
		0: { videoId: 'video_1', ...made, known: { prompt: 'a' } },
		2: { failure: { kind: 'invalidInput', message: 'x', advice: 'y' } },
		3: { videoId: 'video_3', ...made, known: {} },
	},
	items: [{ json: { a: 1 } }],
});

test('a place is found by its own execution, run and item only', () => {
	const store = {};
	writeSuspension(store, parking());
	const owner = { executionId: '7', runIndex: 1, itemIndex: 0 };
	expect(suspendedItemOf(store, owner)).toEqual({
		videoId: 'video_1',
		...made,
		known: { prompt: 'a' },
	});
	expect(suspendedItemOf(store, { ...owner, itemIndex: 1 })).toBeUndefined();
	expect(suspendedItemOf(store, { ...owner, itemIndex: 2 })).toHaveProperty('failure');
	expect(suspendedItemOf(store, { ...owner, executionId: '8' })).toBeUndefined();
	expect(suspendedItemOf(store, { ...owner, runIndex: 0 })).toBeUndefined();
	expect(suspendedItemOf({}, owner)).toBeUndefined();
});

test('an agent calls the node as a tool outside of any execution, and nothing is parked there', () => {
	const executionId = undefined as unknown as string;
	expect(suspendedItemOf({}, { executionId, runIndex: 0, itemIndex: 0 })).toBeUndefined();
});

test('a parking survives as JSON, and its items are dropped once they are used', () => {
	const store: Record<string, unknown> = {};
	writeSuspension(store, parking());
	const stored = JSON.parse(JSON.stringify(store));
	expect(suspensionIn(stored)).toEqual(parking());
	expect(videosOf(parking())).toEqual(['video_1', 'video_3']);
	dropItems(stored);
	expect(suspensionIn(stored)?.items).toBeUndefined();
	expect(suspendedItemOf(stored, { executionId: '7', runIndex: 1, itemIndex: 3 })).toBeDefined();
});

import type { Job } from '../../../nodes/Lumenfall/job/job';
import {
	decideDelivery,
	dropInput,
	suspendedVideoIds,
	suspensionOf,
	writeSuspension,
	type Suspension,
} from '../../../nodes/Lumenfall/job/suspension';
import { isSameVideo } from '../../../nodes/Lumenfall/job/videoId';

const ended: Job = { id: 'video_1', phase: 'completed', status: 'completed' };
const failed: Job = { id: 'video_1', phase: 'failed', status: 'failed' };
const running: Job = { id: 'video_1', phase: 'running', status: 'in_progress' };

test('the delivery that finds every video finished resumes the execution, whichever video it is about', () => {
	expect(decideDelivery(ended, true)).toBe('resume');
	expect(decideDelivery(failed, true)).toBe('resume');
	expect(decideDelivery(ended, false)).toBe('stay');
});

test("a delivery that arrives before the server's status has changed is requested again, because it may be the last", () => {
	expect(decideDelivery(running, true)).toBe('again');
	expect(decideDelivery(running, false)).toBe('again');
});

test('both ids of a video are the same video, and no other id is', () => {
	expect(isSameVideo('video_8f2k', 'req_8f2k')).toBe(true);
	expect(isSameVideo('video_8f2k', 'video_8f2k')).toBe(true);
	expect(isSameVideo('video_8f2k', 'req_8f2l')).toBe(false);
	expect(isSameVideo('video_8f2k', 'my_8f2k')).toBe(false);
});

const suspension = (): Suspension => ({
	executionId: '7',
	runIndex: 1,
	resumableUntil: '2026-11-25T09:58:40.000Z',
	until: '2026-11-25T10:00:00.000Z',
	items: {
		0: { videos: [{ videoId: 'video_1', slot: '1/0/hash', prompt: 'a' }] },
		2: { failure: { kind: 'invalidInput', message: 'x', advice: 'y' } },
		3: {
			videos: [
				{ failure: { kind: 'contentPolicy', message: 'refused', advice: '' }, prompt: 'b' },
				{ videoId: 'video_3', slot: '1/3/hash/1', prompt: 'c' },
				{ videoId: 'video_4', slot: '1/3/hash/2', prompt: 'd' },
			],
		},
	},
	input: [{ json: { a: 1 } }],
});

test('a suspension belongs to its own execution and run only', () => {
	const context = {};
	writeSuspension(context, suspension());
	expect(suspensionOf(context, '7', 1)).toEqual(suspension());
	expect(suspensionOf(context, '8', 1)).toBeUndefined();
	expect(suspensionOf(context, '7', 0)).toBeUndefined();
	expect(suspensionOf({}, '7', 1)).toBeUndefined();
});

test('a tool call of an agent has no execution, so it is never suspended', () => {
	expect(suspensionOf({}, undefined as unknown as string, 0)).toBeUndefined();
});

test('a suspension survives as JSON, and its input is removed once it is used', () => {
	const context: Record<string, unknown> = {};
	writeSuspension(context, suspension());
	const stored = suspensionOf(JSON.parse(JSON.stringify(context)), '7', 1)!;
	expect(stored).toEqual(suspension());
	expect(suspendedVideoIds(stored)).toEqual(['video_1', 'video_3', 'video_4']);
	dropInput(stored);
	expect(stored).not.toHaveProperty('input');
	expect(stored.items[3]).toBeDefined();
});

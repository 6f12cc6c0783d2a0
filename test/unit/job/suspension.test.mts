import {
	dropInput,
	suspendedVideoIds,
	suspensionOf,
	writeSuspension,
	type Suspension,
} from '../../../nodes/Lumenfall/job/suspension';

const suspension = (): Suspension => ({
	executionId: '7',
	runIndex: 1,
	since: '2026-11-25T09:00:00.000Z',
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

import * as fc from 'fast-check';
import type { Job } from '../../../nodes/Lumenfall/job/job';
import {
	findEnded,
	memoryOf,
	type PollMemory,
} from '../../../nodes/LumenfallTrigger/polling/endedVideos';

const LIST = { server: 'https://api.example.com/v1', account: 'one' };
const HOUR = 3_600_000;
const NOW = 1_795_000_000_000;

const job = (id: string, phase: Job['phase'], change: Partial<Job> = {}): Job => ({
	id,
	phase,
	status: phase,
	createdAt: NOW - HOUR,
	...change,
});
const idsOf = ({ ended }: ReturnType<typeof findEnded>) => ended.map(({ videoId }) => videoId);

test('the first poll records what has ended, and starts nothing', () => {
	const first = findEnded(undefined, [job('a', 'completed'), job('b', 'running')], LIST, NOW);
	expect(first.ended).toEqual([]);
	const second = findEnded(
		first.memory,
		[job('a', 'completed'), job('b', 'failed'), job('c', 'cancelled')],
		LIST,
		NOW,
	);
	expect(second.ended).toEqual([
		{ videoId: 'b', event: 'video.failed' },
		{ videoId: 'c', event: 'video.cancelled' },
	]);
	expect(findEnded(second.memory, [job('b', 'failed')], LIST, NOW).ended).toEqual([]);
});

test.each(['constructor', 'toString', '__proto__'])(
	'a video with the ID %s is found once',
	(id) => {
		const { memory } = findEnded(undefined, [job('a', 'completed')], LIST, NOW);
		const found = findEnded(memory, [job(id, 'completed')], LIST, NOW);
		expect(idsOf(found)).toEqual([id]);
		expect(idsOf(findEnded(found.memory, [job(id, 'completed')], LIST, NOW))).toEqual([]);
		expect(memoryOf(memory, { ...LIST, account: 'two' }, [job(id, 'completed')])).toBeUndefined();
	},
);

test('a video that the list shows with other times later is found once', () => {
	let { memory } = findEnded(undefined, [], LIST, NOW);
	const found: string[] = [];
	for (const hours of [0, 72, 1, 72, 200]) {
		const createdAt = NOW + hours * HOUR;
		const now = NOW + 200 * HOUR;
		const polled = findEnded(memory, [job('a', 'completed', { createdAt })], LIST, now);
		found.push(...idsOf(polled));
		memory = polled.memory;
	}
	expect(found).toEqual(['a']);
});

test('the oldest end comes first', () => {
	const { memory } = findEnded(undefined, [], LIST, NOW);
	const jobs = [
		job('late', 'completed', { completedAt: NOW - 1 }),
		job('early', 'completed', { completedAt: NOW - 1_000 }),
		job('failed', 'failed', { createdAt: NOW - 2_000 }),
	];
	expect(idsOf(findEnded(memory, jobs, LIST, NOW))).toEqual(['failed', 'early', 'late']);
});

test('another server and another account are polled for the first time', () => {
	const { memory } = findEnded(undefined, [job('a', 'completed')], LIST, NOW);
	expect(memoryOf(memory, LIST, [])).toBe(memory);
	expect(memoryOf(undefined, LIST, [])).toBeUndefined();
	const otherServer = { ...LIST, server: 'https://other.example.com/v1' };
	expect(memoryOf(memory, otherServer, [job('a', 'completed')])).toBeUndefined();
	const otherAccount = { ...LIST, account: 'two' };
	expect(memoryOf(memory, otherAccount, [job('b', 'completed')])).toBeUndefined();
});

test('a new key of the same account continues, because a video of its list is known', () => {
	const { memory } = findEnded(undefined, [job('a', 'completed')], LIST, NOW);
	const jobs = [job('a', 'completed'), job('b', 'completed')];
	const newKey = { ...LIST, account: 'two' };
	const known = memoryOf(memory, newKey, jobs);
	expect(known).toBe(memory);
	expect(findEnded(known, jobs, newKey, NOW).memory).toMatchObject(newKey);
});

test('an account without videos is read from the beginning', () => {
	const { memory } = findEnded(undefined, [], LIST, NOW);
	const jobs = [job('a', 'completed', { createdAt: NOW - 300 * HOUR })];
	expect(idsOf(findEnded(memory, jobs, LIST, NOW))).toEqual(['a']);
});

test.each([
	['is ahead', 400 * HOUR],
	['is behind', -400 * HOUR],
	['was never set', -NOW],
])('a clock that %s for one poll neither hides videos nor shows old ones as new', (_, error) => {
	const jobs = [
		job('old', 'completed', { createdAt: NOW - 200 * HOUR }),
		job('known', 'completed'),
	];
	for (const wrongAt of [0, 1]) {
		const clockAt = (poll: number) => NOW + poll * HOUR + (poll === wrongAt ? error : 0);
		const first = findEnded(undefined, jobs, LIST, clockAt(0));
		const second = findEnded(first.memory, jobs, LIST, clockAt(1));
		const fresh = job('fresh', 'completed', { createdAt: NOW + HOUR });
		const third = findEnded(second.memory, [...jobs, fresh], LIST, clockAt(2));
		const fourth = findEnded(third.memory, [...jobs, fresh], LIST, clockAt(3));
		expect([second, third, fourth].map(idsOf)).toEqual([[], ['fresh'], []]);
	}
});

test('a creation time in the future hides no other video', () => {
	const wrong = job('wrong', 'completed', { createdAt: NOW + 9_000 * HOUR });
	const { memory } = findEnded(undefined, [wrong], LIST, NOW);
	expect(idsOf(findEnded(memory, [wrong, job('a', 'completed')], LIST, NOW))).toEqual(['a']);
});

test('the state contains two days of videos, and 10,000 without a creation time', () => {
	const old = job('old', 'completed', { createdAt: NOW - 49 * HOUR });
	const { memory } = findEnded(undefined, [old, job('new', 'completed')], LIST, NOW);
	expect(Object.keys(memory.ended)).toEqual(['new']);
	const undated = Array.from({ length: 10_001 }, (_, index) =>
		job(`u${index}`, 'completed', { createdAt: undefined }),
	);
	const full = findEnded(memory, undated, LIST, NOW).memory;
	expect(Object.keys(full.ended)).toHaveLength(10_001);
	expect(full.ended).not.toHaveProperty('u0');
});

/**
 * A history of videos that end at random times, polled at random times. Between polls n8n may restart, with the state
 * that was last saved: after the activation and when a poll started the workflow.
 */
const world = fc.record({
	videos: fc.array(
		fc.record({
			createdAt: fc.integer({ min: -20, max: 300 }),
			takes: fc.integer({ min: 0, max: 400 }),
			phase: fc.constantFrom<Job['phase']>('completed', 'failed', 'cancelled'),
			isDated: fc.boolean(),
		}),
		{ maxLength: 40 },
	),
	pauses: fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 1, maxLength: 40 }),
	restarts: fc.infiniteStream(fc.boolean()),
	shuffle: fc.infiniteStream(fc.nat()),
	seconds: fc.constantFrom(1, 60),
});

test('each video that ends after the activation is found once, by the next poll, in any list and across restarts', () => {
	fc.assert(
		fc.property(world, ({ videos, pauses, restarts, shuffle, seconds }) => {
			const unit = seconds * 1_000;
			const listAt = (minute: number): Job[] =>
				videos
					.flatMap(({ createdAt, takes, phase, isDated }, index) => {
						if (createdAt > minute) return [];
						const hasEnded = createdAt + takes <= minute;
						const at = NOW + createdAt * unit;
						return job(`v${index}`, hasEnded ? phase : 'running', {
							createdAt: isDated ? at : undefined,
						});
					})
					.map((one) => ({ one, rank: shuffle.next().value }))
					.sort((a, b) => a.rank - b.rank)
					.map(({ one }) => one);

			let minute = 0;
			let { memory } = findEnded(undefined, listAt(0), LIST, NOW);
			let saved: PollMemory = memory;
			const found = new Map<string, number>();
			for (const pause of pauses) {
				minute += pause;
				if (restarts.next().value) memory = JSON.parse(JSON.stringify(saved)) as PollMemory;
				const look = findEnded(memory, listAt(minute), LIST, NOW + minute * unit);
				memory = look.memory;
				if (look.ended.length > 0) saved = memory;
				for (const { videoId } of look.ended) {
					expect(found.has(videoId)).toBe(false);
					found.set(videoId, minute);
				}
			}
			videos.forEach(({ createdAt, takes }, index) => {
				const endsAt = createdAt + takes;
				const isNew = endsAt > 0 && endsAt <= minute;
				expect(found.has(`v${index}`)).toBe(isNew);
			});
		}),
	);
});

import fc from 'fast-check';
import {
	FIRST_POLL_MS,
	MAX_PAUSE_MS,
	nextPauseMs,
} from '../../../nodes/Lumenfall/wait/pollSchedule';

const limits = { firstPollMs: FIRST_POLL_MS, maxPauseMs: MAX_PAUSE_MS };
const HOUR_MS = 3_600_000;

/** Plays the schedule against a job of a known length: when it is detected and how many looks that took. */
function detect(jobMs: number, random: number) {
	let waitedMs = 0;
	let polls = 0;
	while (waitedMs < jobMs) {
		waitedMs += nextPauseMs({ waitedMs, remainingMs: HOUR_MS, polls, random }, limits);
		polls++;
	}
	return { polls, lateMs: waitedMs - jobMs };
}

test('a three-minute job takes at most twenty status calls', () => {
	for (const random of [0, 0.5, 1]) expect(detect(180_000, random).polls).toBeLessThanOrEqual(20);
});

test('from half a minute on, a job is found at most an eighth of its time late, and a twelfth on average', () => {
	const lengths = Array.from({ length: 571 }, (_, index) => 30_000 + index * 1_000);
	for (const random of [0, 0.5, 1]) {
		const shares = lengths.map((jobMs) => detect(jobMs, random).lateMs / jobMs);
		expect(Math.max(...shares)).toBeLessThan(0.134);
		expect(shares.reduce((sum, share) => sum + share, 0) / shares.length).toBeLessThan(0.083);
	}
});

test('a user who wants quick looks gets them, but no flood', () => {
	const quick = { firstPollMs: 50, maxPauseMs: MAX_PAUSE_MS };
	const moment = { waitedMs: 50, remainingMs: HOUR_MS, random: 0 };
	expect(nextPauseMs({ ...moment, polls: 0 }, quick)).toBe(50);
	expect(nextPauseMs({ ...moment, polls: 1 }, quick)).toBe(2_000);
	expect(nextPauseMs({ ...moment, polls: 1 }, { firstPollMs: 50, maxPauseMs: 100 })).toBe(100);
});

test("the server's hint wins over the schedule", () => {
	const moment = { waitedMs: 60_000, remainingMs: HOUR_MS, polls: 5, random: 0.5 };
	expect(nextPauseMs({ ...moment, hintMs: 1_234 }, limits)).toBe(1_234);
});

test('a hint of zero is no busy loop, and a hint of a day is not obeyed', () => {
	const moment = { waitedMs: 0, remainingMs: 10 * HOUR_MS, polls: 1, random: 0 };
	expect(nextPauseMs({ ...moment, hintMs: 0 }, limits)).toBeGreaterThanOrEqual(50);
	expect(nextPauseMs({ ...moment, hintMs: 24 * HOUR_MS }, limits)).toBeLessThanOrEqual(120_000);
});

test('no pause ever goes past the deadline or below zero', () => {
	fc.assert(
		fc.property(
			fc.record({
				waitedMs: fc.nat(HOUR_MS),
				remainingMs: fc.nat(HOUR_MS),
				polls: fc.nat(500),
				hintMs: fc.option(fc.nat(HOUR_MS), { nil: undefined }),
				random: fc.double({ min: 0, max: 1, noNaN: true }),
			}),
			(moment) => {
				const pauseMs = nextPauseMs(moment, limits);
				expect(pauseMs).toBeGreaterThanOrEqual(0);
				expect(pauseMs).toBeLessThanOrEqual(moment.remainingMs);
			},
		),
	);
});

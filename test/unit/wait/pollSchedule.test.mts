import fc from 'fast-check';
import {
	nextPauseMs,
	type LikelyEnd,
	type PollLimits,
} from '../../../nodes/Lumenfall/wait/pollSchedule';
import { DEFAULT_LIMITS, simulateWait } from '../../support/simulateWait.mts';

const limits = DEFAULT_LIMITS;
const HOUR_MS = 3_600_000;
const RANDOM = [0, 0.5, 1];

/** The times at which a job that does not end is checked. */
function checksUntil(endMs: number, own: Partial<PollLimits>, likelyEnd?: LikelyEnd): number[] {
	return simulateWait(endMs, { limits: { ...limits, ...own }, likelyEnd }).checks;
}

describe('jobs without a known duration', () => {
	test.each(RANDOM)(
		'of 8 to 300 s are found 6 %% late on average, and 15 %% at worst (jitter %p)',
		(random) => {
			const shares: number[] = [];
			for (let jobMs = 8_000; jobMs <= 300_000; jobMs += 100)
				shares.push(simulateWait(jobMs, { limits, random }).lateMs / jobMs);
			expect(shares.reduce((sum, share) => sum + share, 0) / shares.length).toBeLessThan(0.06);
			expect(Math.round(Math.max(...shares) * 100)).toBeLessThanOrEqual(15);
		},
	);

	test.each([
		[30, 12],
		[180, 22],
		[600, 46],
	])('of %i s take at most %i status checks', (seconds, most) => {
		for (const random of RANDOM) {
			const { checks } = simulateWait(seconds * 1_000, { limits, random });
			expect(checks.length).toBeLessThanOrEqual(most);
		}
	});

	test('that were created together are not checked together', () => {
		const at = (random: number) => simulateWait(100_000, { limits, random }).checks.at(-2)!;
		expect(at(1) - at(0)).toBeGreaterThan(1_000);
	});

	test('are found as soon on a slow server as on a fast one', () => {
		for (const jobMs of [20_000, 60_000, 170_000]) {
			const fast = simulateWait(jobMs, { limits });
			const slow = simulateWait(jobMs, { limits, checkTakesMs: 300 });
			expect(slow.checks).toEqual(fast.checks);
		}
	});
});

describe('jobs with a known likely end', () => {
	test.each([
		[30_000, 8, 0.04],
		[60_000, 10, 0.04],
		[180_000, 14, 0.04],
		[280_000, 17, 0.04],
	])('of %i ms take at most %i status checks, and are found earlier', (jobMs, most, share) => {
		const likelyEnd = { fromMs: jobMs * 0.85, toMs: jobMs * 1.15 };
		const known = simulateWait(jobMs, { limits, likelyEnd });
		const unknown = simulateWait(jobMs, { limits });
		expect(known.checks.length).toBeLessThanOrEqual(most);
		expect(known.checks.length).toBeLessThan(unknown.checks.length);
		expect(known.lateMs / jobMs).toBeLessThan(share);
	});

	test('that take longer than expected are found as late as without a known duration', () => {
		const likelyEnd = { fromMs: 20_000, toMs: 30_000 };
		for (let jobMs = 31_000; jobMs <= 300_000; jobMs += 1_000)
			expect(simulateWait(jobMs, { limits, likelyEnd }).lateMs / jobMs).toBeLessThan(0.155);
	});

	test('that end much earlier are still found: the time between checks doubles at most', () => {
		const likelyEnd = { fromMs: 250_000, toMs: 280_000 };
		for (let jobMs = 9_500; jobMs <= 240_000; jobMs += 500)
			expect(simulateWait(jobMs, { limits, likelyEnd }).lateMs).toBeLessThanOrEqual(
				Math.min(jobMs, limits.maxPauseMs),
			);
	});
});

describe('the options', () => {
	test("'Initial Polling Delay' is when the first check is sent", () => {
		for (const firstPollMs of [50, 5_000, 60_000])
			for (const likelyEnd of [undefined, { fromMs: 100_000, toMs: 120_000 }])
				expect(checksUntil(300_000, { firstPollMs }, likelyEnd)[0]).toBe(firstPollMs);
	});

	test("no delay is longer than 'Max Polling Interval'", () => {
		for (const likelyEnd of [undefined, { fromMs: 100_000, toMs: 120_000 }]) {
			const checks = checksUntil(300_000, { maxPauseMs: 5_000 }, likelyEnd);
			const pauses = checks.slice(1).map((at, index) => at - checks[index]);
			expect(Math.max(...pauses)).toBeCloseTo(5_000);
		}
	});

	test('short intervals are possible, but not below one second', () => {
		const checks = checksUntil(60_000, { firstPollMs: 50, maxPauseMs: 50 });
		expect(checks.slice(0, 3)).toEqual([50, 1_050, 2_050]);
	});
});

describe("the server's hint", () => {
	const moment = { waitedMs: 60_000, checkedMs: 60_000, remainingMs: HOUR_MS, random: 1 };

	test('has priority over the schedule, the options and earlier durations', () => {
		const likelyEnd = { fromMs: 50_000, toMs: 70_000 };
		for (const hintMs of [1_234, 45_000])
			expect(nextPauseMs({ ...moment, hintMs, likelyEnd }, limits)).toBe(hintMs);
		expect(nextPauseMs({ ...moment, checkedMs: undefined, hintMs: 2_000 }, limits)).toBe(2_000);
	});

	test.each([0, 1, 999, -5])('of %i ms becomes a delay of one second', (hintMs) => {
		expect(nextPauseMs({ ...moment, hintMs }, limits)).toBe(1_000);
	});

	test('of a day becomes a delay of two minutes', () => {
		expect(nextPauseMs({ ...moment, hintMs: 24 * HOUR_MS }, limits)).toBe(120_000);
	});
});

test('a check is made at the deadline, and none in the second before it', () => {
	const moment = { waitedMs: 60_000, checkedMs: 60_000, random: 0 };
	for (const remainingMs of [300, 5_000, 9_800, 10_100])
		expect(nextPauseMs({ ...moment, remainingMs }, limits)).toBe(remainingMs);
	expect(nextPauseMs({ ...moment, remainingMs: 10_300 }, limits)).toBeCloseTo(9_204);
});

test('no delay is negative or passes the deadline, and only the last may be under a second', () => {
	const time = fc.nat(HOUR_MS);
	fc.assert(
		fc.property(
			fc.record({
				waitedMs: time,
				checkedMs: fc.option(time, { nil: undefined }),
				remainingMs: fc.integer({ min: -1_000, max: HOUR_MS }),
				hintMs: fc.option(fc.integer(), { nil: undefined }),
				likelyEnd: fc.option(fc.record({ fromMs: time, toMs: time }), { nil: undefined }),
				random: fc.double({ min: 0, max: 1, noNaN: true }),
			}),
			fc.record({ firstPollMs: fc.nat(600_000), maxPauseMs: fc.nat(600_000) }),
			(moment, options) => {
				const pauseMs = nextPauseMs(moment, options);
				const { remainingMs, checkedMs } = moment;
				expect(pauseMs).toBeGreaterThanOrEqual(0);
				expect(pauseMs).toBeLessThanOrEqual(Math.max(remainingMs, 0));
				if (checkedMs !== undefined && pauseMs < remainingMs)
					expect(pauseMs).toBeGreaterThanOrEqual(1_000);
			},
		),
		{ numRuns: 1_000 },
	);
});

import { createRateLimiter } from '../../../nodes/Lumenfall/support/rateLimiter';
import { fakeRuntime } from '../../support/fakeRuntime.mts';

/** A rate limiter, with the times at which its requests were sent or given up. */
function openLimiter() {
	const time = fakeRuntime();
	const limiter = createRateLimiter(time);
	const sent: number[] = [];
	const givenUp: number[] = [];
	const request = (deadline = Number.POSITIVE_INFINITY) =>
		void limiter
			.acquire(deadline)
			.then((mayBeSent) => (mayBeSent ? sent : givenUp).push(time.now()));
	return { limiter, time, sent, givenUp, request };
}

test('until the server refuses a request, every request is sent at once', async () => {
	const { request, sent, time } = openLimiter();
	for (let index = 0; index < 10; index++) request();
	await time.advanceTo(0);
	expect(sent).toEqual(Array(10).fill(0));
});

test("after a refusal nothing is sent before the server's Retry-After, and then not everything at once", async () => {
	const { limiter, request, sent, time } = openLimiter();
	limiter.backOff(5_000);
	for (let index = 0; index < 4; index++) request();
	await time.advanceTo(60_000);
	expect(sent).toHaveLength(4);
	expect(sent[0]).toBe(5_000);
	expect(new Set(sent).size).toBe(4);
});

test('without Retry-After the pauses double, up to half a minute', async () => {
	const { limiter, request, sent, time } = openLimiter();
	let start = 0;
	for (const expected of [1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]) {
		limiter.backOff();
		request();
		await time.advanceTo(start + 60_000);
		expect(sent.at(-1)! - start).toBe(expected);
		start += 60_000;
	}
});

test.each([0, 1, 999])('a Retry-After of %i ms is a pause of a second', async (retryAfterMs) => {
	const { limiter, request, sent, time } = openLimiter();
	limiter.backOff(retryAfterMs);
	request();
	await time.advanceTo(60_000);
	expect(sent).toEqual([1_000]);
});

test('a server that refuses everything with no pause gets at most one request per second', async () => {
	const { limiter, time } = openLimiter();
	const sent: number[] = [];
	const tryForEver = async () => {
		while (await limiter.acquire(60_000)) {
			sent.push(time.now());
			limiter.backOff(0);
		}
	};
	for (let item = 0; item < 20; item++) void tryForEver();
	await time.advanceTo(60_000);
	// All requests before the first refusal were sent at the same time.
	expect(sent.filter((at) => at > 0).length).toBeLessThanOrEqual(60);
	expect(sent.filter((at) => at > 0).length).toBeGreaterThan(10);
});

test('refusals of requests that were sent together count as one', async () => {
	const { limiter, request, sent, time } = openLimiter();
	for (let index = 0; index < 50; index++) limiter.backOff();
	request();
	await time.advanceTo(60_000);
	expect(sent).toEqual([1_000]);
});

test('for refusals that arrive together, the longest Retry-After applies', async () => {
	const { limiter, request, sent, time } = openLimiter();
	for (const retryAfterMs of [2_000, 7_000, 3_000]) limiter.backOff(retryAfterMs);
	request();
	await time.advanceTo(60_000);
	expect(sent).toEqual([7_000]);
});

test('the success of a request that was sent before the refusal changes nothing', async () => {
	const { limiter, request, sent, time } = openLimiter();
	limiter.backOff(1_000);
	for (let index = 0; index < 50; index++) limiter.recover();
	request();
	request();
	await time.advanceTo(60_000);
	expect(new Set(sent).size).toBe(2);
});

test('a request that cannot be sent before its deadline is given up at once, and does not delay others', async () => {
	const { limiter, request, sent, givenUp, time } = openLimiter();
	limiter.backOff(3_600_000);
	request(60_000);
	request(7_200_000);
	await time.advanceTo(0);
	expect(givenUp).toEqual([0]);
	await time.advanceTo(4_000_000);
	expect(sent).toHaveLength(1);
});

test('a request behind many others is given up at its deadline, not when its turn comes', async () => {
	const { limiter, request, sent, givenUp, time } = openLimiter();
	for (let refusals = 0; refusals < 6; refusals++) {
		limiter.backOff();
		await time.advanceTo(time.now() + 31_000);
	}
	const start = time.now();
	for (let index = 0; index < 20; index++) request(start + 10_000);
	await time.advanceTo(start + 600_000);
	expect(sent.length + givenUp.length).toBe(20);
	expect(sent.length).toBeGreaterThan(1);
	for (const moment of [...sent, ...givenUp]) expect(moment).toBeLessThanOrEqual(start + 10_000);
});

test('a Retry-After of a month does not overflow the timers', async () => {
	const time = fakeRuntime();
	const limiter = createRateLimiter(time);
	limiter.backOff(30 * 86_400_000);
	void limiter.acquire(Number.POSITIVE_INFINITY);
	await time.advanceTo(3_600_000);
	expect(Math.max(...time.sleeps)).toBe(60_000);
});

test('a waiting request is delayed by a refusal that arrives meanwhile', async () => {
	const { limiter, request, sent, time } = openLimiter();
	limiter.backOff(1_000);
	request();
	await time.advanceTo(500);
	limiter.backOff(10_000);
	await time.advanceTo(60_000);
	expect(sent).toEqual([10_500]);
});

test('once requests are accepted again, they are as close together as before', async () => {
	const { limiter, request, sent, time } = openLimiter();
	limiter.backOff(1_000);
	await time.advanceTo(2_000);
	for (let index = 0; index < 5; index++) limiter.recover();
	for (let index = 0; index < 5; index++) request();
	await time.advanceTo(2_000);
	expect(sent).toHaveLength(5);
});

test('many refusals are forgotten step by step, not with the first success', async () => {
	const { limiter, request, sent, time } = openLimiter();
	for (let refusals = 0; refusals < 3; refusals++) {
		limiter.backOff();
		await time.advanceTo(time.now() + 5_000);
	}
	const start = time.now();
	limiter.recover();
	request();
	request();
	await time.advanceTo(start + 60_000);
	expect(sent).toEqual([start, start + 400 * 0.95]);
});

test('a Stop ends the waiting of a request', async () => {
	const limiter = createRateLimiter({
		now: () => 0,
		wallTime: () => 0,
		random: () => 0,
		sleep: async () => await Promise.reject(new Error('stopped')),
	});
	limiter.backOff();
	await expect(limiter.acquire(60_000)).rejects.toThrow('stopped');
});

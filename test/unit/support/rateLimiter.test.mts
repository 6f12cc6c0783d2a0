import { createRateLimiter } from '../../../nodes/Lumenfall/support/rateLimiter';

/** A clock whose sleepers wake in order, so that orders that wait together are told apart. */
function world() {
	let now = 0;
	const sleepers: Array<{ at: number; wake: () => void }> = [];
	const gate = createRateLimiter({
		now: () => now,
		random: () => 0.5,
		sleep: async (milliseconds) =>
			await new Promise<void>((wake) => sleepers.push({ at: now + milliseconds, wake })),
	});
	const passed: number[] = [];
	const given: number[] = [];
	const order = (giveUpAt = Number.POSITIVE_INFINITY) =>
		void gate.acquire(giveUpAt).then((isOpen) => (isOpen ? passed : given).push(now));
	const settle = async () => {
		for (let turn = 0; turn < 200; turn++) await Promise.resolve();
	};
	return {
		gate,
		passed,
		given,
		order,
		async until(end: number) {
			await settle();
			for (;;) {
				sleepers.sort((a, b) => a.at - b.at);
				if (!sleepers.length || sleepers[0].at > end) break;
				const next = sleepers.shift()!;
				now = next.at;
				next.wake();
				await settle();
			}
			now = end;
		},
	};
}

test('until the server objects, every order passes at once', async () => {
	const { order, passed, until } = world();
	for (let index = 0; index < 10; index++) order();
	await until(0);
	expect(passed).toEqual(Array(10).fill(0));
});

test("after a refusal nobody passes before the server's Retry-After, and then not all at once", async () => {
	const { gate, order, passed, until } = world();
	gate.backOff(5_000);
	for (let index = 0; index < 4; index++) order();
	await until(60_000);
	expect(passed).toHaveLength(4);
	expect(passed[0]).toBeGreaterThanOrEqual(5_000);
	expect(new Set(passed).size).toBe(4);
});

test('without Retry-After the pauses double, up to half a minute', async () => {
	const { gate, order, passed, until } = world();
	let now = 0;
	for (const expected of [1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]) {
		gate.backOff();
		order();
		await until(now + 60_000);
		expect(passed.at(-1)! - now).toBe(expected);
		now += 60_000;
	}
});

test('refusals of orders that were sent together count as one', async () => {
	const { gate, order, passed, until } = world();
	for (let index = 0; index < 50; index++) gate.backOff();
	order();
	await until(60_000);
	expect(passed).toEqual([1_000]);
});

test('a success of an order that was sent before the refusal opens nothing', async () => {
	const { gate, order, passed, until } = world();
	gate.backOff(1_000);
	for (let index = 0; index < 50; index++) gate.recover();
	order();
	order();
	await until(60_000);
	expect(new Set(passed).size).toBe(2);
});

test('whoever would have to wait past the deadline is told at once, and holds up nobody', async () => {
	const { gate, order, passed, given, until } = world();
	gate.backOff(3_600_000);
	order(60_000);
	order(7_200_000);
	await until(0);
	expect(given).toEqual([0]);
	await until(4_000_000);
	expect(passed).toHaveLength(1);
});

test('a server that asks for a month does not overflow the timers', async () => {
	const pauses: number[] = [];
	const gate = createRateLimiter({
		now: () => 0,
		random: () => 0,
		sleep: async (milliseconds) => {
			pauses.push(milliseconds);
			throw new Error('enough');
		},
	});
	gate.backOff(30 * 86_400_000);
	await expect(gate.acquire(Number.POSITIVE_INFINITY)).rejects.toThrow('enough');
	expect(pauses).toEqual([60_000]);
});

test('an order that waits is held back by a refusal that comes meanwhile', async () => {
	const { gate, order, passed, until } = world();
	gate.backOff(1_000);
	order();
	await until(500);
	gate.backOff(10_000);
	await until(60_000);
	expect(passed[0]).toBeGreaterThanOrEqual(10_500);
});

test('once orders go through again, the gate opens wide again', async () => {
	const { gate, order, passed, until } = world();
	gate.backOff(1_000);
	await until(2_000);
	for (let index = 0; index < 5; index++) gate.recover();
	for (let index = 0; index < 5; index++) order();
	await until(2_000);
	expect(passed).toHaveLength(5);
});

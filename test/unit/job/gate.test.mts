import { createGate } from '../../../nodes/Lumenfall/job/gate';

/** A clock whose sleepers wake in order, so that orders that wait together are told apart. */
function world() {
	let now = 0;
	const sleepers: Array<{ at: number; wake: () => void }> = [];
	const gate = createGate({
		now: () => now,
		chance: () => 0.5,
		pause: async (milliseconds) =>
			await new Promise<void>((wake) => sleepers.push({ at: now + milliseconds, wake })),
	});
	const passed: number[] = [];
	const order = () => void gate.pass().then(() => passed.push(now));
	const settle = async () => {
		for (let turn = 0; turn < 20; turn++) await Promise.resolve();
	};
	return {
		gate,
		passed,
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
	gate.hold(5_000);
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
		gate.hold();
		order();
		await until(now + 60_000);
		expect(passed.at(-1)! - now).toBeGreaterThanOrEqual(expected);
		expect(passed.at(-1)! - now).toBeLessThanOrEqual(expected + 10_000);
		now += 60_000;
	}
});

test('an order that waits is held back by a refusal that comes meanwhile', async () => {
	const { gate, order, passed, until } = world();
	gate.hold(1_000);
	order();
	await until(500);
	gate.hold(10_000);
	await until(60_000);
	expect(passed[0]).toBeGreaterThanOrEqual(10_500);
});

test('once orders go through again, the gate opens wide again', async () => {
	const { gate, order, passed, until } = world();
	gate.hold(1_000);
	await until(2_000);
	for (let index = 0; index < 20; index++) gate.relax();
	for (let index = 0; index < 5; index++) order();
	await until(2_000);
	expect(passed).toHaveLength(5);
});

import { runtimeOf } from '../../../nodes/Lumenfall/support/runtime';
import { StopSwitch } from '../../../nodes/Lumenfall/support/stopSwitch';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

test('all sleeps end the moment the run is stopped', async () => {
	const stop = new StopSwitch();
	const { sleep } = runtimeOf(stop);
	const sleepers = Array.from({ length: 50 }, async () => await sleep(15_000));
	stop.stop(new Error('stopped'));
	for (const one of sleepers) await expect(one).rejects.toThrow('stopped');
	expect(jest.getTimerCount()).toBe(0);
});

test('with an n8n whose sleep has no signal, a Stop leaves no timer behind for longer than a second', async () => {
	jest.resetModules();
	jest.doMock('n8n-workflow', () => ({
		sleep: async (milliseconds: number) =>
			await new Promise((resolve) => setTimeout(resolve, milliseconds)),
	}));
	const older = await import('../../../nodes/Lumenfall/support/runtime');
	jest.dontMock('n8n-workflow');
	const stop = new StopSwitch();
	const sleeper = older.runtimeOf(stop).sleep(120_000);
	await jest.advanceTimersByTimeAsync(5_500);
	stop.stop(new Error('stopped'));
	await expect(sleeper).rejects.toThrow('stopped');
	await jest.advanceTimersByTimeAsync(1_000);
	expect(jest.getTimerCount()).toBe(0);
});

test('after a Stop no sleep begins, and the first reason stays', async () => {
	const stop = new StopSwitch();
	stop.stop(new Error('stopped'));
	stop.stop(new Error('again'));
	await expect(runtimeOf(stop).sleep(15_000)).rejects.toThrow('stopped');
	expect(jest.getTimerCount()).toBe(0);
});

test('without a Stop, a sleep lasts its full time', async () => {
	let isOver = false;
	void runtimeOf(new StopSwitch())
		.sleep(15_000)
		.then(() => (isOver = true));
	await jest.advanceTimersByTimeAsync(14_999);
	expect(isOver).toBe(false);
	await jest.advanceTimersByTimeAsync(1);
	expect(isOver).toBe(true);
});

test.each([3_600_000, -3_600_000])(
	'the wall time is the system time, also after a jump by %i ms',
	(jump) => {
		const { wallTime } = runtimeOf(new StopSwitch());
		jest.setSystemTime(Date.now() + jump);
		expect(wallTime()).toBe(Date.now());
	},
);

test.each([3_600_000, -3_600_000])(
	'the clock is monotonic while the system time jumps by %i ms',
	async (jump) => {
		const { now } = runtimeOf(new StopSwitch());
		const start = now();
		jest.setSystemTime(Date.now() + jump);
		await jest.advanceTimersByTimeAsync(2_000);
		expect(now() - start).toBe(2_000);
	},
);

test('random numbers are between 0 and 1, and differ', () => {
	const { random } = runtimeOf(new StopSwitch());
	const drawn = Array.from({ length: 100 }, () => random());
	expect(Math.min(...drawn)).toBeGreaterThanOrEqual(0);
	expect(Math.max(...drawn)).toBeLessThanOrEqual(1);
	expect(new Set(drawn).size).toBeGreaterThan(90);
});

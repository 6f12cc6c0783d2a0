import { sleepUntilStopped } from '../../../nodes/Lumenfall/support/sleep';
import { StopSwitch } from '../../../nodes/Lumenfall/support/stopSwitch';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

test('a pause ends the moment the switch is thrown, for everybody who waits', async () => {
	const stop = new StopSwitch();
	const pauses = Array.from({ length: 50 }, async () => await sleepUntilStopped(15_000, stop));
	stop.stop(new Error('stopped'));
	for (const one of pauses) await expect(one).rejects.toThrow('stopped');
});

test('a pause does not begin once the switch is thrown, and the first reason stands', async () => {
	const stop = new StopSwitch();
	stop.stop(new Error('stopped'));
	stop.stop(new Error('again'));
	await expect(sleepUntilStopped(15_000, stop)).rejects.toThrow('stopped');
});

test('otherwise it lasts its time', async () => {
	let over = false;
	void sleepUntilStopped(15_000, new StopSwitch()).then(() => (over = true));
	await jest.advanceTimersByTimeAsync(14_999);
	expect(over).toBe(false);
	await jest.advanceTimersByTimeAsync(1);
	expect(over).toBe(true);
});

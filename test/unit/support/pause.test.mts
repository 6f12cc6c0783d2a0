import { pause } from '../../../nodes/Lumenfall/support/pause';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

test('a pause ends the moment the signal fires', async () => {
	const stop = new AbortController();
	const paused = pause(15_000, stop.signal);
	stop.abort(new Error('stopped'));
	await expect(paused).rejects.toThrow('stopped');
});

test('a pause does not begin once the signal has fired', async () => {
	await expect(pause(15_000, AbortSignal.abort(new Error('stopped')))).rejects.toThrow('stopped');
});

test('without a signal it lasts its time', async () => {
	let over = false;
	void pause(15_000).then(() => (over = true));
	await jest.advanceTimersByTimeAsync(14_999);
	expect(over).toBe(false);
	await jest.advanceTimersByTimeAsync(1);
	expect(over).toBe(true);
});

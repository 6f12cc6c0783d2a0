import { claimOnce } from '../../../nodes/Lumenfall/support/claimOnce';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

test('a key can be claimed once, and is free again later', async () => {
	expect(claimOnce('a')).toBe(true);
	await jest.advanceTimersByTimeAsync(1);
	expect(claimOnce('a')).toBe(false);
	expect(claimOnce('b')).toBe(true);
	await jest.advanceTimersByTimeAsync(59_999);
	expect(claimOnce('a')).toBe(true);
	expect(claimOnce('b')).toBe(false);
});

test('a jump of the system time frees no key', () => {
	expect(claimOnce('c')).toBe(true);
	jest.setSystemTime(Date.now() + 86_400_000);
	expect(claimOnce('c')).toBe(false);
});

import { claimOnce } from '../../../nodes/Lumenfall/support/claimOnce';

test('a key can be claimed once, and is free again later', () => {
	expect(claimOnce('a', undefined, 1_000)).toBe(true);
	expect(claimOnce('a', undefined, 1_001)).toBe(false);
	expect(claimOnce('b', undefined, 1_001)).toBe(true);
	expect(claimOnce('a', undefined, 61_000)).toBe(true);
	expect(claimOnce('b', undefined, 61_000)).toBe(false);
});

test('a jump of the system time frees no key', () => {
	jest.useFakeTimers();
	expect(claimOnce('c')).toBe(true);
	jest.setSystemTime(Date.now() + 86_400_000);
	expect(claimOnce('c')).toBe(false);
	jest.useRealTimers();
});

import { claim } from '../../../nodes/Lumenfall/support/claims';

test('one claim at a time, and it comes free by itself', () => {
	expect(claim('a', 1_000)).toBe(true);
	expect(claim('a', 1_001)).toBe(false);
	expect(claim('b', 1_001)).toBe(true);
	expect(claim('a', 61_000)).toBe(true);
	expect(claim('b', 61_000)).toBe(false);
});

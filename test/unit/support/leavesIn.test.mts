import { leavesIn } from '../../../nodes/Lumenfall/support/leavesIn';

const JSON_VALUE = { a: 'x', b: { c: [1, null, { d: true }], e: {} }, f: [] };

test('each value that is no object and no list is found in order, with the names around it', () => {
	expect([...leavesIn(JSON_VALUE, { maxDepth: 4 })]).toEqual([
		{ value: 'x', names: ['a'] },
		{ value: 1, names: ['b', 'c', '0'] },
		{ value: null, names: ['b', 'c', '1'] },
		{ value: true, names: ['b', 'c', '2', 'd'] },
	]);
	expect([...leavesIn('x', { maxDepth: 4 })]).toEqual([{ value: 'x', names: [] }]);
});

test('a value that is nested deeper than the limit is left out, and so is the content of a skipped field', () => {
	const values = (limits: { maxDepth: number; skips?: RegExp }) =>
		[...leavesIn(JSON_VALUE, limits)].map(({ value }) => value);
	expect(values({ maxDepth: 3 })).toEqual(['x', 1, null]);
	expect(values({ maxDepth: 1 })).toEqual(['x']);
	expect(values({ maxDepth: 4, skips: /^c$/ })).toEqual(['x']);
});

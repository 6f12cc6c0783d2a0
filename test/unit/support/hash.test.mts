import { hashOf, isSameJson, sha256, shortHash } from '../../../nodes/Lumenfall/support/hash';

test('a hash does not depend on the order of keys, but on the order of a list', () => {
	expect(hashOf({ a: 1, b: { c: 2, d: [3, 4] } })).toBe(hashOf({ b: { d: [3, 4], c: 2 }, a: 1 }));
	expect(hashOf({ a: [1, 2] })).not.toBe(hashOf({ a: [2, 1] }));
	expect(hashOf(undefined)).not.toBe(hashOf(null));
});

test('a stored hash is found again by every later version', () => {
	expect(shortHash('A "boat"\n🚤')).toBe('94fc97ea3c6109259eb2d19f477444a3');
	expect(shortHash('')).toBe('12ae32cb1ec02d01eda3581b127c1fee');
	expect(hashOf({ b: [1, { d: null, c: 'x' }], a: undefined })).toBe(
		'484f9b407e981b5bd71a3b3d8a37d4914d98cd98418c76d79245c27dc41a9517',
	);
	expect(sha256('boat')).toBe(sha256(Buffer.from('boat')));
});

test.each<[unknown, unknown, boolean]>([
	['8', '8', true],
	['8', 8, false],
	[0, false, false],
	['', undefined, false],
	[{ a: 1, b: [{}] }, { b: [{}], a: 1 }, true],
	[[1, 2], [2, 1], false],
])('the values %j and %j are the same JSON: %j', (one, other, isSame) => {
	expect(isSameJson(one, other)).toBe(isSame);
});

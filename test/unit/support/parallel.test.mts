import { runInParallel } from '../../../nodes/Lumenfall/support/parallel';

const always = () => true;

test('at most `limit` items run in parallel, and the limit is reached', async () => {
	let running = 0;
	let most = 0;
	await runInParallel(
		[...Array(20).keys()],
		5,
		async () => {
			most = Math.max(most, ++running);
			await Promise.resolve();
			running--;
		},
		always,
	);
	expect(most).toBe(5);
});

test('results keep the order of the items, whichever ends first', async () => {
	const finish: Array<() => void> = [];
	const all = runInParallel(
		['a', 'b', 'c'],
		3,
		async (item, index) => {
			await new Promise<void>((end) => (finish[index] = end));
			return item;
		},
		always,
	);
	for (const index of [2, 0, 1]) finish[index]();
	expect((await all).map((result) => result?.ok && result.value)).toEqual(['a', 'b', 'c']);
});

test('a failure does not affect other items', async () => {
	const results = await runInParallel(
		[1, 2, 3],
		2,
		async (item) => {
			if (item === 2) throw new Error('two');
			return item;
		},
		always,
	);
	expect(results).toEqual([
		{ ok: true, value: 1 },
		{ ok: false, error: new Error('two') },
		{ ok: true, value: 3 },
	]);
});

test('no new item starts after the run has ended', async () => {
	let over = false;
	const results = await runInParallel(
		[1, 2, 3, 4],
		2,
		async (item) => {
			over = true;
			return item;
		},
		() => !over,
	);
	expect(results[3]).toBeUndefined();
});

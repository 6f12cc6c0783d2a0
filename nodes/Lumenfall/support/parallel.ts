import { resultOf, type Result } from './result';

/**
 * Runs `work` for every item, at most `limit` in parallel, and returns the results in the order of the items.
 *
 * Starts no new item after `mayStart` returns false; the results of items that never started are undefined. Never
 * rejects: an error becomes the result of its own item and does not affect the others.
 */
export async function runInParallel<Item, Value>(
	items: Item[],
	limit: number,
	work: (item: Item, index: number) => Promise<Value>,
	mayStart: () => boolean,
): Promise<Array<Result<Value> | undefined>> {
	const results = new Array<Result<Value> | undefined>(items.length).fill(undefined);
	let next = 0;

	const worker = async () => {
		while (next < items.length && mayStart()) {
			const index = next++;
			results[index] = await resultOf(work(items[index], index));
		}
	};
	await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker));
	return results;
}

import { resultOf, type Result } from './result';

/**
 * Runs `work` for every item, at most `limit` at once, and returns the results in the order of the items.
 *
 * No new item is started once `mayStart` says no; an item that was never started is left undefined.
 * Never rejects: what an item throws is its own result and harms no other.
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

export type Settled<Result> = { ok: true; value: Result } | { ok: false; reason: unknown };

/**
 * Runs `work` for every item, at most `limit` at once, and answers in the order of the items.
 *
 * No new item is started once `mayStart` says no; an item that was never started is left undefined.
 * Never rejects: what an item throws is its own result and harms no other.
 */
export async function runInParallel<Item, Result>(
	items: Item[],
	limit: number,
	work: (item: Item, index: number) => Promise<Result>,
	mayStart: () => boolean,
): Promise<Array<Settled<Result> | undefined>> {
	const results = new Array<Settled<Result> | undefined>(items.length).fill(undefined);
	let next = 0;

	const worker = async () => {
		while (next < items.length && mayStart()) {
			const index = next++;
			results[index] = await work(items[index], index).then(
				(value) => ({ ok: true, value }),
				(reason: unknown) => ({ ok: false, reason }),
			);
		}
	};
	await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker));
	return results;
}

import type {
	DeduplicationScope,
	ICheckProcessedContextData,
	IDataDeduplicator,
} from 'n8n-workflow';

/** n8n's store of processed items (its table `processed_data`), in memory. As in n8n, only the newest entries are kept. */
export function createDeduplicator(): IDataDeduplicator {
	const lists = new Map<string, string[]>();
	const keyOf = (scope: DeduplicationScope, { workflow, node }: ICheckProcessedContextData) =>
		scope === 'node' ? `${workflow.id}/${node?.id}` : `${workflow.id}`;
	return {
		async checkProcessedAndRecord(items, scope, context, { maxEntries = Infinity }) {
			const key = keyOf(scope, context);
			const list = lists.get(key) ?? [];
			const fresh = items.filter((item) => !list.includes(String(item)));
			lists.set(key, [...list, ...fresh.map(String)].slice(-maxEntries));
			return { new: fresh, processed: items.filter((item) => !fresh.includes(item)) };
		},
		async removeProcessed(items, scope, context) {
			const key = keyOf(scope, context);
			const removed = items.map(String);
			lists.set(
				key,
				(lists.get(key) ?? []).filter((item) => !removed.includes(item)),
			);
		},
		async clearAllProcessedItems(scope, context) {
			lists.delete(keyOf(scope, context));
		},
		async getProcessedDataCount(scope, context) {
			return lists.get(keyOf(scope, context))?.length ?? 0;
		},
	};
}

import { openDecisionEntry, spentInRun } from '../../../nodes/Lumenfall/job/plan';
import type { LedgerStore } from '../../../nodes/Lumenfall/job/ledger';

const at = (store: LedgerStore, itemIndex: number, runIndex = 0) =>
	openDecisionEntry(store, { runIndex, itemIndex }, 'hash');

test('a plan is found again by run, item and request, also from what n8n has stored', () => {
	const store: LedgerStore = {};
	at(store, 0).note({ model: 'kling-v3', usd: 1, fallback: { from: 'sora-2', reason: 'gone' } });
	const stored: LedgerStore = JSON.parse(JSON.stringify(store));
	expect(at(stored, 0).known).toMatchObject({ model: 'kling-v3', fallback: { from: 'sora-2' } });
	expect(at(stored, 1).known).toBeUndefined();
	expect(at(stored, 0, 1).known).toBeUndefined();
	expect(openDecisionEntry(stored, { runIndex: 0, itemIndex: 0 }, 'other').known).toBeUndefined();
});

test('what a run has spent counts each video once: what it cost, or is expected to', () => {
	const store: LedgerStore = {};
	expect(spentInRun(store, 0)).toEqual({ videos: 0, usd: 0, isExpected: false });
	expect(store).toEqual({});

	at(store, 0).note({ model: 'a', usd: 0.1 });
	at(store, 1).note({ model: 'a', usd: 0.2 });
	at(store, 1).note({ model: 'a', usd: 0.2 });
	at(store, 2).note({ model: 'unpriced' });
	at(store, 0, 1).note({ model: 'a', usd: 5 });
	expect(spentInRun(store, 0)).toEqual({ videos: 2, usd: 0.3, isExpected: true });

	at(store, 1).settle(0.15);
	expect(spentInRun(store, 0)).toEqual({ videos: 2, usd: 0.25, isExpected: true });
	at(store, 0).forget();
	expect(spentInRun(store, 0)).toEqual({ videos: 1, usd: 0.15, isExpected: false });
	at(store, 0).settle(9);
	expect(spentInRun(store, 0).usd).toBe(0.15);
});

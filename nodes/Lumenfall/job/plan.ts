import type { LedgerStore } from './ledger';
import type { Adjusted } from '../request/videoRequest';
import { roundUsd } from '../support/usd';

/** Why another model than the chosen one makes the video. */
export interface Fallback {
	from: string;
	reason: string;
}

/**
 * What was decided for a request before it was ordered. A re-run of the node takes it over instead of deciding anew: what a
 * server says of its models may have changed meanwhile, and a job that exists must be found again. Plain JSON.
 */
export interface Decision {
	model: string;
	adjusted?: Adjusted;
	fallback?: Fallback;
	/** What the video is expected to cost at most, in USD. It counts as spent from the moment it is ordered. */
	usd?: number;
	/** The price the user sees, where it is one number. */
	estimatedCost?: number;
	/** The price where it is open, in USD. */
	estimatedRange?: { from: number; upTo?: number };
	/** What it did cost. */
	cost?: number;
}

type Plans = Record<string, Decision>;

export interface DecisionEntry {
	/** The plan of an earlier try. There is one exactly where a job exists or may exist. */
	readonly known: Decision | undefined;
	note(plan: Decision): void;
	/** Notes what the video did cost. */
	settle(cost: number): void;
	/** Takes the plan back, and with it what it has reserved: certainly no video comes of it. */
	forget(): void;
}

/** Opens the plan of one request, beside the ledger. */
export function openDecisionEntry(
	store: LedgerStore,
	{ runIndex, itemIndex }: { runIndex: number; itemIndex: number },
	askedHash: string,
): DecisionEntry {
	const plans = (store.plans ??= {}) as Plans;
	const slot = `${runIndex}/${itemIndex}/${askedHash}`;
	return {
		get known() {
			return plans[slot];
		},
		note: (plan) => {
			plans[slot] = plan;
		},
		settle: (cost) => {
			if (plans[slot]) plans[slot].cost = cost;
		},
		forget: () => {
			delete plans[slot];
		},
	};
}

export interface Spending {
	videos: number;
	usd: number;
	/** Whether some of it is expected and not yet known. */
	isExpected: boolean;
}

/** What the videos of one run of the node cost together, each once however often the node is run again. */
export function spentInRun(store: LedgerStore, runIndex: number): Spending {
	const priced = Object.entries((store.plans ?? {}) as Plans)
		.filter(([slot]) => slot.startsWith(`${runIndex}/`))
		.map(([, plan]) => plan)
		.filter(({ cost, usd }) => (cost ?? usd) !== undefined);
	return {
		videos: priced.length,
		usd: roundUsd(priced.reduce((sum, { cost, usd = 0 }) => sum + (cost ?? usd), 0)),
		isExpected: priced.some(({ cost }) => cost === undefined),
	};
}

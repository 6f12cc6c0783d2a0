import type { ModelInfo } from './models/modelInfo';
import type { PriceRange } from './models/price';

/** USD that could be spent, and what the run had spent when that was asked. */
export interface KnownBalance {
	usd: number;
	spentBefore: number;
}

/** What a server is asked at most once per run, however many items there are. */
export interface RunCache {
	/** The server's models; undefined where it did not tell. */
	models?: Promise<ModelInfo[] | undefined>;
	/** By model. */
	schemas: Map<string, Promise<Partial<ModelInfo>>>;
	/** What each item of 'Estimate Cost' would cost, where that is known. */
	estimates: PriceRange[];
	/** Whether the items were passed over already, and found to be done before the execution could be parked. */
	isSecondPass?: boolean;
	/** Undefined where it is not known. */
	balance?: Promise<KnownBalance | undefined>;
}

export function createRunCache(): RunCache {
	return { schemas: new Map(), estimates: [] };
}

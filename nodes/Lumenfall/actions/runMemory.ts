import type { ModelFacts } from '../models/facts';

/** What a server is asked at most once per run, however many items there are. */
export interface RunMemory {
	/** The server's models; undefined where it did not tell. */
	models?: Promise<ModelFacts[] | undefined>;
	/** By model. */
	schemas: Map<string, Promise<Partial<ModelFacts>>>;
	/** USD that could be spent, and what the run had spent when it was asked; undefined where that is not known. */
	balance?: Promise<{ usd: number; spentBefore: number } | undefined>;
}

export function createRunMemory(): RunMemory {
	return { schemas: new Map() };
}

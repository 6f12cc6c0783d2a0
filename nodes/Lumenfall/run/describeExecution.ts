import type { IExecuteFunctions } from 'n8n-workflow';
import type { RunContext } from '../context';
import { roundUsd } from '../support/usd';

/** The keys under which n8n finds an execution by its videos. It stores ten keys per execution, also those of the user. */
const VIDEO_IDS = 'lumenfallVideoIds';
const COST = 'lumenfallCost';

/** n8n logs an error about longer values. */
const MAX_LENGTH = 255;

interface CustomData {
	get(key: string): string | undefined;
	set(key: string, value: string): void;
}

/**
 * Stores with the execution which videos it created and what they cost in USD, so that a search finds the execution that paid
 * for a video. Values of other nodes in the execution are kept: IDs are added, costs are summed up. Also passes both to the
 * traces of n8n, where it has them. Does nothing where n8n supports neither.
 */
export function describeExecution(run: RunContext): void {
	const { execution, jobs } = run;
	const ids = jobs.videoIds();
	if (ids.length === 0) return;
	const { usd } = jobs.spending();
	execution.setMetadata?.({
		tracing: { 'lumenfall.video_ids': ids.join(','), 'lumenfall.cost_usd': usd },
	});
	const data = customDataOf(execution);
	if (!data) return;
	data.set(VIDEO_IDS, listOf(new Set([...(data.get(VIDEO_IDS)?.split(', ') ?? []), ...ids])));
	const before = Number(data.get(COST) ?? 0);
	data.set(COST, String(roundUsd(before + usd - countedBefore(run, usd))));
}

/** n8n 2 has it on every context, n8n 1 in expressions only. */
function customDataOf(execution: IExecuteFunctions): CustomData | undefined {
	const { customData } = execution as Partial<IExecuteFunctions>;
	if (customData) return customData;
	return execution.getWorkflowDataProxy(0).$execution?.customData as CustomData | undefined;
}

/** Joins as many IDs as fit. */
function listOf(ids: Set<string>): string {
	return [...ids].reduce((list, id) => {
		const longer = list ? `${list}, ${id}` : id;
		return longer.length > MAX_LENGTH ? list : longer;
	}, '');
}

/**
 * What this run has already added to the cost, in USD: n8n runs a node again after it was suspended, and for a retry.
 * @param usd what it adds now
 */
function countedBefore({ execution, runIndex, parametersHash }: RunContext, usd: number): number {
	const context = execution.getContext('node') as { counted?: Record<string, number> };
	const counted = (context.counted ??= {});
	const run = [execution.getExecutionId(), runIndex, parametersHash].join('/');
	const before = counted[run] ?? 0;
	counted[run] = usd;
	return before;
}

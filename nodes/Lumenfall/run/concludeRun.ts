import type { IExecuteFunctions } from 'n8n-workflow';
import type { RunContext } from '../context';
import { markDelivered } from '../deliver/deliveredVideos';
import { failureFrom } from '../errors/nodeError';
import { hintEstimates, hintTotal } from '../output/hintTexts';
import { showItemNotes } from '../output/showHint';
import { resultOf } from '../support/result';
import { roundUsd } from '../support/usd';
import type { RunOutcome } from './runOutcome';

/**
 * Records and describes a run that has ended. Its videos are paid, so this never rejects: an error of a step is only logged,
 * and the other steps still run.
 * @param outcome the output of the run, or the error that ended it
 */
export async function concludeRun(run: RunContext, outcome: RunOutcome): Promise<void> {
	const { execution, settings, jobs, cache } = run;
	const steps = [
		async () =>
			settings.marksDelivered &&
			'output' in outcome &&
			(await markDelivered(execution, outcome.output)),
		async () => describeExecution(run),
		async () => showItemNotes(execution),
		async () => execution.getInputData().length > 0 && hintTotal(execution, jobs.spending()),
		async () => hintEstimates(execution, cache.estimates),
	];
	for (const step of steps) {
		const done = await resultOf<unknown>(step());
		if (!done.ok)
			execution.logger.warn(`The run could not be described: ${failureFrom(done.error).message}`);
	}
}

/**
 * The keys by which a search in n8n finds an execution by its videos. n8n stores ten keys per execution, including
 * those of the user.
 */
const VIDEO_IDS = 'lumenfallVideoIds';
const COST = 'lumenfallCost';

/** n8n logs an error for longer values. */
const MAX_LENGTH = 255;

interface CustomData {
	get(key: string): string | undefined;
	set(key: string, value: string): void;
}

/**
 * Stores the created videos and their cost in USD with the execution, so that a search finds the execution that paid
 * for a video. Values of other nodes in the execution are kept: IDs are added, costs are summed up. Also passes both to
 * n8n's traces, if it supports them. Does nothing if n8n supports neither.
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

/** n8n 2 has it in every context, n8n 1 only in expressions. */
function customDataOf(execution: IExecuteFunctions): CustomData | undefined {
	const { customData } = execution as Partial<IExecuteFunctions>;
	if (customData) return customData;
	return execution.getWorkflowDataProxy(0).$execution?.customData as CustomData | undefined;
}

/** Returns as many IDs as fit, as one text. */
function listOf(ids: Set<string>): string {
	return [...ids].reduce((list, id) => {
		const longer = list ? `${list}, ${id}` : id;
		return longer.length > MAX_LENGTH ? list : longer;
	}, '');
}

/**
 * Returns the part of this run's cost that was added before, in USD, and saves the new total: n8n runs a node again
 * after a suspension and for a retry, and the calls of a tool share their total.
 * @param usd the new total of this run
 */
function countedBefore({ execution, runIndex, nodeContext }: RunContext, usd: number): number {
	const counted = (nodeContext.counted ??= {}) as Record<string, number>;
	const run = [execution.getExecutionId(), runIndex].join('/');
	const before = counted[run] ?? 0;
	counted[run] = usd;
	return before;
}

import type { INodeExecutionData } from 'n8n-workflow';
import type { PendingVideo, RunContext } from '../context';
import type { Failure } from '../errors/failure';
import { runErrors } from '../errors/runErrors';
import { isPending } from '../job/job';
import { writeSuspension, type SuspendedItem, type Suspension } from '../job/suspension';
import { toVideoItem } from '../output/videoItem';
import { readItemsInParallel, readWebhookWaitMinutes } from '../parameters/options';
import { runInParallel } from '../support/parallel';
import { withRetry } from '../transport/retry';
import { openApi } from '../transport/videoApi';
import { cancelOnStop } from './cancelVideo';

/** The outcome of one item before the run is suspended. */
export type ItemOutcome =
	| { pending: PendingVideo }
	| { output: INodeExecutionData[] }
	| { failure: Failure; output: INodeExecutionData[] };

/**
 * Suspends the execution in n8n's database until the webhook is delivered, or until the deadline. Checks every video
 * once more first. The delivery of a video that has ended by now was already rejected, because the execution was still
 * running.
 * @returns what n8n shows for the suspended node. `shown` is undefined if every video has ended, so that the items can
 * be finished immediately
 * @throws FailureError `stopped`
 */
export async function suspendUnlessDone(
	run: RunContext,
	outcomes: ItemOutcome[],
): Promise<{ shown?: INodeExecutionData[]; suspension: Suspension }> {
	const { execution } = run;
	const current = await checkAll(run, outcomes);
	if (run.stop.isStopped) return await cancelAll(run, current);
	const suspension = suspensionFor(run, current);
	writeSuspension(execution.getContext('node'), suspension);
	const pending = current.flatMap((outcome) => ('pending' in outcome ? [outcome.pending] : []));
	if (!pending.some(({ job }) => isPending(job))) return { suspension };

	// n8n outputs this at the deadline, and ignores it when a webhook resumes.
	execution.getExecuteData().data = { main: [current.flatMap(itemsOf)] };
	await execution.putExecutionToWait(new Date(suspension.until));
	// Failed items are not shown: if the first item is a failed one, n8n treats the node as failed and runs it again.
	const shown = current.flatMap((outcome, index) =>
		'pending' in outcome ? itemsOf(outcome, index) : [],
	);
	execution.logger.info(
		`Suspended until ${suspension.until}, or until ${shown.length} videos have ended`,
	);
	return { shown, suspension };
}

async function checkAll(
	{ execution, stop, runtime }: RunContext,
	outcomes: ItemOutcome[],
): Promise<ItemOutcome[]> {
	const api = await openApi(execution);
	const check = async (outcome: ItemOutcome): Promise<ItemOutcome> => {
		if (!('pending' in outcome)) return outcome;
		const { pending } = outcome;
		const read = async () => (await api.getVideo(pending.job.id)).job;
		return { pending: { ...pending, job: await withRetry(read, runtime) } };
	};
	const limit = readItemsInParallel(execution);
	const checks = await runInParallel(outcomes, limit, check, () => !stop.isStopped);
	// If a status check fails, the earlier state of the video is kept.
	return checks.map((result, index) => (result?.ok ? result.value : outcomes[index]));
}

function suspensionFor({ execution, runIndex }: RunContext, outcomes: ItemOutcome[]): Suspension {
	const items = outcomes.flatMap((outcome, index): Array<[number, SuspendedItem]> => {
		if ('failure' in outcome) return [[index, { failure: outcome.failure }]];
		if (!('pending' in outcome)) return [];
		const { job, entry, known } = outcome.pending;
		return [[index, { videoId: job.id, slot: entry.slot, prompt: known.prompt ?? '' }]];
	});
	return {
		executionId: execution.getExecutionId(),
		runIndex,
		until: new Date(Date.now() + readWebhookWaitMinutes(execution) * 60_000).toISOString(),
		items: Object.fromEntries(items),
		input: execution.getInputData(),
	};
}

/** Returns the output items of one input item, linked to it. */
function itemsOf(outcome: ItemOutcome, itemIndex: number): INodeExecutionData[] {
	if (!('pending' in outcome)) return outcome.output;
	const { job, known } = outcome.pending;
	return [toVideoItem(itemIndex, job, known)];
}

/** Cancels the created videos after a Stop. */
async function cancelAll(run: RunContext, outcomes: ItemOutcome[]): Promise<never> {
	const pending = outcomes.flatMap((outcome) => ('pending' in outcome ? [outcome.pending] : []));
	for (const { job, cancelOnStop: isWanted } of pending)
		if (isWanted) await cancelOnStop(run, job.id);
	throw runErrors.stopped({ videoId: pending[0].job.id });
}

import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import type {
	ItemContext,
	ItemOperation,
	Operation,
	OperationOutput,
	PendingItem,
	RunContext,
} from '../context';
import { FailureError, type Failure } from '../errors/failure';
import { failureFrom } from '../errors/nodeError';
import { endOfItem, endOfRun, runErrors, type Leftovers } from '../errors/runErrors';
import { isFailedItem, supportsDetails, toFailedItem } from '../output/failedItem';
import { dropInput, suspensionOf, type Suspension } from '../job/suspension';
import { runInParallel } from '../support/parallel';
import { resultOf } from '../support/result';
import { withRetry } from '../transport/retry';
import { openApi } from '../transport/videoApi';
import { cancelPending, suspendUnlessDone, type ItemOutcome } from '../wait/suspend';
import { concludeRun } from './concludeRun';
import { createRun } from './createRun';
import type { FailedRun, RunOutcome } from './runOutcome';

/**
 * Runs an operation for every item and returns the outputs in the order of the items. In webhook mode, all videos are
 * created first, and the execution is suspended. n8n then runs the node again, which delivers the videos.
 * @param form the fields of the node, if it creates videos
 */
export async function runItems(
	execution: IExecuteFunctions,
	operation: ItemOperation,
	form: INodeProperties[] = [],
): Promise<RunOutcome> {
	const run = await createRun(execution, form);
	const ended = await resultOf(runAll(run, operation));
	run.close(ended.ok && 'output' in ended.value && !ended.value.output.some(isFailedItem));
	if (!ended.ok) throw ended.error;
	await concludeRun(run, ended.value);
	return ended.value;
}

/** Runs all items until each has its output, or until the run is suspended or fails. */
async function runAll(run: RunContext, operation: ItemOperation): Promise<RunOutcome> {
	const { execution, runIndex } = run;
	const context = execution.getContext('node');
	const resumed = suspensionOf(context, execution.getExecutionId(), runIndex);
	if (resumed) dropInput(resumed);
	let work = resumed ? finishing(operation, resumed) : operation.execute;
	for (;;) {
		const outcomes = await runEach(run, work);
		if ('failure' in outcomes) return outcomes;
		const { items } = outcomes;
		if (items.every(hasOutput)) return { output: items.flatMap(({ output }) => output) };
		const suspended = await resultOf(suspendUnlessDone(run, items));
		if (!suspended.ok) return endedBy(run, suspended.error, 0);
		const { shown, suspension } = suspended.value;
		if (shown) return { output: shown };
		// All videos have ended by now. A fallback model may then make the video of an item, so the loop may run again.
		work = finishing(operation, suspension);
	}
}

/** Returns what each item does after a suspension. An item that was finished or failed before keeps its result. */
function finishing({ execute, finish }: ItemOperation, { items }: Suspension): Operation {
	return async (item) => {
		const place = items[item.itemIndex];
		if (!place || !finish) return await execute(item);
		if ('failure' in place) throw new FailureError(place.failure);
		// Its file may have expired at the server since.
		if ('output' in place) return place.output;
		return await finish(item, place.videos);
	};
}

/**
 * Processes the items in parallel. With Continue On Fail, each failed item becomes data. Without it, the first failure
 * ends the run: no further video is created, no wait continues, and the failure names the videos of the other items.
 */
async function runEach(
	run: RunContext,
	work: Operation,
): Promise<{ items: ItemOutcome[] } | FailedRun> {
	const { execution, settings, stop } = run;
	const continues = execution.continueOnFail();
	let ended: { error: unknown; itemIndex: number } | undefined;

	const runOne = async (_: INodeExecutionData, itemIndex: number): Promise<ItemOutcome> => {
		const open = async (): Promise<ItemContext> => ({
			...run,
			itemIndex,
			api: await withRetry(async () => await openApi(execution), run.runtime),
		});
		const result = await resultOf(open().then(work));
		if (!result.ok) {
			if (!continues) {
				ended ??= { error: result.error, itemIndex };
				stop.stop(runErrors.stopped());
			}
			throw result.error;
		}
		const output = result.value;
		return isPendingOutput(output) ? output : { output: [output].flat() };
	};
	const inputs = execution.getInputData();
	const limit = settings.itemsInParallel;
	const results = await runInParallel(inputs, limit, runOne, () => !stop.isStopped);
	if (ended) {
		// Nobody waits for the videos of the other items any more.
		await cancelPending(
			run,
			results.flatMap((result) => (result?.ok ? [result.value] : [])),
		);
		return endedBy(run, ended.error, ended.itemIndex);
	}

	const withDetails = supportsDetails(execution);
	const leftovers = run.jobs.leftovers();
	const items = results.map((result, itemIndex): ItemOutcome => {
		if (result?.ok) return result.value;
		const error = result ? result.error : runErrors.stopped();
		const failure = failureOfItem(error, leftovers.get(itemIndex));
		return { failure, output: [toFailedItem(failure, itemIndex, withDetails)] };
	});
	return { items };
}

function isPendingOutput(output: OperationOutput): output is { pending: PendingItem } {
	return !Array.isArray(output) && 'pending' in output;
}

function hasOutput(outcome: ItemOutcome): outcome is Extract<ItemOutcome, { output: unknown }> {
	return 'output' in outcome;
}

/** Returns the failure of an item. It names the other videos of the item, and its creates without a clear response. */
function failureOfItem(error: unknown, left: Leftovers | undefined): Failure {
	const failure = failureFrom(error);
	return left ? endOfItem(failure, left) : failure;
}

/** Returns the failure that ends the run. It also names what the other items have left behind. */
function endedBy({ jobs }: RunContext, error: unknown, itemIndex: number): FailedRun {
	const leftovers = jobs.leftovers();
	const failure = failureOfItem(error, leftovers.get(itemIndex));
	leftovers.delete(itemIndex);
	const others = [...leftovers.values()];
	return {
		failure: endOfRun(failure, {
			videoIds: others.flatMap(({ videoIds }) => videoIds),
			unclear: others.flatMap(({ unclear }) => unclear),
		}),
		itemIndex,
	};
}

import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { failureFrom } from '../errors/nodeError';
import { endOfRun, runErrors } from '../errors/runErrors';
import type { Failure } from '../errors/failure';
import { supportsDetails, toFailedItem } from '../output/failedItem';
import { createRateLimiter } from '../support/rateLimiter';
import { videosOfRun } from '../job/ledger';
import { runInParallel } from '../support/parallel';
import type { Result } from '../support/result';
import { StopSwitch } from '../support/stopSwitch';
import { openApi } from '../transport/videoApi';
import type { Operation, ItemContext } from '../context';
import { runtimeOf } from '../support/runtime';
import { readItemsInParallel, readText } from '../parameters/form';
import { showItemNotes } from '../output/hint';
import { hintEstimates, hintTotal } from '../output/hints';
import { outputsOf, SuspendedVideo, suspendUnlessDone, type Outcome } from '../wait/suspend';
import { createCanSuspend } from '../wait/waitMode';
import { operationFor } from '../actions/router';
import { createRunCache } from '../runCache';
import { runIndexOf } from '../create/submit';

type ItemResult = Result<INodeExecutionData[] | SuspendedVideo> | undefined;

type ChooseAction = (execution: IExecuteFunctions, itemIndex: number) => Operation;

/** The item whose failure ended the run. */
export interface FailedRun {
	failure: Failure;
	itemIndex: number;
}

/**
 * Runs the chosen operation for every item and answers in the order of the items. Where the server is to call, all
 * videos are ordered first and the execution is parked; n8n then runs the node once more, to put them out. Where all
 * of them have ended by then, that second pass is made at once.
 * @param choose the operation of an item; the one in the form unless said otherwise
 */
export async function runItems(
	execution: IExecuteFunctions,
	choose: ChooseAction = chosenInForm,
): Promise<INodeExecutionData[] | FailedRun> {
	const run = { execution, stop: stopSwitchOf(execution), cache: createRunCache() };
	const result = await runUntilDone(run, choose);
	showItemNotes(execution);
	if (execution.getInputData().length > 0) hintTotal(execution, 0);
	hintEstimates(execution, run.cache);
	return result;
}

/** What all items of a run share. */
type Run = Pick<ItemContext, 'execution' | 'stop' | 'cache'>;

async function runUntilDone(
	run: Run,
	choose: ChooseAction,
): Promise<INodeExecutionData[] | FailedRun> {
	for (;;) {
		const outcomes = await passOver(run, choose);
		if (!Array.isArray(outcomes)) return outcomes;
		const items = outputsOf(outcomes);
		if (items) return items;

		const parked = await suspendUnlessDone(run, outcomes).catch((error: unknown) =>
			endedBy(run.execution, error, 0),
		);
		if (parked) return parked;
		run.cache.isSecondPass = true;
	}
}

/**
 * One pass over the items, side by side. With Continue On Fail each failed item becomes data. Without it the first
 * failure ends the run: no further video is ordered, no wait goes on, and the failure names the videos of the other
 * items.
 */
async function passOver(run: Run, choose: ChooseAction): Promise<Outcome[] | FailedRun> {
	const { execution, stop } = run;
	const goesOn = execution.continueOnFail();
	const rateLimiter = createRateLimiter(runtimeOf(stop));
	const statusLimiter = createRateLimiter(runtimeOf(stop));
	const canSuspend = createCanSuspend(execution, stop);
	let ended: { error: unknown; itemIndex: number } | undefined;

	const runOne = async (_: INodeExecutionData, itemIndex: number) =>
		await runItem({ ...run, itemIndex, rateLimiter, statusLimiter, canSuspend }, choose).catch(
			(error: unknown) => {
				if (!goesOn) {
					ended ??= { error, itemIndex };
					stop.stop(runErrors.stopped());
				}
				throw error;
			},
		);

	const mayStart = () => !stop.isStopped;
	const results = await runInParallel(
		execution.getInputData(),
		readItemsInParallel(execution),
		runOne,
		mayStart,
	);
	if (ended) return endedBy(execution, ended.error, ended.itemIndex);
	const withDetails = supportsDetails(execution);
	return results.map((result, itemIndex) => toOutcome(result, itemIndex, withDetails));
}

function endedBy(execution: IExecuteFunctions, error: unknown, itemIndex: number): FailedRun {
	const failure = failureFrom(error);
	const ordered = videosOfRun(execution.getContext('node'), runIndexOf(execution, itemIndex));
	const told = `${failure.message} ${failure.advice}`;
	const others = ordered.filter((id) => id !== failure.videoId && !told.includes(id));
	return { failure: endOfRun(failure, others), itemIndex };
}

async function runItem(
	context: Omit<ItemContext, 'api'>,
	choose: ChooseAction,
): Promise<INodeExecutionData[] | SuspendedVideo> {
	const { execution, itemIndex } = context;
	const action = choose(execution, itemIndex);
	const output = await action({ ...context, api: await openApi(execution) });
	return output instanceof SuspendedVideo ? output : [output].flat();
}

function chosenInForm(execution: IExecuteFunctions, itemIndex: number): Operation {
	const resource = readText(execution, 'resource', itemIndex);
	return operationFor(resource, readText(execution, 'operation', itemIndex));
}

/** Thrown when the user stops the execution or its time is up; the run itself may throw it too. */
export function stopSwitchOf(execution: IExecuteFunctions): StopSwitch {
	const stop = new StopSwitch();
	const cancelled = execution.getExecutionCancelSignal();
	const onCancel = () => stop.stop(runErrors.stopped());
	if (cancelled?.aborted) onCancel();
	else cancelled?.addEventListener('abort', onCancel, { once: true });
	return stop;
}

function toOutcome(result: ItemResult, itemIndex: number, withDetails: boolean): Outcome {
	if (result?.ok)
		return result.value instanceof SuspendedVideo
			? { parked: result.value }
			: { output: result.value };
	const failed = failureFrom(result ? result.error : runErrors.stopped());
	return { failed, output: [toFailedItem(failed, itemIndex, withDetails)] };
}

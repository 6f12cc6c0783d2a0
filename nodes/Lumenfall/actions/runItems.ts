import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { endOfRun, fail } from '../errors/catalogue';
import { failureOf, type Failure } from '../errors/failure';
import { failureFrom, takesDetails, toFailedItem } from '../errors/nodeError';
import { createGate } from '../job/gate';
import { runSideBySide, type Settled } from '../support/pool';
import { openApi } from '../transport/api';
import type { ActionContext } from './action';
import { doorsOf } from './doors';
import { readItemsAtOnce, readText } from './form';
import { actionFor } from './router';

type ItemResult = Settled<INodeExecutionData[]> | undefined;

/** The item whose failure ended the run. */
export interface FailedRun {
	failure: Failure;
	itemIndex: number;
}

/**
 * Runs the chosen operation for every item, side by side, and answers in the order of the items. With Continue On
 * Fail each failed item becomes data. Without it the first failure ends the run: no further video is ordered, no
 * wait goes on, and the failure names the videos of the other items.
 */
export async function runItems(
	execution: IExecuteFunctions,
): Promise<INodeExecutionData[] | FailedRun> {
	const goesOn = execution.continueOnFail();
	const stop = stopSignal(execution);
	const gate = createGate(doorsOf(stop.signal));
	let ended: FailedRun | undefined;

	const runOne = async (_: INodeExecutionData, itemIndex: number) =>
		await runItem({ execution, itemIndex, gate, signal: stop.signal }).catch((error: unknown) => {
			if (!goesOn) {
				ended ??= { failure: failureFrom(error), itemIndex };
				stop.abort(fail('stopped'));
			}
			throw error;
		});

	const mayStart = () => !stop.signal.aborted;
	const results = await runSideBySide(
		execution.getInputData(),
		readItemsAtOnce(execution),
		runOne,
		mayStart,
	);
	if (!ended) {
		const withDetails = takesDetails(execution);
		return results.flatMap((result, itemIndex) => toOutputItems(result, itemIndex, withDetails));
	}

	const { failure, itemIndex } = ended;
	return { failure: endOfRun(failure, otherVideos(results, itemIndex)), itemIndex };
}

async function runItem(context: Omit<ActionContext, 'api'>): Promise<INodeExecutionData[]> {
	const { execution, itemIndex } = context;
	const resource = readText(execution, 'resource', itemIndex);
	const operation = readText(execution, 'operation', itemIndex);
	const action = actionFor(resource, operation);
	return [await action({ ...context, api: await openApi(execution) })].flat();
}

/** Fires when the user stops the execution or its time is up; the run itself may fire it too. */
function stopSignal(execution: IExecuteFunctions): AbortController {
	const stop = new AbortController();
	const cancelled = execution.getExecutionCancelSignal();
	const onCancel = () => stop.abort(fail('stopped'));
	if (cancelled?.aborted) onCancel();
	else cancelled?.addEventListener('abort', onCancel, { once: true });
	return stop;
}

function toOutputItems(
	result: ItemResult,
	itemIndex: number,
	withDetails: boolean,
): INodeExecutionData[] {
	if (result?.ok) return result.value;
	const failure = failureFrom(result ? result.reason : fail('stopped'));
	return [toFailedItem(failure, itemIndex, withDetails)];
}

function otherVideos(results: ItemResult[], failedIndex: number): string[] {
	return results.flatMap((result, itemIndex) => {
		if (!result || itemIndex === failedIndex) return [];
		const ids = result.ok
			? result.value.map(({ json }) => json.id)
			: [failureOf(result.reason)?.videoId];
		return ids.filter((id): id is string => typeof id === 'string');
	});
}

import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { endOfRun, fail, failureFrom } from '../errors/catalogue';
import type { Failure } from '../errors/failure';
import { takesDetails, toFailedItem } from '../errors/nodeError';
import { createGate } from '../job/gate';
import { videosOfRun } from '../job/ledger';
import { runSideBySide, type Settled } from '../support/pool';
import { StopSwitch } from '../support/stopSwitch';
import { openApi } from '../transport/api';
import type { ActionContext } from './action';
import { doorsOf } from './doors';
import { readItemsAtOnce, readText } from './form';
import { hintTotal } from './hints';
import { actionFor } from './router';
import { createRunMemory } from './runMemory';
import { runIndexOf } from './submit';

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
	const stop = stopSwitchOf(execution);
	const gate = createGate(doorsOf(stop));
	const memory = createRunMemory();
	let ended: FailedRun | undefined;

	const runOne = async (_: INodeExecutionData, itemIndex: number) =>
		await runItem({ execution, itemIndex, gate, memory, stop }).catch((error: unknown) => {
			if (!goesOn) {
				ended ??= { failure: failureFrom(error), itemIndex };
				stop.stop(fail('stopped'));
			}
			throw error;
		});

	const mayStart = () => !stop.isStopped;
	const results = await runSideBySide(
		execution.getInputData(),
		readItemsAtOnce(execution),
		runOne,
		mayStart,
	);
	if (results.length > 0) hintTotal(execution, 0);
	if (!ended) {
		const withDetails = takesDetails(execution);
		return results.flatMap((result, itemIndex) => toOutputItems(result, itemIndex, withDetails));
	}

	const { failure, itemIndex } = ended;
	const ordered = videosOfRun(execution.getContext('node'), runIndexOf(execution, itemIndex));
	const others = ordered.filter((id) => id !== failure.videoId);
	return { failure: endOfRun(failure, others), itemIndex };
}

async function runItem(context: Omit<ActionContext, 'api'>): Promise<INodeExecutionData[]> {
	const { execution, itemIndex } = context;
	const resource = readText(execution, 'resource', itemIndex);
	const operation = readText(execution, 'operation', itemIndex);
	const action = actionFor(resource, operation);
	return [await action({ ...context, api: await openApi(execution) })].flat();
}

/** Thrown when the user stops the execution or its time is up; the run itself may throw it too. */
function stopSwitchOf(execution: IExecuteFunctions): StopSwitch {
	const stop = new StopSwitch();
	const cancelled = execution.getExecutionCancelSignal();
	const onCancel = () => stop.stop(fail('stopped'));
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

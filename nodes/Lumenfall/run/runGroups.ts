import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { GroupOperation } from '../context';
import { failureFrom } from '../errors/nodeError';
import { supportsDetails, toFailedItem } from '../output/failedItem';
import { resultOf } from '../support/result';
import { stopSwitchOf } from '../transport/hostSignal';
import type { FailedRun } from './runItems';

/**
 * Runs an operation that makes one output item of several input items, one group of items after another. With Continue
 * On Fail, a failed group becomes a failed item. Without it, the first failure ends the run.
 */
export async function runGroups(
	execution: IExecuteFunctions,
	{ groupsOf, execute }: GroupOperation,
): Promise<INodeExecutionData[] | FailedRun> {
	const stop = stopSwitchOf(execution);
	const outputs: INodeExecutionData[] = [];
	const groups = await resultOf(Promise.resolve().then(() => groupsOf(execution)));
	if (!groups.ok) return { failure: failureFrom(groups.error), itemIndex: 0 };
	for (const itemIndexes of groups.value) {
		const output = await resultOf(execute({ execution, itemIndexes, stop }));
		if (output.ok) {
			outputs.push(output.value);
			continue;
		}
		const failure = failureFrom(output.error);
		const [itemIndex] = itemIndexes;
		if (!execution.continueOnFail() || stop.isStopped) return { failure, itemIndex };
		outputs.push(toFailedItem(failure, itemIndex, supportsDetails(execution)));
	}
	return outputs;
}

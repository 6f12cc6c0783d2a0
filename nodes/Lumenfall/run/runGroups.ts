import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { GroupOperation } from '../context';
import { failureFrom } from '../errors/nodeError';
import { supportsDetails, toFailedItem } from '../output/failedItem';
import { resultOf } from '../support/result';
import { stopSwitchOf } from '../transport/httpHost';
import type { RunOutcome } from './runOutcome';

/**
 * Runs an operation that makes one output item of several input items, one group of items after another. With Continue
 * On Fail, a failed group becomes a failed item. Without it, the first failure ends the run.
 */
export async function runGroups(
	execution: IExecuteFunctions,
	{ groupsOf, execute }: GroupOperation,
): Promise<RunOutcome> {
	const stop = stopSwitchOf(execution);
	const groups = await resultOf(Promise.resolve().then(() => groupsOf(execution)));
	if (!groups.ok) return { failure: failureFrom(groups.error), itemIndex: 0 };
	const output: INodeExecutionData[] = [];
	for (const itemIndexes of groups.value) {
		const result = await resultOf(execute({ execution, itemIndexes, stop }));
		if (result.ok) {
			output.push(result.value);
			continue;
		}
		const failure = failureFrom(result.error);
		const [itemIndex] = itemIndexes;
		if (!execution.continueOnFail() || stop.isStopped) return { failure, itemIndex };
		output.push(toFailedItem(failure, itemIndex, supportsDetails(execution)));
	}
	return { output };
}

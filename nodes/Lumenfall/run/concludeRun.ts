import type { INodeExecutionData } from 'n8n-workflow';
import type { RunContext } from '../context';
import { markDelivered } from '../deliver/deliveredVideos';
import { failureFrom } from '../errors/nodeError';
import { hintEstimates, hintTotal } from '../output/hintTexts';
import { showItemNotes } from '../output/showHint';
import { resultOf } from '../support/result';
import { describeExecution } from './describeExecution';

/**
 * Records and describes a run that has ended. Its videos are paid, so an error here is only logged, and the output is
 * returned, or the error that ended the run.
 * @param output undefined if the run has failed
 */
export async function concludeRun(
	run: RunContext,
	output: INodeExecutionData[] | undefined,
): Promise<void> {
	const { execution, jobs, cache } = run;
	const steps = [
		async () => output && (await markDelivered(execution, output)),
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

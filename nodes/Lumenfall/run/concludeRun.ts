import type { RunContext } from '../context';
import { markDelivered } from '../deliver/deliveredVideos';
import { failureFrom } from '../errors/nodeError';
import { hintEstimates, hintTotal } from '../output/hintTexts';
import { showItemNotes } from '../output/showHint';
import { resultOf } from '../support/result';
import { describeExecution } from './describeExecution';
import type { RunOutcome } from './runOutcome';

/**
 * Records and describes a run that has ended. Its videos are paid, so an error here is only logged, and the output is
 * returned, or the error that ended the run.
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

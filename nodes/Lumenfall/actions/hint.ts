import type { IExecuteFunctions } from 'n8n-workflow';

/** What each run has been told; a batch must not say the same thing a hundred times. */
const told = new WeakMap<IExecuteFunctions, Set<string>>();

/** Says something above the output of the node, once in a run for each topic. */
export function hintOnce(execution: IExecuteFunctions, topic: string, message: string): void {
	const topics = told.get(execution) ?? new Set<string>();
	told.set(execution, topics);
	if (topics.has(topic)) return;
	topics.add(topic);
	execution.addExecutionHints({ message, location: 'outputPane' });
}

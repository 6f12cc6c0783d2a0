import type { IExecuteFunctions } from 'n8n-workflow';

/** Shows a sentence above the output; versions of n8n without hints go without. */
export function hint(execution: IExecuteFunctions, message: string): void {
	if (typeof execution.addExecutionHints !== 'function') return;
	execution.addExecutionHints({ message, type: 'info', location: 'outputPane' });
}

/** What each run has been told; a batch must not say the same thing a hundred times. */
const told = new WeakMap<IExecuteFunctions, Set<string>>();

/** The same, once in a run for each topic. */
export function hintOnce(execution: IExecuteFunctions, topic: string, message: string): void {
	const topics = told.get(execution) ?? new Set<string>();
	told.set(execution, topics);
	if (topics.has(topic)) return;
	topics.add(topic);
	hint(execution, message);
}

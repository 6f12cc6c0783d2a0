import type { IExecuteFunctions } from 'n8n-workflow';

/** Shows a sentence above the output, in versions of n8n that support hints. */
export function hint(
	execution: IExecuteFunctions,
	message: string,
	type: 'info' | 'warning' = 'info',
): void {
	if (typeof execution.addExecutionHints !== 'function') return;
	execution.addExecutionHints({ message, type, location: 'outputPane' });
}

/** The topics shown in each run, so that a batch does not repeat a hint a hundred times. */
const shown = new WeakMap<IExecuteFunctions, Set<string>>();

/** Shows a hint once per run and topic. */
export function hintOnce(execution: IExecuteFunctions, topic: string, message: string): void {
	const topics = shown.get(execution) ?? new Set<string>();
	shown.set(execution, topics);
	if (topics.has(topic)) return;
	topics.add(topic);
	hint(execution, message);
}

/** Sentences to show at the end of the run, each with its items. */
const notes = new WeakMap<IExecuteFunctions, Map<string, number[]>>();

/** Saves a sentence about an item. `showItemNotes` shows each sentence once, with all its items. */
export function noteForItem(
	execution: IExecuteFunctions,
	itemIndex: number,
	sentence: string,
): void {
	const kept = notes.get(execution) ?? new Map<string, number[]>();
	notes.set(execution, kept);
	const items = kept.get(sentence);
	if (items) items.push(itemIndex);
	else kept.set(sentence, [itemIndex]);
}

/** Shows the sentences that `noteForItem` saved, each once. */
export function showItemNotes(execution: IExecuteFunctions): void {
	for (const [sentence, items] of notes.get(execution) ?? [])
		hint(execution, `${namesOf(items)}: ${sentence}`);
	notes.delete(execution);
}

const MAX_NAMED = 5;

/** Returns `Item 3`, `Items 0, 2 and 5`, or for many items `Items 0, 1, 2, 3, 4 and 195 more`. */
function namesOf(items: number[]): string {
	const [first, ...others] = [...new Set(items)].sort((a, b) => a - b);
	if (others.length === 0) return `Item ${first}`;
	const named = [first, ...others].slice(0, MAX_NAMED);
	const rest = others.length + 1 - named.length;
	const last = rest > 0 ? `${rest} more` : String(named.pop());
	return `Items ${named.join(', ')} and ${last}`;
}

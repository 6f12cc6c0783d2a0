import type { IExecuteFunctions } from 'n8n-workflow';
import { leavesIn } from '../support/leavesIn';

/** No form is nested deeper. */
const MAX_DEPTH = 20;
/** n8n also accepts other cases of this name, and spaces before the parenthesis. */
const CALL = /\$fromAI\s*\(/gi;

/**
 * Returns the arguments that an AI agent chose for a node that runs as a tool. In a tool call they are the input: n8n
 * does not pass them as an item. They are the values of the `$fromAI(…)` calls in the parameters.
 */
export function agentArguments(execution: IExecuteFunctions): unknown[] {
	const leaves = [...leavesIn(execution.getNode().parameters, { maxDepth: MAX_DEPTH })];
	const calls = leaves.flatMap(({ value }) => (typeof value === 'string' ? callsIn(value) : []));
	return [...new Set(calls)].map((call) => {
		try {
			return execution.evaluateExpression(`{{ ${call} }}`, 0) as unknown;
		} catch {
			return call;
		}
	});
}

/** Returns the `$fromAI(…)` calls in one expression, each up to its closing parenthesis. */
function callsIn(text: string): string[] {
	return [...text.matchAll(CALL)].flatMap(({ index, 0: opening }) => {
		const end = endOfCall(text, index + opening.length);
		return end === undefined ? [] : [text.slice(index, end)];
	});
}

function endOfCall(text: string, from: number): number | undefined {
	let depth = 1;
	let quote: string | undefined;
	for (let at = from; at < text.length; at++) {
		const letter = text[at];
		if (letter === '\\') at++;
		else if (quote) quote = letter === quote ? undefined : quote;
		else if (`'"\``.includes(letter)) quote = letter;
		else if (letter === '(') depth++;
		else if (letter === ')' && --depth === 0) return at + 1;
	}
	return undefined;
}

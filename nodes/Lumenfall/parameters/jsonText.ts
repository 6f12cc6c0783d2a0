import { jsonParse } from 'n8n-workflow';

/** A language model writes JSON as a block of Markdown, often with a sentence before it. */
const FENCE = /```(?:json)?\s*\n([\s\S]*?)(?:```|$)/i;

/**
 * Returns the value of JSON text, also in a Markdown block, as a text within a text, and in the notation of Python and
 * JavaScript. Null if it is none of these.
 */
export function parseJsonText(text: string): unknown {
	const plain = text.trim();
	const parsed = parse(FENCE.exec(plain)?.[1] ?? plain);
	return typeof parsed === 'string' && /^\s*[[{]/.test(parsed) ? parse(parsed) : parsed;
}

function parse(text: string): unknown {
	const parsed = jsonParse<unknown>(text, { fallbackValue: null });
	return parsed ?? jsonParse<unknown>(asJson(text), { fallbackValue: null });
}

/** A text, a key without quotation marks, a word of Python, or a comma before a bracket. */
const TOKEN =
	/"(?:[^"\\]|\\.)*"|'((?:[^'\\]|\\.)*)'|\b([A-Za-z_]\w*)(?=\s*:)|\b(True|False|None)\b|,(?=\s*[\]}])/gs;
const WORDS: Record<string, string> = { True: 'true', False: 'false', None: 'null' };

function asJson(text: string): string {
	return text.replace(TOKEN, (token: string, single?: string, key?: string, word?: string) => {
		if (single !== undefined) return JSON.stringify(single.replace(/\\'/g, "'"));
		if (key !== undefined) return JSON.stringify(key);
		if (word !== undefined) return WORDS[word];
		return token === ',' ? '' : token;
	});
}

const CLOSING: Record<string, string> = { '{': '}', '[': ']' };
/** No real response is nested deeper, and the ID is not later in it. */
const MAX_DEPTH = 32;
const MAX_LENGTH = 1_000_000;
/** The first object in a web page is a style sheet or a script. */
const PAGE = /<(!doctype|html)\b/i;

/**
 * Returns the first JSON object in a text that is not JSON as a whole: a response that broke off, events of a stream, several
 * lines, JSON inside of a text, or a warning before it. Of an object that breaks off, only the fields that arrived whole.
 * Undefined if there is none.
 */
export function jsonInText(response: string): unknown {
	const text = response.slice(0, MAX_LENGTH);
	const start = text.indexOf('{');
	if (start < 0 || PAGE.test(text)) return undefined;
	const open: string[] = [];
	const closed = (end: number) => text.slice(start, end) + [...open].reverse().join('');
	/** Everything up to the last comma, which ends a field or an entry. */
	let whole = '';
	let isInString = false;
	for (let at = start; at < text.length; at++) {
		const letter = text[at];
		if (isInString) {
			if (letter === '\\') at++;
			else if (letter === '"') isInString = false;
		} else if (letter === '"') isInString = true;
		else if (letter === ',') whole = closed(at);
		else if (letter in CLOSING) {
			open.push(CLOSING[letter]);
			if (open.length > MAX_DEPTH) return undefined;
		} else if (letter === open.at(-1)) {
			open.pop();
			if (open.length === 0) return parseJson(text.slice(start, at + 1));
		}
	}
	// A number at the end may be the beginning of a longer one. A text in quotes is whole.
	const endsWhole = !isInString && /["\]}]\s*$/.test(text);
	return (endsWhole ? parseJson(closed(text.length)) : undefined) ?? parseJson(whole);
}

/** Returns the value of JSON that a server wrote, or undefined if the text is not JSON. */
export function parseJson(text: string): unknown {
	try {
		return JSON.parse(withReadableNumbers(text));
	} catch {
		return undefined;
	}
}

/**
 * A quotation mark, an escaped character, or a value that JavaScript cannot read. Each token ends where the next one begins,
 * so no text is read twice. A pattern of a whole string would take for ever with one that does not end.
 */
const JSON_TOKEN = /\\[\s\S]|"|(?<![\d.eE+-])-?\d{16,}[\d.eE+-]*|-?\b(?:NaN|Infinity)\b/g;

/**
 * An id may be a number of 19 digits, which JavaScript would round. So long whole numbers are read as text. Python
 * writes `NaN`, which is not JSON.
 */
function withReadableNumbers(text: string): string {
	if (!/\d{16}|NaN|Infinity/.test(text)) return text;
	let isInString = false;
	return text.replace(JSON_TOKEN, (token) => {
		if (token === '"') isInString = !isInString;
		if (isInString || /^["\\]/.test(token)) return token;
		if (!/\d/.test(token)) return 'null';
		return /^-?\d+$/.test(token) ? `"${token}"` : token;
	});
}

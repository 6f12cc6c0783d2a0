/**
 * How the phrases of servers are kept and matched.
 *
 * A list has one row per phrase, in groups of one meaning and one language. To recognize one more phrase, add a row to its
 * group, name the server that sends it behind the row if it is one server, and add the sentence to a table in
 * the test of its file. A row is a regular expression without flags, or `String.raw` if it contains parts that other rows use too.
 * Between two words it allows a bounded number of characters (`.{0,40}`, not `.*`), so that a long text is read at once.
 */
type Row = RegExp | string;

/** Matches any of these phrases, in upper or lower case. */
export const anyOf = (...rows: Row[]) => new RegExp(part(...rows), 'i');

/** Matches any of these words, in upper or lower case, but not inside a longer word. */
export const anyWordOf = (...rows: Row[]) => new RegExp(`\\b${part(...rows)}\\b`, 'i');

/** Matches a text that is one of these codes, in upper or lower case. */
export const anyCodeOf = (...rows: Row[]) => new RegExp(`^${part(...rows)}$`, 'i');

/** Returns any of these words as a part of a row. */
export const part = (...rows: Row[]) =>
	`(?:${rows.map((row) => (typeof row === 'string' ? row : row.source)).join('|')})`;

/**
 * Returns the texts that describe a refusal: the message, and each word of an API in plain words, such as the code
 * `InputTextSensitiveContentDetected`.
 */
export function textsOf(message = '', ...codes: Array<string | undefined>): string[] {
	const isWord = !/\s/.test(message);
	// A sentence may contain a code, such as `finishReason: IMAGE_SAFETY`, or the name of a parameter.
	const plain = isWord ? spelledOut(message) : message.replace(/(?<=[A-Z])_(?=[A-Z])/g, ' ');
	return [message, plain, ...codes.flatMap((code) => (code ? spelledOut(code) : []))];
}

function spelledOut(word: string): string {
	return word
		.replace(/([a-z\d])([A-Z])/g, '$1 $2')
		.replace(/(?<=[A-Z])[A-Z](?=[A-Z][a-z])/g, '$& ')
		.replace(/[_.-]+/g, ' ')
		.trim();
}

/** Reports whether a pattern matches one of the texts. */
export const matches = (texts: string[], pattern: RegExp) =>
	texts.some((text) => pattern.test(text));

/** How patterns are matched with the texts of a server. */

/** Matches any of these patterns, in upper or lower case. */
export const anyOf = (...patterns: string[]) => new RegExp(patterns.join('|'), 'i');

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
		.replace(/([A-Z]{2,})([A-Z][a-z])/g, '$1 $2')
		.replace(/[_.-]+/g, ' ')
		.trim();
}

/** Reports whether a pattern matches one of the texts. */
export const matches = (texts: string[], pattern: RegExp) =>
	texts.some((text) => pattern.test(text));

/** A piece of markup. Only the template below and `trusted` create one, so text cannot become markup by accident. */
export class Html {
	constructor(readonly markup: string) {}
}

export type HtmlValue = Html | string | number | undefined | false | HtmlValue[];

const ENTITIES: Record<string, string> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	"'": '&#39;',
	'`': '&#96;',
};

/**
 * Builds markup. Escapes every value that is not markup already, for text and for quoted attributes. Absent and false
 * values are left out.
 */
export function html(parts: TemplateStringsArray, ...values: HtmlValue[]): Html {
	// Concatenated instead of joined: a large embedded video is not copied at every level.
	return new Html(
		values.reduce<string>(
			(markup, value, index) => markup + render(value) + parts[index + 1],
			parts[0],
		),
	);
}

/** Marks text as markup: text of this package, or text that is known to contain no special character. */
export function trusted(markup: string): Html {
	return new Html(markup);
}

function render(value: HtmlValue): string {
	if (value instanceof Html) return value.markup;
	if (Array.isArray(value)) return value.reduce<string>((all, one) => all + render(one), '');
	if (value === undefined || value === false) return '';
	return escaped(String(value));
}

/** Removes control characters, and lone surrogates, which would break the encoding of the page. */
function escaped(text: string): string {
	return text
		.replace(/[^\P{Cc}\n\r\t]|\p{Cs}/gu, '\ufffd')
		.replace(/[&<>"'`]/g, (character) => ENTITIES[character]);
}

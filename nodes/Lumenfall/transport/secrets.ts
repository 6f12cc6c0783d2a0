/** Replaces each secret. */
const HIDDEN = '[hidden]';
/** A shorter piece of a secret may be an ordinary word or a common prefix such as `sk-proj-`. */
const MIN_PIECE = 12;
/** Any piece of `MIN_PIECE` characters contains at least one whole block of this size, wherever it starts. */
const BLOCK = 6;
/** Nothing after so many characters of a text is shown. To decode all of a text of megabytes would hold n8n for seconds. */
const MAX_DECODED = 65_536;
/** Shorter secrets are ordinary words. Hiding them would make every text unreadable. */
const MIN_SECRET = 4;

/** Hides secrets in a text. */
export type Redact = (text: string) => string;

/**
 * Creates a function that hides secrets in every form in which servers repeat them: in another case, percent-encoded,
 * as character references, in base64 or hex, and truncated at either end.
 */
export function createRedactor(secrets: string[]): Redact {
	const known = secrets
		.map((secret) => secret.trim())
		.filter((secret) => secret.length >= MIN_SECRET);
	const hiders = [...new Set(known.flatMap(formsOf))].map(hiderOf);
	const hide: Redact = (text) => hiders.reduce((rest, hider) => hider(rest), text);
	if (hiders.length === 0) return hide;
	return (text) => {
		const plain = hide(text);
		const start = plain.slice(0, MAX_DECODED);
		const decoded = decodeEscapes(start);
		// The decoded text is used only if an escaped form contained a secret.
		const hidden = decoded === start ? start : hide(decoded);
		return hidden === decoded ? plain : hidden + plain.slice(MAX_DECODED);
	};
}

/** Returns the secret and its encodings. In base64, a secret looks different at each of three offsets. */
function formsOf(secret: string): string[] {
	const bytes = Buffer.from(secret, 'utf8');
	const base64 = [0, 1, 2].map((offset) => {
		const text = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64');
		// The first and the last character also encode bits of the neighboring bytes.
		const from = Math.ceil((offset * 4) / 3);
		return text.replace(/=+$/, '').slice(from, (bytes.length + offset) % 3 === 0 ? undefined : -1);
	});
	const forms = [
		...base64,
		...base64.map(toBase64Url),
		bytes.toString('hex'),
		encodeURIComponent(secret),
	];
	return [secret, ...forms.filter((form) => form.length >= MIN_PIECE)];
}

function toBase64Url(text: string): string {
	return text.replace(/\+/g, '-').replace(/\//g, '_');
}

function hiderOf(form: string): Redact {
	const lower = form.toLowerCase();
	if (lower.length < MIN_PIECE) return wordHiderOf(form);

	const blocks = new Map<string, number[]>();
	for (let at = 0; at + BLOCK <= lower.length; at += BLOCK) {
		const block = lower.slice(at, at + BLOCK);
		blocks.set(block, [...(blocks.get(block) ?? []), at]);
	}
	const anyBlock = new RegExp([...blocks.keys()].map(escaped).join('|'), 'gi');
	return (text) => hidePieces(text, lower, blocks, anyBlock);
}

/**
 * Hides a short secret as a whole value or as a word of a sentence. An ID or a URL may contain it by chance, such as `1234`
 * or `test`, and would no longer lead to its video.
 */
function wordHiderOf(form: string): Redact {
	const whole = new RegExp(`^\\s*${escaped(form)}\\s*$`, 'i');
	const word = new RegExp(`(?<![a-z\\d])${escaped(form)}(?![a-z\\d])`, 'gi');
	return (text) => (whole.test(text) || /\s/.test(text) ? text.replace(word, HIDDEN) : text);
}

/** Extends each block that is found in both directions, and hides the result if it is long enough. */
function hidePieces(
	text: string,
	form: string,
	blocks: Map<string, number[]>,
	anyBlock: RegExp,
): string {
	let result = '';
	let done = 0;
	anyBlock.lastIndex = 0;
	for (let hit = anyBlock.exec(text); hit; hit = anyBlock.exec(text)) {
		const places = blocks.get(hit[0].toLowerCase()) ?? [];
		const spans = places.map((at) => grow(text, form, hit.index, at, done));
		const [start, end] = spans.reduce((best, span) =>
			span[1] - span[0] > best[1] - best[0] ? span : best,
		);
		if (end - start < MIN_PIECE) {
			anyBlock.lastIndex = hit.index + 1;
			continue;
		}
		result += text.slice(done, start) + HIDDEN;
		done = end;
		anyBlock.lastIndex = end;
	}
	return done === 0 ? text : result + text.slice(done);
}

function grow(
	text: string,
	form: string,
	inText: number,
	inForm: number,
	from: number,
): [start: number, end: number] {
	const same = (offset: number) => text[inText + offset]?.toLowerCase() === form[inForm + offset];
	let before = 0;
	while (inText - before > from && inForm - before > 0 && same(-before - 1)) before++;
	let after = BLOCK;
	while (inForm + after < form.length && same(after)) after++;
	return [inText - before, inText + after];
}

/**
 * Decodes percent-encoding, `\u` and `\x` escapes and numeric character references. Removes invisible characters, and
 * replaces characters of full width by ordinary ones.
 */
function decodeEscapes(text: string): string {
	if (!/[%\\&]|[^\s!-~]/.test(text)) return text;
	return text
		.replace(/\p{Cf}/gu, '')
		.normalize('NFKC')
		.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => character(hex, 16))
		.replace(/\\u([0-9a-f]{4})/gi, (_, hex: string) => character(hex, 16))
		.replace(/\\x([0-9a-f]{2})/gi, (_, hex: string) => character(hex, 16))
		.replace(/\\\//g, '/')
		.replace(/&#x([0-9a-f]{1,4});/gi, (_, hex: string) => character(hex, 16))
		.replace(/&#(\d{1,5});/g, (_, decimal: string) => character(decimal, 10));
}

function character(digits: string, base: number): string {
	return String.fromCharCode(parseInt(digits, base));
}

function escaped(text: string): string {
	return text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
}

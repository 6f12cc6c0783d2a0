import { BARE, fieldIn, lengthOf, MAX_LENGTH, namedSpanIn, type Span } from './sceneSpans';
import { hasText } from './sceneWords';

/** The duration that the text of one scene states: behind its heading, in a line of its own, at its beginning or at its end. */

/** The text of a scene, line by line. */
export interface SceneRow {
	/** Empty if the first line is a heading without a title. */
	lines: string[];
	/** What stands behind the number or the word of its heading. */
	rest?: string;
}

/** A row with the duration that it states. */
export interface Timed {
	text: string;
	span?: Span;
	/** Words for a duration that cannot be read. */
	unread?: string;
	/** The line that states it, if that is a line of its own. */
	field?: string;
	/** Whether this line stands below the text, as a total does. */
	isBelow?: boolean;
	/** What stands at the edge of the text. It is a duration if it is clear, or if all other rows have one, too. */
	edge?: Found;
}

/** A duration in a text, and the text without it. */
interface Found {
	span: Span;
	others: string;
	/** Whether it can be nothing else, also if other texts have no duration. */
	isClear: boolean;
	isAge: boolean;
}

/** Returns what a row states about its duration: in its heading or a line of its own, else at the edges of its text. */
export function timed(row: SceneRow): Timed {
	const { lines, rest } = row;
	const stated = lines.flatMap((line) => {
		const field = fieldIn(line);
		return field ? [{ line, span: field.span }] : [];
	});
	const inHeading = rest === undefined ? undefined : spanInHeading(rest);
	if (!inHeading && stated.length === 0) return timedAtEdge(row);
	const fields = stated.map(({ line }) => line);
	const known = new Set(fields);
	const text = textOf(lines.filter((line) => !known.has(line)));
	const spans = stated.map((field) => field.span);
	const span = spanOfAll(inHeading ? [inHeading, ...spans] : spans);
	if (!span) return { text, unread: [rest, ...fields].filter(Boolean).join(' / ').trim() };
	const isBelow = lines.indexOf(fields[0]) > lines.findIndex(hasText);
	return { text, span, field: fields[0]?.trim(), isBelow };
}

/** Returns the duration that several places state. Undefined if one cannot be read, or if they differ: `(8s)` and `Duration: 4s`. */
function spanOfAll([first, ...others]: Array<Span | undefined>): Span | undefined {
	const isSame = (other?: Span) => first && other && lengthOf(other) === lengthOf(first);
	return others.every(isSame) ? first : undefined;
}

/** Returns the lines of a row up to the last one with a text. */
export function textOf(lines: string[]): string {
	const last = lines.map(hasText).lastIndexOf(true);
	return lines
		.slice(0, last + 1)
		.join('\n')
		.trim();
}

/** Returns the duration behind the number of a heading, or between its signs: `Scene 1 – A boat – 4 seconds – wide`. */
function spanInHeading(rest: string): Span | undefined {
	const behindNumber = foundAt(BEHIND_NUMBER, rest);
	if (behindNumber) return behindNumber.span;
	const [span, ...others] = rest
		.split(/\s[–—|-]\s/)
		.map(namedSpanIn)
		.filter(Boolean);
	return others.length > 0 ? undefined : span;
}

/** `[HOOK - 0:00-0:03]` above a text. */
const TITLE_IN_BRACKETS = /^[\s*_]*[[(【]([^[\]()【】]*)[\])】][\s*_]*$/;

/** Returns the duration at the end of a title above the text, else at the beginning of the text, else at its end. */
function timedAtEdge({ lines: [first, ...body], rest }: SceneRow): Timed {
	const text = textOf([first, ...body]);
	const title = TITLE_IN_BRACKETS.exec(first)?.[1] ?? first;
	const above = body.some(hasText) ? foundAt(AT_END, title) : undefined;
	// The words of a heading stay in the prompt.
	if (above && rest !== undefined) return { text, span: above.span };
	const edge = above ?? foundAt(AT_START, title) ?? foundAt(RANGE_AT_START, title);
	if (!edge) return { text, edge: foundAt(AT_END, text) };
	return { text, edge: { ...edge, others: textOf([edge.others, ...body]) } };
}

/**
 * Where a duration may stand. In an expression, `sure` are the words in brackets, or others that need no sign around them, and
 * `bare` any other words.
 */
interface Place {
	words: RegExp;
	isAtEnd?: boolean;
	/** Whether `80s:` here is a decade if words follow. */
	isBehindNumber?: boolean;
}

/** `(4s)`, `[wide, 4s]`. */
const BRACKETS = String.raw`[([【（](?<sure>[^()[\]（）【】]*)[)\]】）]`;
/** `: 4s`, ` – 4s`. */
const SIGNS = String.raw`[\s\])*_:：.—–=|·,-]*`;
/** `1/3`, `1 of 3`. */
const OF_TOTAL = String.raw`(?:\s*(?:/|of)\s*\d+)?`;
/** `4s: A boat`, `4s – A boat`, `4s - A boat`. */
const BEFORE_TEXT = String.raw`[|:：]|[—–]|-\s`;
/** `Scene 1 (4s)`, `Scene 1 – 4 seconds`, `Scene 1/3, 4s: A boat`. */
const BEHIND_NUMBER: Place = {
	words: new RegExp(
		String.raw`^${OF_TOTAL}${SIGNS}(?:${BRACKETS}|(?<bare>${BARE})(?=[\s*_]*(?:$|[,)\]】]|${BEFORE_TEXT})))`,
		'u',
	),
	isBehindNumber: true,
};
/** `[4s] A boat`, `**4s**: A boat`. */
const AT_START: Place = {
	words: new RegExp(
		String.raw`^[\s*_]*(?:${BRACKETS}|(?<bare>${BARE})(?=[\s*_]*(?:${BEFORE_TEXT})))[\s*_:：|.,—–-]*(?=\S)`,
		'u',
	),
};
const CLOCK = String.raw`(?:\d{1,2}:)?\d{1,2}:\d\d`;
const DASH = String.raw`\s*[-–—]\s*`;
/** A range is clear without a sign behind it: `0:00-0:04 A boat`, `0-4s A boat`. */
const RANGE_AT_START: Place = {
	words: new RegExp(
		String.raw`^[\s*_]*(?<sure>${CLOCK}${DASH}${CLOCK}|\d{1,3}${DASH}\d{1,3}\s?s(?:ec\w*)?)[\s*_:：|—–-]+(?=\S)`,
		'u',
	),
};
/** `A boat, 4s`, `A boat - 4s`, `A boat. Duration: 4 seconds`, `🚤 4s`. */
const BEHIND_TEXT = String.raw`\s*(?:[—–|·,;，；]|\s-|[.!。]\s|\p{Extended_Pictographic}\ufe0f?)[\s*_]*(?<bare>(?:\p{L}[\p{L} ]{0,20}:\s*)?${BARE})`;
/** `A boat (4s).`, `A boat – 4 seconds`. */
const AT_END: Place = {
	words: new RegExp(String.raw`(?:${BRACKETS}|${BEHIND_TEXT})[\s*_:：=.。—–-]*$`, 'u'),
	isAtEnd: true,
};

/** The words at a place, and the text without them. */
function wordsAt({ words, isAtEnd }: Place, text: string) {
	const match = words.exec(isAtEnd ? text.slice(-MAX_LENGTH) : text.slice(0, MAX_LENGTH));
	if (!match?.groups) return undefined;
	const { sure, bare } = match.groups;
	const { length } = match[0];
	const others = isAtEnd ? text.slice(0, text.length - length) : text.slice(length);
	return { given: sure ?? bare, isSure: sure !== undefined, others };
}

/** `Pan (5s), then tilt (3s)` has the durations of its parts. */
const HAS_TIME = /[([]\d+\s?s(?:ec\w*)?[)\]]/i;
/** `(30s)` may be an age or a decade. */
const MAY_BE_AGE = /^[2-9]0['’]?s$/;

/** Returns the duration at a place of a text. Undefined if there is none, or if it may be something else. */
function foundAt(place: Place, text: string): Found | undefined {
	const at = wordsAt(place, text);
	const words = at && wordsOfSpan(at.given);
	const span = namedSpanIn(words);
	if (!at || words === undefined || !span) return undefined;
	// `(wide, 4s)` stays in the prompt.
	const isWhole = words === at.given;
	const others = isWhole ? at.others : text;
	const isAge = MAY_BE_AGE.test(words.trim());
	// `Scene 1: 80s: an arcade`.
	const isDecade = isAge && !at.isSure && place.isBehindNumber && /\p{L}/u.test(others);
	if ((isAge && !isWhole) || isDecade || HAS_TIME.test(others)) return undefined;
	const isClear = at.isSure && isWhole && !isAge;
	return { span, others: withoutUnpairedStars(others).trim(), isClear, isAge };
}

/** Returns the words for a duration: all of them, or the only part that is one, as in `wide, 4s`. */
function wordsOfSpan(given: string): string | undefined {
	if (namedSpanIn(given)) return given;
	const [words, ...others] = given.split(/[,;，、]/).filter((one) => namedSpanIn(one));
	return others.length > 0 ? undefined : words;
}

/** `**4s: A boat**` without its duration has stars at its end only. */
function withoutUnpairedStars(text: string): string {
	const isUnpaired = (text.match(/\*\*/g) ?? []).length % 2 > 0;
	return isUnpaired ? text.replace('**', '') : text;
}

const NOTHING_ELSE = new RegExp(`^${OF_TOTAL}${SIGNS}$`);

/** Whether a heading has no title: nothing, or nothing but a duration, stands behind its number. */
export function isAlone(rest: string): boolean {
	const at = wordsAt(BEHIND_NUMBER, rest);
	return NOTHING_ELSE.test(at && namedSpanIn(at.given) ? at.others : rest);
}

import { isNameOf } from './sceneNames';
import { lengthOf, MAX_LENGTH, NAMED, namedSpanIn, secondsOf, type Span } from './sceneSpans';

/** The durations that the text of a scene states: in its heading, at its beginning or end, or in a line of their own. */

/** The text of a scene, line by line. */
interface SceneRow {
	/** Empty if the first line is a heading without a title. */
	lines: string[];
	/** What stands behind the number or the word of its heading. */
	rest?: string;
}

/** A scene in a text. */
export interface TextScene {
	prompt: string;
	seconds?: number;
	/** Words for a duration that cannot be read. They are refused. */
	unreadDuration?: string;
}

/** Nothing, or a line that closes a scene. */
export const CLOSES = /^[\s*_=—-]*$/;

const TIME = String.raw`\d{1,3}(?:[.,:]\d{1,2}){0,2}`;
const WITH_UNIT = String.raw`${TIME}[\s-]?\p{L}{1,12}\.?`;
const TO = String.raw`\s*(?:-{1,2}>|→|[-–—~〜～]|to|bis|à|a)\s*`;
const RANGE = String.raw`${TIME}(?:[\s-]?\p{L}{1,12})?${TO}(?:${WITH_UNIT}|${TIME})`;
const BARE = String.raw`(?:~|[Ss]ec(?:ond)?s?\.?\s+)?(?:${RANGE}|${WITH_UNIT})`;
const BRACKETS = String.raw`[([【（]([^()[\]（）【】]*)[)\]】）]`;
const SIGNS = String.raw`[\s\])*_:：.—–=|·,-]*`;
const BEHIND_NUMBER = new RegExp(
	String.raw`^(?:\s*(?:/|of)\s*\d+)?${SIGNS}(?:${BRACKETS}|(${BARE})(?=[\s*_]*(?:$|[|:：,)\]】]|[—–]|-\s)))`,
	'u',
);
const SIGNS_ONLY = new RegExp(String.raw`^(?:\s*(?:/|of)\s*\d+)?${SIGNS}$`);
const AT_START = new RegExp(
	String.raw`^[\s*_]*(?:${BRACKETS}|(${BARE})(?=[\s*_]*(?:[|:：]|[—–]|-\s)))[\s*_:：|.,—–-]*(?=\S)`,
	'u',
);
/** A range is clear without a sign behind it: `0:00-0:04 A boat`, `0-4s A boat`. */
const RANGE_AT_START =
	/^[\s*_]*((?:\d{1,2}:)?\d{1,2}:\d\d\s*[-–—]\s*(?:\d{1,2}:)?\d{1,2}:\d\d|\d{1,3}\s*[-–—]\s*\d{1,3}\s?s(?:ec\w*)?)[\s*_:：|—–-]+(?=\S)/u;
const AT_END = new RegExp(
	String.raw`(?:${BRACKETS}|\s*(?:[—–|·,;，；]|\s-|[.!。]\s|\p{Extended_Pictographic}\ufe0f?)[\s*_]*((?:\p{L}[\p{L} ]{0,20}:\s*)?${BARE}))[\s*_:：=.。—–-]*$`,
	'u',
);

/** A duration in a text, and the text without it. */
interface Found {
	span: Span;
	others: string;
	/** Whether it can be nothing else, also if other texts have no duration. */
	isClear: boolean;
	isAge: boolean;
}

/** `Pan (5s), then tilt (3s)` has the durations of its parts. */
const HAS_TIME = /[([]\d+\s?s(?:ec\w*)?[)\]]/i;
/** `(30s)` may be an age or a decade. */
const MAY_BE_AGE = /^[2-9]0['’]?s$/;

function foundAt(place: RegExp, text: string): Found | undefined {
	const isEnd = place === AT_END;
	const near = isEnd ? text.slice(-MAX_LENGTH) : text.slice(0, MAX_LENGTH);
	const [all = '', inside, bare = ''] = place.exec(near) ?? [];
	const given = inside ?? bare;
	const stated = namedSpanIn(given) ? [given] : given.split(/[,;，、]/).filter(namedSpanIn);
	const [words = ''] = stated;
	const span = namedSpanIn(words);
	// `(wide, 4s)` stays in the prompt.
	const isWhole = words === given;
	const isAge = MAY_BE_AGE.test(words.trim());
	if (!span || stated.length > 1 || (isAge && !isWhole)) return undefined;
	const cut = isEnd ? text.slice(0, text.length - all.length) : text.slice(all.length);
	const others = isWhole ? cut : text;
	// `Scene 1: 80s: an arcade`.
	const isDecade =
		isAge && inside === undefined && place === BEHIND_NUMBER && /\p{L}/u.test(others);
	if (HAS_TIME.test(others) || isDecade) return undefined;
	const isUnpaired = (others.match(/\*\*/g) ?? []).length % 2 > 0;
	return {
		span,
		others: (isUnpaired ? others.replace('**', '') : others).trim(),
		isClear: inside !== undefined && isWhole && !isAge,
		isAge,
	};
}

/** Whether a heading has no title. */
export function isAlone(rest: string): boolean {
	const [all = '', inside, bare] = BEHIND_NUMBER.exec(rest.slice(0, MAX_LENGTH)) ?? [];
	return SIGNS_ONLY.test(namedSpanIn(inside ?? bare) ? rest.slice(all.length) : rest);
}

/** Whether a line is nothing but a duration: `- **Duration:** 4 seconds`, `(0-4s)`. Its span is absent if it cannot be read. */
function fieldIn(line: string): { span?: Span } | undefined {
	if (line.length > MAX_LENGTH) return undefined;
	const plain = line
		.replace(/^[\s*_>•#–\p{Extended_Pictographic}\ufe0f-]+|[\s*_.。]+$/gu, '')
		.replace(/^[([]([^()[\]]*)[)\]]$/, '$1')
		.replace(/[*_]+/g, '');
	const [, name = '', value = ''] = NAMED.exec(plain) ?? [];
	const span = namedSpanIn(plain);
	const isStated = isNameOf(name, 'seconds') && (/\d/.test(value) || IS_CLEAR.test(name));
	return span || isStated ? { span } : undefined;
}

const IS_CLEAR = /^(?:seconds|duration)$/i;

/** A row with the duration that it states. */
interface Timed {
	text: string;
	span?: Span;
	/** Words for a duration that cannot be read. */
	unread?: string;
	/** The line that states it, if that is a line of its own. */
	field?: string;
	/** Whether this line stands below the text, as a total does. */
	isBelow?: boolean;
	/** What is a duration if the other rows have one, too. */
	edge?: Found;
}

function timed(row: SceneRow): Timed {
	const { lines, rest } = row;
	const fields = lines.flatMap((line) => {
		const field = fieldIn(line);
		return field ? [{ line, span: field.span }] : [];
	});
	const stating = fields.map(({ line }) => line);
	const behind =
		rest === undefined ? undefined : (foundAt(BEHIND_NUMBER, rest)?.span ?? within(rest));
	const spans = [...(behind ? [behind] : []), ...fields.map((field) => field.span)];
	const [span] = spans;
	if (spans.length === 0) return edgeOf(row);
	const isOne = spans.every((one) => one && span && lengthOf(one) === lengthOf(span));
	const others = textOf(lines.filter((line) => !stating.includes(line)));
	const words = [rest, ...stating].filter(Boolean).join(' / ').trim();
	if (!isOne) return { text: others, unread: words };
	const isBelow = lines.indexOf(stating[0]) > lines.findIndex(hasText);
	return { text: others, span, field: stating[0]?.trim(), isBelow };
}

/** Returns the duration in `Scene 1 – A boat – 4 seconds – wide`. */
function within(rest: string): Span | undefined {
	const [one, ...others] = rest
		.split(/\s[–—|-]\s/)
		.map(namedSpanIn)
		.filter(Boolean);
	return others.length > 0 ? undefined : one;
}

export const hasText = (line: string) => !CLOSES.test(line);

function textOf(lines: string[]): string {
	const last = lines.filter(hasText).pop();
	return lines
		.slice(0, last === undefined ? 0 : lines.lastIndexOf(last) + 1)
		.join('\n')
		.trim();
}

function edgeOf({ lines, rest }: SceneRow): Timed {
	const text = textOf(lines);
	const [first, ...body] = lines;
	const title = IN_BRACKETS.exec(first)?.[1] ?? first;
	const above = body.some(hasText) ? foundAt(AT_END, title) : undefined;
	if (above && rest !== undefined) return { text, span: above.span };
	const edge = above ?? foundAt(AT_START, title) ?? foundAt(RANGE_AT_START, title);
	if (!edge) return { text, edge: foundAt(AT_END, text) };
	return { text, edge: { ...edge, others: textOf([edge.others, ...body]) } };
}

const IN_BRACKETS = /^[\s*_]*[[(【]([^[\]()【】]*)[\])】][\s*_]*$/;
/** `[0s] A boat` above `[4s] The sea`: the length of the last scene is unknown. */
const STAMP = /^[\s*_[(:：|–—-]*0{1,2}(?:(?::00)+|\s?s(?:ec\w*)?)\b/;
const MINUTE = 60;
const WITHOUT_UNIT = /[|,;]\s*\d{1,2}\s*$/;

/**
 * Returns the scenes with the durations that they state, and without the words for them.
 * @param before the lines above the first scene
 * @param areCounted whether the rows are below headings or in a list, not paragraphs or lines
 */
export function timedScenes(
	rows: SceneRow[],
	before: string[],
	areCounted: boolean,
): Array<string | TextScene> {
	if (rows.length === 0) return [];
	const all = rows.map(timed);
	const isSure =
		all.every(({ span, unread, edge }) => span ?? unread ?? edge) &&
		!all.every(({ edge }) => edge?.isAge) &&
		// `7:00-8:00` is a time of the day.
		(all[0].edge?.span.start ?? 0) < MINUTE;
	const last = all[all.length - 1];
	// Below the last scene it may be the total. A paragraph without one may be a part of the scene.
	const isShared = all.every(({ field }) => field !== undefined);
	const doubtful = areCounted ? all.filter((row) => row === last && row.isBelow) : all;
	if (!isShared) for (const row of doubtful) row.unread = row.unread ?? row.field;
	let end = 0;
	const times = all.map(({ span, edge }) => {
		const start = edge?.span.start;
		const isClear = start === undefined ? edge?.isClear : start === end;
		const time = edge && (isSure || isClear) ? edge.span : span;
		end = time?.start === undefined ? end + (time?.end ?? 0) : time.end;
		return time;
	});
	const each = eachIn(before);
	const durations = secondsOf(times.map((time) => time ?? each));
	const unreadAll = unreadOfAll(rows, before, [...times, each]);
	return all.map(({ text, unread = unreadAll, edge }, index) => {
		const prompt = edge && times[index] ? edge.others : text;
		const seconds = durations[index];
		if (unread !== undefined) return { prompt, unreadDuration: unread };
		if (typeof seconds === 'string') return { prompt, unreadDuration: seconds };
		return seconds === undefined ? prompt : { prompt, seconds };
	});
}

const EACH = new RegExp(
	String.raw`(${BARE})\s+(?:each|per (?:scene|shot|clip)|pro szene|por escena|por cena|par scène)|(?:each|per) (?:scene|shot|clip)\b[^\d\n]{0,20}(${BARE})`,
	'iu',
);

/** Returns the duration in `Here are 3 scenes, 5 seconds each:` or `Each scene: 5 seconds`. */
function eachIn(lines: string[]): Span | undefined {
	const found = lines.map((line) => EACH.exec(line.slice(0, 3 * MAX_LENGTH))).find(Boolean);
	const span = namedSpanIn(found?.[1] ?? found?.[2]);
	return span?.start === undefined ? span : undefined;
}

/** Returns words for the durations of all scenes that cannot be read. */
function unreadOfAll(
	rows: SceneRow[],
	before: string[],
	times: Array<Span | undefined>,
): string | undefined {
	const [first, ...others] = rows.map(({ lines }) => textOf(lines));
	const stamp = [first, rows[0].rest ?? ''].find((text) => STAMP.test(text));
	if (others.length > 0 && !times[0] && stamp !== undefined) return stamp.trim();
	if (times.some(Boolean)) return undefined;
	const isCounted = others.length > 0 && [first, ...others].every((row) => WITHOUT_UNIT.test(row));
	const about = before.find((line) => /[:：]/.test(line) && fieldIn(line));
	return about ?? (isCounted ? first : undefined);
}

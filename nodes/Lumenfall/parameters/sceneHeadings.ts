import { numberOf } from './numbers';

/**
 * Headings of scenes in a text: lines that are equal except for a number that counts, such as `## Scene 1`, `Szene 2: Das
 * Meer`, `第3幕`, `Toma 1`. So the word may be of any language. Lines that are nothing but a word and digits need not count. Text
 * before the first heading is left out, so if that may be a scene, the lines are no headings.
 */

/** A scene below a heading, which may name its duration: `Scene 1 (4s)`. */
interface HeadedScene {
	prompt: string;
	seconds?: number;
}

const CHINESE = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十'];
/** Ways to count. The position of a word is its number, less one. */
const COUNTS = [
	Array.from({ length: 99 }, (_, index) => String(index + 1)),
	['i', 'ii', 'iii', 'iv', 'v', 'vi', 'vii', 'viii', 'ix', 'x', 'xi', 'xii'],
	['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'],
	CHINESE,
	['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'],
	['eins', 'zwei', 'drei', 'vier', 'fünf', 'sechs', 'sieben', 'acht', 'neun', 'zehn'],
	['uno', 'dos', 'tres', 'cuatro', 'cinco', 'seis', 'siete', 'ocho', 'nueve', 'diez'],
	['un', 'deux', 'trois', 'quatre', 'cinq', 'six', 'sept', 'huit', 'neuf', 'dix'],
];
const WORDS = [...new Set(COUNTS.slice(1).flat())].sort((a, b) => b.length - a.length).join('|');
const DIGITS = String.raw`\d{1,2}[a-h]?`;

const MARKUP = String.raw`[\s#*_>\[(=—–-]*`;
/** What may follow the number of a heading: nothing, a total, or a sign before its title. */
const REST = String.raw`(?<rest>(?:\s*(?:/|of)\s*\d{1,2})?(?:$|\s*[\])*_:：.—–=([-].*$))`;
const LABEL = String.raw`(?<label>\p{L}[\p{L} ]{0,20}?)`;
/** Letters are a number only behind a separator: a line that is `The sea` or `Camera:` does not count. */
const FORMS = [
	String.raw`${LABEL}(?:[\s#.:_-]*(?<number>${DIGITS}|[${CHINESE.join('')}])|[\s#.:_-]+(?<word>${WORDS}))`,
	String.raw`(?:第(?<word>${WORDS})|第?(?<number>${DIGITS}))[.ªº°]?\s*(?:个|個)?(?<label>\p{L}{1,12})`,
].map((form) => new RegExp(`^${MARKUP}${form}${REST}`, 'iu'));

interface Heading {
	line: number;
	label: string;
	number: string;
	/** What stands behind the number. */
	rest: string;
}

function headingIn(text: string, line: number): Heading[] {
	const groups = FORMS.map((form) => form.exec(text)?.groups).find((found) => found !== undefined);
	if (!groups) return [];
	const { label, number, word, rest } = groups;
	return [{ line, label: label.toLowerCase(), number: (number ?? word).toLowerCase(), rest }];
}

/** Returns the scenes below or beside headings. Undefined if there are none. What stands before them is left out. */
export function headedIn(text: string): Array<string | HeadedScene> | undefined {
	const lines = text.split('\n');
	const groups = new Map<string, Heading[]>();
	for (const heading of lines.flatMap(headingIn)) {
		const group = groups.get(heading.label);
		if (group) group.push(heading);
		else groups.set(heading.label, [heading]);
	}
	const headings = [...groups.values()].find((group) => areHeadings(group, lines));
	if (!headings || areStepsOfAScene(headings, lines)) return undefined;
	const rows = headings.map(({ line }, index) => lines.slice(line, headings[index + 1]?.line));
	const hasTexts = headings.some(
		(heading, index) => !isAlone(heading) || rows[index].slice(1).some((row) => row.trim() !== ''),
	);
	const seconds = durationsOf(headings);
	return hasTexts
		? headings.map((heading, index) => sceneOf(heading, rows[index], seconds[index]))
		: undefined;
}

/** Lines such as `Length: 4` below each scene are no headings. */
function areHeadings(group: Heading[], lines: string[]): boolean {
	const [{ line, number }] = group;
	const before = lines.slice(0, line).filter((text) => text.trim() !== '');
	const losesText = before.length > 0 && !/[:：]\s*$/.test(before[before.length - 1]);
	const isSure = !losesText || isMarked(lines[line]);
	if (group.length === 1) return false;
	if (isCounted(group)) return isSure || COUNTS.some(([one]) => one === number);
	return isSure && group.every((heading) => /^\d/.test(heading.number) && isAlone(heading));
}

const isMarked = (line: string) => /^\s*[#*]/.test(line);

/** `Step 1: it sails` or `Camera: A` within a paragraph is a part of its scene. */
function areStepsOfAScene(headings: Heading[], lines: string[]): boolean {
	const isEmptyAt = (line: number) => (lines[line] ?? '').trim() === '';
	const first = lines.findIndex((_, line) => !isEmptyAt(line));
	const hasParagraphs = lines.some(
		(_, line) => line > first && isEmptyAt(line) && !isEmptyAt(line + 1),
	);
	const [isBelowEmptyLine, ...others] = headings.map(({ line }) => isEmptyAt(line - 1));
	const areMarked = headings.every(({ line }) => isMarked(lines[line]));
	return hasParagraphs && !areMarked && !isBelowEmptyLine && !others.every(Boolean);
}

function isCounted(headings: Heading[]): boolean {
	return COUNTS.some((count) => {
		const numbers = headings.map(({ number }) => count.indexOf(number));
		return numbers[0] >= 0 && numbers.every((number, index) => number === numbers[0] + index);
	});
}

const SIGNS_ONLY = /^(?:\s*(?:\/|of)\s*\d+)?[\s\])*_:：.—–=-]*$/;
const BRACKETS = /[([]([^()[\]]*)[)\]]/;
/** Nothing, or a line that closes a scene. */
const CLOSES = /^[\s*_=—-]*$/;

/** Whether a heading has no title. */
function isAlone({ rest }: Heading): boolean {
	const isDuration = spanIn(rest) !== undefined;
	return SIGNS_ONLY.test(isDuration ? rest.replace(BRACKETS, '') : rest);
}

/** A heading without a title is left out. One with a title may be the scene itself, so it stays. */
function sceneOf(
	heading: Heading,
	[line, ...body]: string[],
	seconds?: number,
): string | HeadedScene {
	const title = line.replace(/^\s*(?:#+|>|[-*•](?=\s))?\s*/, '').trim();
	while (body.length > 0 && CLOSES.test(body[body.length - 1])) body.pop();
	const prompt = (isAlone(heading) ? body : [title, ...body]).join('\n').trim();
	return seconds === undefined ? prompt : { prompt, seconds };
}

/** Returns the duration of each scene. `(4-6s)` is only the time of a scene if the one before ends at 4. */
function durationsOf(headings: Heading[]): Array<number | undefined> {
	let end = 0;
	return headings.map(({ rest }) => {
		const span = spanIn(rest);
		if (!span || (span.start !== undefined && span.start !== end)) return undefined;
		const start = end;
		end = span.start === undefined ? start + span.end : span.end;
		return end - start;
	});
}

/** Returns what brackets say: a duration, `(4s)`, or the time in the whole video, `(0-4s)` and `[0:04-0:08]`. */
function spanIn(rest: string): { start?: number; end: number } | undefined {
	const inside = BRACKETS.exec(rest)?.[1] ?? '';
	const unit = /\p{L}+\.?$/u.exec(inside)?.[0] ?? '';
	const [one, other, ...more] = inside
		.split(/\s*[-–—]\s*/)
		.map((part) => numberOf(/[\p{L}:]/u.test(part) ? part : part + unit, 'seconds'));
	const isTime = one !== undefined && more.length === 0 && /[\p{L}:]/u.test(inside);
	if (!isTime) return undefined;
	if (!/[-–—]/.test(inside)) return { end: one };
	return other !== undefined && other > one ? { start: one, end: other } : undefined;
}

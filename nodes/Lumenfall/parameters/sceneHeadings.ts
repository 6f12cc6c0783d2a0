import { CLOSES, durationsOf, isAlone, plainTitle, type Heading } from './headingTimes';
import { hasParagraphs } from './lists';

/**
 * Headings of scenes in a text: lines that are equal except for a number that counts, such as `## Scene 1`, `Szene 2: Das
 * Meer`, `第3幕`, `Toma 1`. So the word may be of any language. Lines that are nothing but a word and digits need not count. Rows
 * beside headings with a text of their own are scenes too.
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

function headingIn(text: string, line: number): Heading[] {
	const groups = FORMS.map((form) => form.exec(text)?.groups).find((found) => found !== undefined);
	if (!groups) return [];
	const { label, number, word, rest } = groups;
	return [{ line, label: label.toLowerCase(), number: (number ?? word).toLowerCase(), rest }];
}

/** Returns the scenes below or beside headings. Undefined if there are none. */
export function headedIn(text: string): Array<string | HeadedScene> | undefined {
	const given = text.split('\n');
	const groups = groupsIn(given);
	const parts = groups.filter((group) => mayBeParts(group, given));
	const candidates = groups
		.map((group) => withoutParts(group, parts, given))
		.filter((found) => areHeadings(found) && !areStepsOfAScene(found));
	const [largest] = [...candidates].sort((one, other) => other.group.length - one.group.length);
	const found = candidates.find(({ group: [{ label }] }) => MEANS_SCENE.test(label)) ?? largest;
	return found && scenesOf(found.group, found.lines);
}

function groupsIn(lines: string[]): Heading[][] {
	const groups = new Map<string, Heading[]>();
	for (const heading of lines.flatMap(headingIn)) {
		const group = groups.get(heading.label);
		if (group) group.push(heading);
		else groups.set(heading.label, [heading]);
	}
	return [...groups.values()];
}

const MEANS_SCENE =
	/(?:^|\s)(?:scenes?|shot|clip|szene|sc[eè]ne|escena|cena|scena|scène|kohtaus|сцена|кадр|المشهد|مشهد)$|场景|場景|镜头|鏡頭|分镜|シーン|장면/u;

/** Headings that may be those of the scenes, and the lines of the text without the headings around them. */
interface Found {
	group: Heading[];
	lines: string[];
	hasParts: boolean;
}

/** `Act 1` above several scenes is no part of a scene. */
function mayBeParts(group: Heading[], lines: string[]): boolean {
	return (
		isOne(group[0].number) &&
		isCounted(group) &&
		group.every((heading) => isAlone(heading) || markupOf(lines[heading.line]) !== '')
	);
}

function withoutParts(group: Heading[], parts: Heading[][], given: string[]): Found {
	const outer = parts
		.filter((part) => part[0].line < group[0].line && part.length <= group.length)
		.flat();
	const cut = new Set(outer.map(({ line }) => line));
	const lines = given.map((text, line) => (cut.has(line) ? '' : text));
	return { group, lines, hasParts: outer.length > 1 };
}

/** Lines such as `Length: 4` below each scene are no headings. */
function areHeadings({ group, lines, hasParts }: Found): boolean {
	const [{ line, number, label }] = group;
	const before = lines.slice(0, line).filter((text) => text.trim() !== '');
	const losesText = before.length > 0 && !INTRODUCES.test(before[before.length - 1]);
	const isSure = !losesText || isMarked(lines[line]);
	if (group.length === 1) return false;
	if (isCounted(group, hasParts && MEANS_SCENE.test(label)))
		return isSure || ((MEANS_SCENE.test(label) || !isAlone(group[0])) && isOne(number));
	return isSure && group.every((heading) => /^\d/.test(heading.number) && isAlone(heading));
}

const isOne = (number: string) => COUNTS.some(([one]) => one === number);
const INTRODUCES = /[:：][\s*_]*$/;
const isMarked = (line: string) => /^\s*[#*]/.test(line);

/** `Step 1: it sails` or `Camera: A` within a paragraph is a part of its scene. */
function areStepsOfAScene({ group: headings, lines }: Found): boolean {
	const isEmptyAt = emptyAt(lines);
	const [isBelowEmptyLine, ...others] = headings.map(({ line }) => isEmptyAt(line - 1));
	const areMarked = headings.every(({ line }) => isMarked(lines[line]));
	const isInParagraphs = hasParagraphs(lines.join('\n'));
	return isInParagraphs && !areMarked && !isBelowEmptyLine && !others.every(Boolean);
}

const emptyAt = (lines: string[]) => (line: number) => (lines[line] ?? '').trim() === '';

/** @param mayRestart whether each part may count from one again */
function isCounted(headings: Heading[], mayRestart = false): boolean {
	return COUNTS.some((count) => {
		const numbers = headings.map(({ number }) => count.indexOf(number));
		return numbers.every((number, index) =>
			index === 0 ? number >= 0 : number === numbers[index - 1] + 1 || (mayRestart && number === 0),
		);
	});
}

/** Returns the sign of a line that is nothing but a heading of Markdown: `##` or `**`. */
function markupOf(line: string): string {
	return /^\s*(#+)\s/.exec(line)?.[1] ?? /^\s*(\*\*|__)(?!\1).*\1\s*$/.exec(line)?.[1] ?? '';
}

function scenesOf(headings: Heading[], lines: string[]): Array<string | HeadedScene> | undefined {
	const bodyOf = ({ line }: Heading, next?: Heading) =>
		lines.slice(line + 1, next?.line).filter((text) => !CLOSES.test(text));
	const hasText = (heading: Heading, index: number) =>
		!isAlone(heading) || bodyOf(heading, headings[index + 1]).length > 0;
	// The lines of `The year 1` and `The year 2` may be scenes. A scene by name has its text missing.
	const haveTexts = MEANS_SCENE.test(headings[0].label)
		? headings.some(hasText)
		: headings.every(hasText);
	if (!haveTexts) return undefined;
	const starts = [...headings, ...othersAmong(headings, lines)]
		.sort((one, other) => one.line - other.line)
		.filter((one, index, all) => !one.needsText || bodyOf(one, all[index + 1]).length > 0);
	const rows = starts.map(({ line }, index) => lines.slice(line, starts[index + 1]?.line));
	const seconds = durationsOf(starts, rows);
	return starts.map((start, index) => sceneOf(start, rows[index], seconds[index]));
}

/** A line about all scenes, or about their sound, that is no scene. */
const ABOUT_ALL =
	/^[\s#*_]*(?:title|style|tone|mood|genre|theme|format|storyboard|notes?|music|sound|audio|titel|stil|título|estilo|titre|titolo|stile)\b[\s*_]*(?:[:：]|$)/iu;

/** The lines beside the headings, and the rows of the text: its paragraphs if the headings stand in these, else its lines. */
interface Beside {
	lines: string[];
	/** The lines that are no heading. */
	free: number[];
	isInParagraphs: boolean;
	/** Whether a row begins at this line. */
	isStart(line: number): boolean;
	/** Returns the lines of the row from this one on. */
	rowAt(line: number): string[];
}

function besideOf(headings: Heading[], lines: string[]): Beside {
	const isEmptyAt = emptyAt(lines);
	const numbered = new Set(headings.map(({ line }) => line));
	const isInParagraphs = hasParagraphs(lines.join('\n'));
	const byParagraph = isInParagraphs && headings.slice(1).every(({ line }) => isEmptyAt(line - 1));
	const rowAt = (line: number) => {
		let end = line + 1;
		while (end < lines.length && byParagraph && !isEmptyAt(end) && !numbered.has(end)) end++;
		return lines.slice(line, end);
	};
	const free = lines.map((_, line) => line).filter((line) => !numbered.has(line));
	const isStart = (line: number) =>
		!CLOSES.test(lines[line]) && (!byParagraph || isEmptyAt(line - 1));
	return { lines, free, isInParagraphs, isStart, rowAt };
}

/** Returns the beginnings of scenes that do not count, such as `Hook: …` or `Final scene: …`. */
function othersAmong(headings: Heading[], lines: string[]): Heading[] {
	const beside = besideOf(headings, lines);
	const [first] = headings;
	const isOneRow = ({ line }: Heading, index: number) => {
		const length = markupOf(lines[line]) !== '' ? 1 : beside.rowAt(line).length;
		const rest = lines.slice(line + length, headings[index + 1]?.line);
		return rest.every((text) => CLOSES.test(text));
	};
	const haveTitles = headings.every((heading) => !isAlone(heading));
	const areRows = haveTitles && headings.slice(0, -1).every(isOneRow);
	if (markupOf(lines[first.line]) !== '' && !areRows) return markedLike(headings, beside);
	if (!haveTitles || (isMarked(lines[first.line]) && !areRows)) return [];
	const { free, isStart } = beside;
	const others = areRows ? free.filter((line) => line > first.line && isStart(line)) : [];
	return [...openingBefore(first, beside), ...others].map((line) => plainRow(line, ''));
}

/** Returns the lines before and after the headings that have the same markup and occur once. */
function markedLike(headings: Heading[], { lines, free, isInParagraphs }: Beside): Heading[] {
	const isEmptyAt = emptyAt(lines);
	const [first] = headings;
	const last = headings[headings.length - 1];
	const markup = markupOf(lines[first.line]);
	return free
		.filter((line) => line < first.line || line > last.line)
		.filter((line) => markupOf(lines[line]) === markup && !ABOUT_ALL.test(lines[line]))
		.filter((line) => lines.filter((text) => text.trim() === lines[line].trim()).length === 1)
		.filter((line) => line < first.line || !isInParagraphs || isEmptyAt(line - 1))
		.map((line) => ({ ...plainRow(line, lines[line]), needsText: true }));
}

/** Returns the rows before the first heading that are scenes: those behind the introduction that are not about all scenes. */
function openingBefore(first: Heading, { free, isStart, rowAt }: Beside): number[] {
	const before = free.filter((line) => line < first.line && isStart(line));
	const isIntroduction = (line: number) => INTRODUCES.test(rowAt(line).join('\n'));
	const introduction = before.map(isIntroduction).lastIndexOf(true);
	return before
		.slice(introduction + 1)
		.filter((line) => !rowAt(line).every((row) => ABOUT_ALL.test(row) || /^\s*#+\s/.test(row)));
}

function plainRow(line: number, rest: string): Heading {
	return { line, label: '', number: '', rest };
}

/** A heading without a title is left out. One with a title may be the scene itself, so it stays. */
function sceneOf(
	heading: Heading,
	[line, ...body]: string[],
	seconds?: number,
): string | HeadedScene {
	const title = line.replace(/^\s*(?:#+|>|[-*•](?=\s))?\s*/, '').trim();
	while (body.length > 0 && CLOSES.test(body[body.length - 1])) body.pop();
	const ownTitle = heading.needsText ? plainTitle(title) : title;
	const isLeftOut = heading.number !== '' && isAlone(heading);
	const prompt = (isLeftOut ? body : [ownTitle, ...body]).join('\n').trim();
	return seconds === undefined ? prompt : { prompt, seconds };
}

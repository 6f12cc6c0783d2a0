import { hasParagraphs } from '../lists';
import { markupOf, scenesBelow, withoutMarkup } from './sceneStarts';
import { isAlone } from './statedTimes';
import type { TextScene } from './sceneTimes';
import { hasText, MARKUP, MEANS_SCENE } from './sceneWords';

/**
 * Headings of scenes in a text: lines that are equal except for a number that counts, such as `## Scene 1`, `Szene 2: Das
 * Meer`, `第3幕`, `Toma 1`. So the word may be of any language. Lines that are nothing but a word and digits need not count.
 */

/** The line above a scene, or beside its text. */
interface Heading {
	line: number;
	label: string;
	number: string;
	/** What stands behind the number. */
	rest: string;
	/** Whether it has no title. */
	isAlone: boolean;
}

/** Headings with the same word, and the lines of the text without the headings around them. */
interface Group {
	headings: Heading[];
	label: string;
	lines: string[];
	/** Whether headings around them, such as `Act 1`, were left out. */
	hasParts: boolean;
}

/** Returns the scenes below or beside headings. Undefined if there are none. */
export function headedIn(text: string): Array<string | TextScene> | undefined {
	const lines = text.split('\n');
	const all = groupsIn(lines);
	const parts = all.filter((headings) => isOne(headings[0]) && isCounted(headings));
	const groups = all
		.map((headings) => withoutParts(headings, parts, lines))
		.filter((group) => areHeadings(group) && !areStepsOfAScene(group));
	const [largest] = [...groups].sort((one, other) => other.headings.length - one.headings.length);
	const group = groups.find(meansScene) ?? largest;
	return group && haveTexts(group) ? scenesOf(group) : undefined;
}

const meansScene = ({ label }: Group) => MEANS_SCENE.test(label);

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

const isOne = ({ number }: Heading) => COUNTS.some(([one]) => one === number);

/** @param mayRestart whether each part may count from one again */
function isCounted(headings: Heading[], mayRestart = false): boolean {
	return COUNTS.some((count) => {
		const numbers = headings.map(({ number }) => count.indexOf(number));
		return numbers.every((number, index) => {
			if (index === 0) return number >= 0;
			return number === numbers[index - 1] + 1 || (mayRestart && number === 0);
		});
	});
}

/** `1`, `12`, `1A`. */
const DIGITS = String.raw`\d{1,2}[a-h]?`;
/** Any other number. The longest words stand in front: `viii` before `v`. */
const WORDS = [...new Set(COUNTS.slice(1).flat())].sort((a, b) => b.length - a.length).join('|');
/** `/3`, `of 3`. */
const TOTAL = String.raw`(?:\s*(?:/|of)\s*\d{1,2})?`;
/** Nothing, or a sign before the title: `: The sea`, ` (4s)`, `]`; a duration behind a comma, `, 4s`; or a time, ` 0:00`. */
const BEHIND_NUMBER = String.raw`(?:$|\s*[\])*_:：.—–=|·（【([-].*$|\s*,\s*\d.*$|\s+\d{1,2}:\d\d.*$)`;
const REST = `(?<rest>${TOTAL}${BEHIND_NUMBER})`;
/** `Scene`, `Day`, `Camera angle`. */
const LABEL = String.raw`(?<label>\p{L}[\p{L} ]{0,20}?)`;
/** `1`, `#1` and `一`, also without a separator. */
const DIGITS_BEHIND_LABEL = String.raw`[\s#.:_-]*(?<number>${DIGITS}|[${CHINESE.join('')}])`;
/** ` One`. Letters are a number only behind a separator: a line that is `The sea` or `Camera:` does not count. */
const WORD_BEHIND_LABEL = String.raw`[\s#.:_-]+(?<word>${WORDS})`;
const FORMS = [
	// `Scene 1`, `Scene One`
	`${LABEL}(?:${DIGITS_BEHIND_LABEL}|${WORD_BEHIND_LABEL})`,
	// `1. Szene`, `第一个镜头`
	String.raw`(?:第(?<word>${WORDS})|第?(?<number>${DIGITS}))[.ªº°]?\s*(?:个|個)?(?<label>\p{L}{1,12})`,
].map((form) => new RegExp(`^${MARKUP}${form}${REST}`, 'iu'));

function headingIn(text: string, line: number): Heading[] {
	const groups = FORMS.map((form) => form.exec(text)?.groups).find((found) => found !== undefined);
	if (!groups) return [];
	const { label, number, word, rest } = groups;
	const count = (number ?? word).toLowerCase();
	return [{ line, label: label.toLowerCase(), number: count, rest, isAlone: isAlone(rest) }];
}

/** Returns the headings of each word. */
function groupsIn(lines: string[]): Heading[][] {
	const groups = new Map<string, Heading[]>();
	for (const heading of lines.flatMap(headingIn)) {
		const group = groups.get(heading.label);
		if (group) group.push(heading);
		else groups.set(heading.label, [heading]);
	}
	return [...groups.values()];
}

/**
 * Leaves out headings such as `Act 1` above several scenes: those without a text of their own.
 * @param parts the headings that count from one
 */
function withoutParts(headings: Heading[], parts: Heading[][], lines: string[]): Group {
	const [{ line: first, label }] = headings;
	const inner = new Set(headings.map(({ line }) => line));
	const hasNoText = ({ line, isAlone }: Heading) =>
		isAlone || markupOf(lines[line]) !== '' || inner.has(nextText(lines, line));
	const outer = parts
		.filter((part) => part[0].line < first && part.length <= headings.length)
		.filter((part) => part.every(hasNoText))
		.flat();
	if (outer.length === 0) return { headings, label, lines, hasParts: false };
	const cut = new Set(outer.map(({ line }) => line));
	const others = lines.map((text, line) => (cut.has(line) ? '' : text));
	return { headings, label, lines: others, hasParts: outer.length > 1 };
}

/** Returns the next line that is not empty. */
function nextText(lines: string[], above: number): number {
	let line = above + 1;
	while (lines[line]?.trim() === '') line++;
	return line;
}

/** `Here are the scenes:` */
const INTRODUCES = /[:：][\s*_]*$/;
const isMarked = (line: string) => /^\s*[#*]/.test(line);

/** Whether lines are headings of scenes. `Length: 4` below each scene is none: the text of the first scene is above it. */
function areHeadings(group: Group): boolean {
	const { headings, lines, hasParts } = group;
	const [first] = headings;
	if (headings.length === 1) return false;
	const before = lines.slice(0, first.line).filter((text) => text.trim() !== '');
	const losesText = before.length > 0 && !INTRODUCES.test(before[before.length - 1]);
	const isSure = !losesText || isMarked(lines[first.line]);
	const isNamed = meansScene(group);
	if (isCounted(headings, hasParts && isNamed))
		return isSure || ((isNamed || !first.isAlone) && isOne(first));
	// `Scene 3` above `Scene 7`, without titles.
	return isSure && headings.every(({ number, isAlone }) => /^\d/.test(number) && isAlone);
}

/** `Step 1: it sails` or `Camera: A` within a paragraph is a part of its scene. */
function areStepsOfAScene({ headings, lines }: Group): boolean {
	const areMarked = headings.every(({ line }) => isMarked(lines[line]));
	const areBelowEmptyLine = headings.map(({ line }) => (lines[line - 1] ?? '').trim() === '');
	const [isFirstBelow, ...others] = areBelowEmptyLine;
	const areInside = !areMarked && !isFirstBelow && !others.every(Boolean);
	return areInside && hasParagraphs(lines.join('\n'));
}

/**
 * Whether headings have titles, or texts below them: one of them if the word certainly means a scene, else all of them.
 * `The year 1` and `The year 2` without a text may be the scenes themselves.
 */
function haveTexts(group: Group): boolean {
	const { headings, lines } = group;
	const hasOwnText = ({ line, isAlone }: Heading, index: number) =>
		!isAlone || lines.slice(line + 1, headings[index + 1]?.line).some(hasText);
	return meansScene(group) ? headings.some(hasOwnText) : headings.every(hasOwnText);
}

/** A heading without a title is left out of the prompt. One with a title may be the scene itself, so it stays. */
function scenesOf({ headings, lines }: Group): Array<string | TextScene> {
	const starts = headings.map(({ line, rest, isAlone }) => {
		return { line, rest, text: isAlone ? '' : withoutMarkup(lines[line]) };
	});
	return scenesBelow(starts, lines);
}

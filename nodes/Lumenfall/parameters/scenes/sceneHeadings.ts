import { hasParagraphs } from '../lists';
import { markupOf, scenesBelow, withoutMarkup } from './sceneRows';
import { hasText, isAlone, type TextScene } from './sceneTimes';
import { MARKUP, MEANS_SCENE } from './sceneWords';

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

/** What may follow the number of a heading: nothing, a total, or a sign before its title. */
const REST = String.raw`(?<rest>(?:\s*(?:/|of)\s*\d{1,2})?(?:$|\s*[\])*_:：.—–=|·（【([-].*$|\s*,\s*\d.*$|\s+\d{1,2}:\d\d.*$))`;
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
	const count = (number ?? word).toLowerCase();
	return [{ line, label: label.toLowerCase(), number: count, rest, isAlone: isAlone(rest) }];
}

/** Returns the scenes below or beside headings. Undefined if there are none. */
export function headedIn(text: string): Array<string | TextScene> | undefined {
	const given = text.split('\n');
	const groups = groupsIn(given);
	const parts = groups.filter((group) => isOne(group[0].number) && isCounted(group));
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

/** Headings that may be those of the scenes, and the lines of the text without the headings around them. */
interface Found {
	group: Heading[];
	lines: string[];
	hasParts: boolean;
}

/** Leaves out headings such as `Act 1` above several scenes: those without a text of their own. */
function withoutParts(group: Heading[], parts: Heading[][], given: string[]): Found {
	const inner = new Set(group.map(({ line }) => line));
	const isAbove = (line: number) => {
		let below = line + 1;
		while (given[below]?.trim() === '') below++;
		return inner.has(below);
	};
	const hasNoText = ({ line, isAlone }: Heading) =>
		isAlone || markupOf(given[line]) !== '' || isAbove(line);
	const outer = parts
		.filter((part) => part[0].line < group[0].line && part.length <= group.length)
		.filter((part) => part.every(hasNoText))
		.flat();
	if (outer.length === 0) return { group, lines: given, hasParts: false };
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
		return isSure || ((MEANS_SCENE.test(label) || !group[0].isAlone) && isOne(number));
	return isSure && group.every((heading) => /^\d/.test(heading.number) && heading.isAlone);
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

function scenesOf(headings: Heading[], lines: string[]): Array<string | TextScene> | undefined {
	const isFilled = ({ line, isAlone }: Heading, index: number) =>
		!isAlone || lines.slice(line + 1, headings[index + 1]?.line).some(hasText);
	// The lines of `The year 1` and `The year 2` may be scenes. A scene by name has its text missing.
	const haveTexts = MEANS_SCENE.test(headings[0].label)
		? headings.some(isFilled)
		: headings.every(isFilled);
	if (!haveTexts) return undefined;
	// A heading without a title is left out. One with a title may be the scene itself, so it stays.
	const starts = headings.map(({ line, rest, isAlone }) => {
		return { line, rest, text: isAlone ? '' : withoutMarkup(lines[line]) };
	});
	return scenesBelow(starts, lines);
}

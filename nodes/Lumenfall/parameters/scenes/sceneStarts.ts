import { saysNothing } from '../cell';
import { isAlone } from './statedTimes';
import { timedScenes, type TextScene } from './sceneTimes';
import { hasText, isAboutAll, isClosing, isParting, uncountedIn } from './sceneWords';

/** The scenes of a text that begin at known lines: at headings, or at the entries of a list. */

/** An entry of a list: a bullet or a number before its text. */
export const ENTRY = /^([ \t]*)(?:[-*•–]|(\d{1,2})[.)]|\*\*(\d{1,2})[.)]\*\*)[ \t]+/;

/** The beginning of a scene in a text: a heading, or an entry of a list. */
interface Start {
	line: number;
	/** The part of its line that belongs to the prompt. */
	text: string;
	/** What stands behind the number or the word of a heading. */
	rest?: string;
	/** Set for a word alone, such as `Hook`: without a text below it is no scene. */
	isTitle?: boolean;
}

/**
 * Returns the scenes that begin at these lines, and those beside them whose heading is a known word, such as `Hook`. What stands
 * before the first scene is left out. Any other row belongs to the scene above it.
 */
export function scenesBelow(counted: Start[], lines: string[]): Array<string | TextScene> {
	const starts = [...counted, ...uncountedBeside(counted, lines)]
		.sort((one, other) => one.line - other.line)
		.filter(({ line, isTitle }, index, all) => {
			return !isTitle || lines.slice(line + 1, all[index + 1]?.line).some(hasText);
		});
	const rows = starts.map(({ line, text, rest }, index) => {
		return { rest, lines: [text, ...lines.slice(line + 1, starts[index + 1]?.line)] };
	});
	const [last, above] = [rows[rows.length - 1], rows.slice(0, -1)];
	const linesAbove = above.flatMap((row) => row.lines);
	const closed = { ...last, lines: withoutClosing(last.lines, linesAbove) };
	return timedScenes([...above, closed], lines.slice(0, starts[0].line), true);
}

/** A line that a known word begins. */
interface Word {
	line: number;
	label: string;
	/** What stands behind the word. */
	rest: string;
}

/** Returns the beginnings of scenes without a number, before or after the counted ones. */
function uncountedBeside(counted: Start[], lines: string[]): Start[] {
	const [first, last] = [counted[0], counted[counted.length - 1]];
	const heading = lines[first.line];
	const isDense = counted.slice(1).some(({ line }) => isBelowText(line, lines));
	const mayBeScene = ({ line, rest }: Word) =>
		(line < first.line || line > last.line) &&
		!isBulletInside(lines[line], heading) &&
		!saysNoScene(rest);
	const starts: Start[] = [];
	for (const word of knownWords(lines).filter(mayBeScene)) {
		const { line, rest } = word;
		const isApart = !isBelowText(line, lines) || hasMarkupOf(heading, lines[line]);
		// `Hook: A boat` directly above the scenes, or directly below one that has its text in one line.
		const above = [last, ...starts.slice(-1)].find((start) => start.line === line - 1);
		const isInLine = line < first.line ? !isAlone(rest) : above !== undefined && above.text !== '';
		if (isDense || isApart || isInLine) starts.push(startAt(word, lines));
	}
	return starts;
}

function startAt({ line, label, rest }: Word, lines: string[]): Start {
	const isTitle = isAlone(rest);
	return { line, rest, isTitle, text: isTitle ? label : withoutMarkup(lines[line]) };
}

/** Returns the lines with a known word. A word that stands in several lines names a part of each scene. */
function knownWords(lines: string[]): Word[] {
	const words = lines.flatMap((text, line) => {
		const found = uncountedIn(text);
		return found ? [{ ...found, line }] : [];
	});
	const times = new Map<string, number>();
	for (const word of words) times.set(keyOf(word), (times.get(keyOf(word)) ?? 0) + 1);
	return words.filter((word) => times.get(keyOf(word)) === 1);
}

const keyOf = ({ label }: Word) => label.toLowerCase();

const isBelowText = (line: number, lines: string[]) => line > 0 && hasText(lines[line - 1]);

const hasMarkupOf = (heading: string, line: string) =>
	markupOf(line) !== '' && markupOf(line) === markupOf(heading);

/** A bullet within the last scene is a part of it. */
const isBulletInside = (line: string, heading: string) =>
	bulletOf(line) !== '' && bulletOf(line) !== bulletOf(heading);

const bulletOf = (line: string) => /^\s*(?:[-*•](?=\s))?/.exec(line)?.[0] ?? '';

/** `Hook: N/A`. */
const saysNoScene = (rest: string) =>
	!isAlone(rest) && saysNothing(rest.replace(/^[\s*_:：)\]-]+/, '').trim());

/** `## Scene 1` */
const HASH_TITLE = /^\s*(#+)\s/;
/** `**Scene 1**`, `__Scene 1__` */
const BOLD_TITLE = /^\s*(\*\*|__)(?!\1).*\1\s*$/;

/** Returns the sign of a line that is nothing but a heading of Markdown: `##` or `**`. */
export function markupOf(line: string): string {
	const title = HASH_TITLE.exec(line) ?? BOLD_TITLE.exec(line);
	return title?.[1] ?? '';
}

/** Returns a line without the sign of a heading, a quotation or a bullet. */
export function withoutMarkup(line: string): string {
	return line.replace(/^\s*(?:#+|>|[-*•](?=\s))?\s*/, '').trim();
}

/**
 * Leaves out what stands below the last scene: the words of an agent, and what is about all scenes. They begin below an empty line,
 * or where nothing else follows.
 * @param before the lines of the scenes above. A name that they have, too, such as `**Music:**`, is a part of each scene
 */
function withoutClosing(last: string[], before: string[]): string[] {
	const names = new Set(before.map(nameIn));
	const isOver = (line: string) =>
		isClosing(line) || isParting(line) || (isAboutAll(line) && !names.has(nameIn(line)));
	const over = last.map(isOver);
	const lastOfScene = last.map((line, index) => hasText(line) && !over[index]).lastIndexOf(true);
	const end = last.findIndex((_, index) => {
		const isBelowEmptyLine = index > 1 && !hasText(last[index - 1]);
		return over[index] && (isBelowEmptyLine || index > lastOfScene);
	});
	const rest = end < 0 ? last : last.slice(0, end);
	// What looks like the closing may be the text below the last heading.
	return rest.some(hasText) ? rest : last;
}

/** Returns the name in `**Music:** piano`. */
const nameIn = (line: string) =>
	line
		.replace(/[^\p{L} :：]/gu, '')
		.split(/[:：]/)[0]
		.trim();

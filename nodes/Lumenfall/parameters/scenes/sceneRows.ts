import { saysNothing } from '../cell';
import { CLOSES, hasText, isAlone, timedScenes, type TextScene } from './sceneTimes';
import { isAboutAll, isClosing, isParting, uncountedIn } from './sceneWords';

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
	const last = rows[rows.length - 1];
	last.lines = withoutClosing(
		last.lines,
		rows.slice(0, -1).flatMap((row) => row.lines),
	);
	return timedScenes(rows, lines.slice(0, starts[0].line), true);
}

/** Returns the beginnings of scenes without a number, before or after the counted ones. */
function uncountedBeside(counted: Start[], lines: string[]): Start[] {
	const [first, last] = [counted[0], counted[counted.length - 1]];
	const found = lines.flatMap((text, line) => {
		const heading = uncountedIn(text);
		return heading ? [{ ...heading, line, word: heading.label.toLowerCase() }] : [];
	});
	const words = found.map(({ word }) => word);
	const again = new Set(words.filter((word, index) => words.indexOf(word) < index));
	const isDense = counted.slice(1).some(({ line }) => hasText(lines[line - 1]));
	const starts: Start[] = [];
	for (const { line, label, rest, word } of found) {
		const above = [last, ...starts].find((start) => start.line === line - 1);
		const isRow =
			isDense ||
			line === 0 ||
			CLOSES.test(lines[line - 1]) ||
			(line < first.line ? !isAlone(rest) : above && above.text !== '') ||
			isLike(lines[line], lines[first.line]);
		// A bullet within the last scene is a part of it.
		const bullet = bulletOf(lines[line]);
		const isInside = bullet !== '' && bullet !== bulletOf(lines[first.line]);
		const isOutside = line < first.line || line > last.line;
		const isEmpty = saysNothing(rest.replace(/^[\s*_:：)\]-]+/, '').trim()) && !isAlone(rest);
		if (again.has(word) || !isOutside || !isRow || isInside || isEmpty) continue;
		const isTitle = isAlone(rest);
		starts.push({ line, rest, isTitle, text: isTitle ? label : withoutMarkup(lines[line]) });
	}
	return starts;
}

const bulletOf = (line: string) => /^\s*(?:[-*•](?=\s))?/.exec(line)?.[0] ?? '';
const isLike = (line: string, other: string) =>
	markupOf(line) !== '' && markupOf(line) === markupOf(other);

/** Returns the sign of a line that is nothing but a heading of Markdown: `##` or `**`. */
export function markupOf(line: string): string {
	return /^\s*(#+)\s/.exec(line)?.[1] ?? /^\s*(\*\*|__)(?!\1).*\1\s*$/.exec(line)?.[1] ?? '';
}

/** Returns a line without the sign of a heading, a quotation or a bullet. */
export function withoutMarkup(line: string): string {
	return line.replace(/^\s*(?:#+|>|[-*•](?=\s))?\s*/, '').trim();
}

/** Leaves out what stands below the last scene: the words of an agent, and what is about all scenes. */
function withoutClosing(last: string[], before: string[]): string[] {
	const known = new Set(before.map(nameIn));
	const isOver = (line: string) =>
		isClosing(line) || isParting(line) || (isAboutAll(line) && !known.has(nameIn(line)));
	const end = last.findIndex(
		(line, index) =>
			isOver(line) &&
			((index > 1 && CLOSES.test(last[index - 1])) ||
				last.slice(index).every((other) => CLOSES.test(other) || isOver(other))),
	);
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

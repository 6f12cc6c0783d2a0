import { BULLETS, hasParagraphs, PARAGRAPH_END } from '../lists';
import { headedIn } from './sceneHeadings';
import { ENTRY, markupOf, scenesBelow } from './sceneStarts';
import { isTable, tableIn } from './sceneTables';
import { timedScenes, type TextScene } from './sceneTimes';
import {
	isAboutAll,
	isClosing,
	isDrawn,
	isIntroduction,
	isParting,
	isSlugline,
	isTransition,
} from './sceneWords';

/** The scenes of a text: which kind of text it is, and the scenes of a list, of paragraphs and of lines. */

/** Spaces before the first word of a line. */
const INDENT = String.raw`[^\S\r\n\u2028\u2029]*`;
/** JSON may follow a sentence or be in a Markdown block. */
const JSON_START = /^\s*\{\s*\w|```/;
const JSON_LINE = new RegExp(String.raw`^${INDENT}(?:\[\s*["'[{]|\{\s*["'])`, 'm');
/** A field of a record: `seconds: 4`, `- model: sora-2`. A model in words may be a person: `Model: a woman in red`. */
const FIELD = new RegExp(
	String.raw`^${INDENT}(?:-\s)?(?:(?:seconds|duration)\s*:\s*[\d.,]*\s*$|model\s*:\s*\S+\s*$)`,
	'im',
);

/**
 * Whether a text that is no JSON is a record, a table that cannot be read, or was meant as JSON. Each of its lines would become a
 * scene, and would be paid for.
 */
export function isData(given: string): boolean {
	if (JSON_START.test(given) || JSON_LINE.test(given)) return true;
	const text = withPlainLines(given);
	return FIELD.test(text) || (isTable(text) && tableIn(text) === undefined);
}

/** Windows and old Macs end lines with other signs, and agents write a line end in letters. */
function withPlainLines(text: string): string {
	const plain = text.replace(/\r\n?/g, '\n');
	return plain.includes('\n') ? plain : plain.replace(/(?:\\r)?\\n/g, '\n');
}

/**
 * Returns the scenes of a text: the rows of a table, the texts below headings, the entries of a list, else the paragraphs, else the
 * lines.
 */
export function scenesInText(given: string): unknown[] {
	const text = withPlainLines(given);
	if (isTable(text)) return tableIn(text) ?? [text];
	return headedIn(text) ?? listedIn(text) ?? scenesInRows(text);
}

/** Returns the entries of a list with their further lines, if the text is a list. A sentence may stand before it. */
function listedIn(text: string): Array<string | TextScene> | undefined {
	const lines = text.split('\n').map((line) => (isDrawn(line) ? '' : line));
	const first = lines.findIndex((line) => ENTRY.test(line));
	if (first < 0 || !isList(text, lines, first)) return undefined;
	const entries = entriesLike(lines[first], lines);
	// The steps inside of a scene may be counted, too.
	const areCounted = entries.every(
		({ number }, index) => number === undefined || number === Number(entries[0].number) + index,
	);
	if (!areCounted || entries.length < 2) return undefined;
	return scenesBelow(
		entries,
		lines.map((line) => line.trim()),
	);
}

/** Whether the first entry is not inside of a scene: it stands below nothing, below an empty line or below an introduction. */
function isList(text: string, lines: string[], first: number): boolean {
	const before = lines.slice(0, first).filter((line) => line !== '');
	const isIntroduced = before.length === 0 || isIntroduction(before[before.length - 1]);
	const isBelowEmptyLine = before.length === 0 || lines[first - 1] === '';
	if (isBelowEmptyLine) return isIntroduced || entryIn(lines[first])?.number !== undefined;
	const paragraphs = text.trim().split(PARAGRAPH_END);
	return isIntroduced && paragraphs.filter((one) => !isClosing(one) && !isParting(one)).length < 2;
}

/** Returns the entries of the list that this line begins: all have a number, or none, and none stands further inside. */
function entriesLike(firstLine: string, lines: string[]) {
	const first = entryIn(firstLine);
	return lines.flatMap((text, line) => {
		const entry = entryIn(text);
		if (!first || !entry || entry.indent > first.indent) return [];
		const isNumbered = entry.number !== undefined;
		return isNumbered === (first.number !== undefined) ? [{ ...entry, line }] : [];
	});
}

function entryIn(line: string): { text: string; indent: number; number?: number } | undefined {
	const [bullet, indent, ...digits] = ENTRY.exec(line) ?? [];
	if (bullet === undefined) return undefined;
	const digit = digits.find((one) => one !== undefined);
	const number = digit === undefined ? undefined : Number(digit);
	return { text: line.slice(bullet.length), indent: indent.length, number };
}

const BULLET = new RegExp(BULLETS.source);

/** Returns the paragraphs, or the lines, that may be scenes: not a title, nor what an agent says above or below them. */
function scenesInRows(text: string): Array<string | TextScene> {
	const rows = rowsIn(text);
	const isAbout = aboutAllAmong(rows);
	const first = firstScene(rows, isAbout);
	const end = endOfScenes(rows, first, isAbout);
	const scenes = withPlaces(rows.slice(first, end)).map((row) => {
		return { lines: row.replace(BULLET, '').split('\n') };
	});
	return timedScenes(scenes, rows.slice(0, first), false);
}

/** Returns the paragraphs or the lines of a text without titles, unless there are only titles. */
function rowsIn(text: string): string[] {
	const areParagraphs = hasParagraphs(text);
	const all = text.split(areParagraphs ? PARAGRAPH_END : '\n').filter((row) => !isDrawn(row));
	const isTitle = (row: string) =>
		areParagraphs ? !row.trim().includes('\n') && markupOf(row) !== '' : /^\s*#+\s/.test(row);
	const rows = all.filter((row) => !isTitle(row) && !isTransition(row));
	return rows.length > 0 ? rows : all;
}

/** `**Style:** noir` */
const HAS_NAME = /^[\s*_#>-]*\p{L}[\p{L} ]{0,40}[\s*_]*[:：]/u;

/** Tells which rows are about all scenes: `Style: noir`. None are if rows with other names, or no other rows, may be the scenes. */
function aboutAllAmong(rows: string[]): (row: string) => boolean {
	const areScenes =
		rows.every(isAboutAll) || rows.some((row) => !isAboutAll(row) && HAS_NAME.test(row));
	return (row) => !areScenes && isAboutAll(row) && HAS_NAME.test(row);
}

/** Returns the first row that is neither about all scenes nor what an agent says above them. The last row always is a scene. */
function firstScene(rows: string[], isAbout: (row: string) => boolean): number {
	const first = rows.findIndex((row, index) => {
		// Below `Here are the scenes:` an agent says nothing more.
		const isTalk = isIntroduction(row) && !/[:：]\W*$/.test(rows[index - 1] ?? '');
		return index === rows.length - 1 || !(isTalk || isAbout(row));
	});
	return Math.max(first, 0);
}

/** Returns the number of the row behind the last one that is neither about all scenes nor a closing. */
function endOfScenes(rows: string[], first: number, isAbout: (row: string) => boolean): number {
	const isIntroduced = rows.length > 1 && isIntroduction(rows[0]);
	const isOver = (row: string) =>
		isClosing(row) || isAbout(row) || (isIntroduced && isParting(row));
	return rows.map((row, index) => index === first || !isOver(row)).lastIndexOf(true) + 1;
}

/** Puts the heading of a place, `INT. KITCHEN - DAY`, above the text of its scene. */
function withPlaces(rows: string[]): string[] {
	return rows.flatMap((row, index) => {
		const [above = '', below] = [rows[index - 1], rows[index + 1]];
		if (isSlugline(row)) return below === undefined || isSlugline(below) ? [row] : [];
		return [isSlugline(above) ? `${above}\n${row}` : row];
	});
}

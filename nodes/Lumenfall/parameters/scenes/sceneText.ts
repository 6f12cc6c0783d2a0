import { parseJsonText } from '../jsonText';
import { BULLETS, hasParagraphs, PARAGRAPH_END } from '../lists';
import { headedIn } from './sceneHeadings';
import { ENTRY, markupOf, scenesBelow } from './sceneRows';
import { IS_LINE, isTable, tableIn } from './sceneTables';
import { timedScenes, type TextScene } from './sceneTimes';
import {
	isAboutAll,
	isClosing,
	isIntroduction,
	isParting,
	isSlugline,
	isTransition,
} from './sceneWords';

/** JSON may follow a sentence or be in a Markdown block. */
const JSON_START = /^\s*\{\s*\w|```/;
const JSON_LINE = /^[^\S\r\n\u2028\u2029]*(?:\[\s*["'[{]|\{\s*["'])/m;
/** A field of a record: `seconds: 4`. A model in words may be a person: `Model: a woman in red`. */
const FIELD =
	/^[^\S\r\n\u2028\u2029]*(?:-\s)?(?:(?:seconds|duration)\s*:\s*[\d.,]*\s*$|model\s*:\s*\S+\s*$)/im;

/**
 * Whether a text is a record, a table that cannot be read, or was meant as JSON and is not. Each of its lines would become a
 * scene, and would be paid for.
 */
export function isData(given: string): boolean {
	if (JSON_START.test(given) || JSON_LINE.test(given)) {
		const parsed = parseJsonText(given);
		return typeof parsed !== 'object' || parsed === null;
	}
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
	return headedIn(text) ?? listedIn(text) ?? rowsIn(text);
}

/** Returns the paragraphs, or the lines, that may be scenes: not a title, nor what an agent says above or below them. */
function rowsIn(text: string): Array<string | TextScene> {
	const isInParagraphs = hasParagraphs(text);
	const all = text.split(isInParagraphs ? PARAGRAPH_END : '\n').filter((row) => !IS_LINE.test(row));
	const isTitle = (row: string) =>
		!row.trim().includes('\n') && (isInParagraphs ? markupOf(row) !== '' : /^\s*#+\s/.test(row));
	const titled = all.filter((row) => !isTitle(row) && !isTransition(row));
	const rows = titled.length > 0 ? titled : all;
	const isOnlyAbout =
		rows.every((row) => isAboutAll(row) || !HAS_NAME.test(row)) && !rows.every(isAboutAll);
	const isAbout = (row: string) => isOnlyAbout && isAboutAll(row) && HAS_NAME.test(row);
	const isIntroduced = rows.length > 1 && isIntroduction(rows[0]);
	const before: string[] = [];
	const isTalk = () => isIntroduction(rows[0]) && !/[:：]\W*$/.test(before[before.length - 1]);
	while (rows.length > 1 && (isTalk() || isAbout(rows[0]))) before.push(rows.splice(0, 1)[0]);
	const isOver = (row: string) =>
		isClosing(row) || isAbout(row) || (isIntroduced && isParting(row));
	while (rows.length > 1 && isOver(rows[rows.length - 1])) rows.pop();
	const places = withPlaces(rows).map((row) => row.replace(BULLET, '').split('\n'));
	return timedScenes(
		places.map((lines) => ({ lines })),
		before,
		false,
	);
}

const BULLET = new RegExp(BULLETS.source);
const HAS_NAME = /^[\s*_#>-]*\p{L}[\p{L} ]{0,40}[\s*_]*[:：]/u;

/** Puts the heading of a place, `INT. KITCHEN - DAY`, above the text of its scene. */
function withPlaces(rows: string[]): string[] {
	return rows.flatMap((row, index) => {
		const [above = '', below] = [rows[index - 1], rows[index + 1]];
		if (isSlugline(row)) return below === undefined || isSlugline(below) ? [row] : [];
		return [isSlugline(above) ? `${above}\n${row}` : row];
	});
}

/** Returns the entries of a list with their further lines, if the text is a list. A sentence may stand before it. */
function listedIn(text: string): Array<string | TextScene> | undefined {
	const lines = text.split('\n').map((line) => (IS_LINE.test(line) ? '' : line));
	const first = lines.findIndex((line) => ENTRY.test(line));
	if (first < 0) return undefined;
	const before = lines.slice(0, first).filter((line) => line !== '');
	const isBelowEmptyLine = before.length === 0 || lines[first - 1] === '';
	const isIntroduced = before.length === 0 || isIntroduction(before[before.length - 1]);
	const paragraphs = text
		.trim()
		.split(PARAGRAPH_END)
		.filter((paragraph) => !isClosing(paragraph) && !isParting(paragraph));
	const isNumbered = /\d/.test(ENTRY.exec(lines[first])?.[0] ?? '');
	const isList = isBelowEmptyLine
		? isNumbered || isIntroduced
		: isIntroduced && paragraphs.length < 2;
	return isList ? entriesIn(lines, first, isNumbered) : undefined;
}

function entriesIn(lines: string[], first: number, isNumbered: boolean) {
	const [, indent = ''] = ENTRY.exec(lines[first]) ?? [];
	const entries = lines.flatMap((line, index) => {
		const [bullet, own = '', ...digits] = ENTRY.exec(line) ?? [];
		const digit = digits.find((number) => number !== undefined);
		const isEntry = bullet !== undefined && own.length <= indent.length && !!digit === isNumbered;
		return isEntry ? [{ line: index, text: line.slice(bullet.length), number: Number(digit) }] : [];
	});
	// The steps inside of a scene may be counted too.
	const isCounted =
		!isNumbered || entries.every(({ number }, index) => number === entries[0].number + index);
	return isCounted && entries.length > 1
		? scenesBelow(
				entries,
				lines.map((line) => line.trim()),
			)
		: undefined;
}

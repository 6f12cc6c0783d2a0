import { isNameOf } from './sceneNames';
import { ENTRY } from './sceneStarts';
import { COUNTED_NAME, isClosing, isDrawn, isParting, isTotal } from './sceneWords';

/** Tables of scenes: of Markdown, of a spreadsheet, of a CSV file. */

const linesOf = (text: string) => text.split('\n').filter((line) => line.trim() !== '');

/** The line below the head of a Markdown table: `|---|:--|`. */
const isTableLine = (line: string) => /^[\s:|-]+$/.test(line) && /--/.test(line) && /\|/.test(line);

/** Whether a text has the separators or the head of a table: of Markdown, a spreadsheet or a CSV file. */
export function isTable(text: string): boolean {
	const lines = linesOf(text);
	if (lines.some(isTableLine) || isHead(lines[0] ?? '')) return true;
	if (lines.length < 2) return false;
	const areTabbed = lines.every((line) => line.trim().includes('\t'));
	return lines.every(isPiped) || (areTabbed && !lines.every(isTabbedEntry));
}

/** `| 1 | A boat |`. */
function isPiped(line: string): boolean {
	const row = line.trim();
	return row.startsWith('|') && row.endsWith('|') && row.length > 2;
}

/** `prompt,seconds`. */
function isHead(line: string): boolean {
	const names = line.split(/[,;\t|]/).map((name) => name.trim());
	return names.length > 1 && names.every((name) => isNameOf(name));
}

/** An entry of a list that was copied from a document, which has a tab behind its number or bullet. */
const isTabbedEntry = (line: string) => ENTRY.test(line) && !line.replace(ENTRY, '').includes('\t');

/** A row by the names in the head of its table. */
type NamedCells = Record<string, string>;

/**
 * Returns the rows of a Markdown table, or of cells copied from a spreadsheet, by the names in its head. Undefined if no
 * column has the prompts.
 */
export function tableIn(text: string): NamedCells[] | undefined {
	const lines = linesOf(text);
	return lines.findIndex(isTableLine) > 0 ? markdownRows(lines) : sheetRows(lines);
}

function markdownRows(lines: string[]): NamedCells[] | undefined {
	if (!isOnlyTable(lines)) return undefined;
	const [head, , ...rows] = lines.filter((line) => line.includes('|'));
	const cellsOf = (line: string) =>
		line
			.trim()
			.replace(/^\||\|$/g, '')
			.split(/(?<!\\)\|/)
			.map(plainCell);
	return rowsByName(cellsOf(head), rows.map(cellsOf));
}

function sheetRows(lines: string[]): NamedCells[] | undefined {
	const rows = lines.map((line) => line.split('\t').map(plainCell));
	if (areNumbered(rows)) return rows.map(([, prompt]) => ({ prompt }));
	const [head = [], ...others] = rows;
	return rowsByName(head, others);
}

/** Returns the text of a cell: `**Total**` is `Total`. */
const plainCell = (cell: string) =>
	cell
		.trim()
		.replace(/^(\*\*|__)(.*)\1$/, '$2')
		.replace(/<br\s*\/?>/gi, '\n');

/** Whether there are two columns, of which the first one counts. */
function areNumbered(rows: string[][]): boolean {
	const numbers = rows.map(([first]) => Number(COUNTED_NAME.exec(first)?.[1]));
	return rows.every(
		(row, index) => row.length === 2 && numbers[index] === numbers[0] + index && row[1] !== '',
	);
}

function rowsByName(head: string[], rows: string[][]): NamedCells[] | undefined {
	const isWhole = rows.length > 0 && rows.every((row) => row.length === head.length);
	const areShown = head.map((name) => isNameOf(name, 'prompt', 'shown'));
	const prompts = areShown.filter(Boolean).length;
	if (head.length < 2 || !isWhole || prompts === 0) return undefined;
	const scenes = rows.filter((row) => !isTotal(row.find((cell) => cell !== '') ?? ''));
	// A column `Scene` may have the prompts, or only the names of the scenes: `Scene 1`.
	const areNames = areShown.map(
		(isShown, column) =>
			isShown && prompts > 1 && scenes.every((row) => COUNTED_NAME.test(row[column])),
	);
	return scenes.map((row) =>
		Object.fromEntries(
			head.map((name, column) => [name, row[column]]).filter((_, column) => !areNames[column]),
		),
	);
}

/** `# My film`, `**My film**`, `Here it is:`. */
const TITLE = /^\s*(?:#|\*\*.*\*\*\s*$|.*[:：]\s*$)/;

/** Whether a text has one table and no other text that may be scenes: a title, an introduction and a closing at most. */
function isOnlyTable(lines: string[]): boolean {
	const areOfTable = lines.map((line) => line.includes('|'));
	const [first, last] = [areOfTable.indexOf(true), areOfTable.lastIndexOf(true)];
	const before = lines.slice(0, first).filter((line) => !TITLE.test(line) && !isDrawn(line));
	const [closing] = lines.slice(last + 1).filter((line) => !isDrawn(line));
	return (
		areOfTable.slice(first, last).every(Boolean) &&
		lines.filter(isTableLine).length === 1 &&
		isTableLine(lines[first + 1]) &&
		before.length <= 1 &&
		(closing === undefined || isClosing(closing) || isParting(closing))
	);
}

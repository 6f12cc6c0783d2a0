import { ENTRY } from './sceneRows';
import { isNameOf } from './sceneNames';
import { COUNTED_NAME, isClosing, isParting, isTotal } from './sceneWords';

/** Tables of scenes: of Markdown, of a spreadsheet, of a CSV file. */

/** The line below the head of a Markdown table. */
const isTableLine = (line: string) => /^[\s:|-]+$/.test(line) && /--/.test(line) && /\|/.test(line);
/** A line that language models draw between scenes, or around the head of a table. */
export const IS_LINE = /^[\s*_=#|:~-]*$/;
const linesOf = (text: string) => text.split('\n').filter((line) => line.trim() !== '');

/** Whether a text has the separators or the head of a table: of Markdown, a spreadsheet or a CSV file. */
export function isTable(text: string): boolean {
	const lines = linesOf(text);
	const hasColumns = (isRow: (line: string) => boolean) =>
		lines.length > 1 && lines.every((line) => isRow(line.trim()));
	const isPiped = (line: string) => line.startsWith('|') && line.endsWith('|') && line.length > 2;
	const [head = ''] = lines;
	const names = head.split(/[,;\t|]/).map((name) => name.trim());
	const isHead = names.length > 1 && names.every((name) => isNameOf(name));
	return (
		lines.some(isTableLine) ||
		hasColumns(isPiped) ||
		(hasColumns((line) => line.includes('\t')) && !lines.every(isTabbedEntry)) ||
		isHead
	);
}

/** An entry of a list that was copied from a document, which has a tab behind its number or bullet. */
const isTabbedEntry = (line: string) => ENTRY.test(line) && !line.replace(ENTRY, '').includes('\t');

/**
 * Returns the rows of a Markdown table, or of cells copied from a spreadsheet, by the names in its head. Undefined if no
 * column has the prompts.
 */
export function tableIn(text: string): Array<Record<string, string>> | undefined {
	const lines = linesOf(text);
	const line = lines.findIndex(isTableLine);
	const isMarkdown = line > 0;
	const cellsOf = (row: string) =>
		(isMarkdown ? row.trim().replace(/^\||\|$/g, '') : row)
			.split(isMarkdown ? /(?<!\\)\|/ : '\t')
			.map((cell) =>
				cell
					.trim()
					.replace(/^(\*\*|__)(.*)\1$/, '$2')
					.replace(/<br\s*\/?>/gi, '\n'),
			);
	const cells = lines.filter((row) => !isMarkdown || row.includes('|')).map(cellsOf);
	if (!isMarkdown && areNumbered(cells)) return cells.map(([, prompt]) => ({ prompt }));
	if (isMarkdown && !isOnlyTable(lines)) return undefined;
	const [head = [], ...rows] = cells.filter((_, index) => !isMarkdown || index !== 1);
	const isWhole = rows.length > 0 && rows.every((row) => row.length === head.length);
	const prompts = head.filter((name) => isNameOf(name, 'prompt', 'shown'));
	if (head.length < 2 || !isWhole || prompts.length === 0) return undefined;
	// A column `Scene` may have the prompts or only the names of the scenes: `Scene 1`.
	const scenes = rows.filter((row) => !isTotal(row.find((cell) => cell !== '') ?? ''));
	const isNamesOnly = (column: number) =>
		prompts.length > 1 &&
		prompts.includes(head[column]) &&
		scenes.every((row) => COUNTED_NAME.test(row[column]));
	return scenes.map((row) =>
		Object.fromEntries(
			row.flatMap((cell, index) => (isNamesOnly(index) ? [] : [[head[index], cell] as const])),
		),
	);
}

/** Whether there are two columns, of which the first one counts. */
function areNumbered(rows: string[][]): boolean {
	const numbers = rows.map(([first]) => Number(COUNTED_NAME.exec(first)?.[1]));
	return rows.every(
		(row, index) => row.length === 2 && numbers[index] === numbers[0] + index && row[1] !== '',
	);
}

/** Whether a text has one table and no other text that may be scenes: a title, an introduction and a closing at most. */
function isOnlyTable(lines: string[]): boolean {
	const isOfTable = (line: string) => line.includes('|');
	const rows = lines.flatMap((line, index) => (isOfTable(line) ? [index] : []));
	const [first = 0, last = 0] = [rows[0], rows.at(-1)];
	const before = lines.slice(0, first).filter((line) => !TITLE.test(line) && !IS_LINE.test(line));
	const [closing] = lines.slice(last + 1).filter((line) => !IS_LINE.test(line));
	return (
		lines.slice(first, last).every(isOfTable) &&
		lines.filter(isTableLine).length === 1 &&
		isTableLine(lines[first + 1]) &&
		before.length <= 1 &&
		(closing === undefined || isClosing(closing) || isParting(closing))
	);
}

const TITLE = /^\s*(?:#|\*\*.*\*\*\s*$|.*[:：]\s*$)/;

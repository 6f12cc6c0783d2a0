import { parseJsonText } from './jsonText';
import { BULLETS, hasParagraphs, PARAGRAPH_END } from './lists';
import { isNameOf } from './sceneNames';
import { headedIn } from './sceneHeadings';

/** JSON may follow a sentence or be in a Markdown block. */
const JSON_START = /^\s*\{\s*\w|```/;
const JSON_LINE = /^[^\S\n]*(?:\[\s*["'[{]|\{\s*["'])/m;
/** A field of a record: `Duration: 4`. A model in words may be a person: `Model: a woman in red`. */
const FIELD = /^[^\S\n]*(?:-\s)?(?:(?:seconds|duration)\s*:|model\s*:\s*\S+\s*$)/im;

/**
 * Whether a text is a record, a table that cannot be read, or was meant as JSON and is not. Each of its lines would become a
 * scene, and would be paid for.
 */
export function isData(given: string): boolean {
	const text = withPlainLines(given);
	if (JSON_START.test(text) || JSON_LINE.test(text)) {
		const parsed = parseJsonText(text);
		return typeof parsed !== 'object' || parsed === null;
	}
	return FIELD.test(text) || (isTable(text) && tableIn(text) === undefined);
}

/** Windows and old Macs end lines with other signs. */
const withPlainLines = (text: string) => text.replace(/\r\n?/g, '\n');

/** The line below the head of a Markdown table. */
const isTableLine = (line: string) => /^[\s:|-]+$/.test(line) && /--/.test(line) && /\|/.test(line);
const linesOf = (text: string) => text.split('\n').filter((line) => line.trim() !== '');

/** Whether a text has the separators or the head of a table: of Markdown, a spreadsheet or a CSV file. */
function isTable(text: string): boolean {
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
function tableIn(text: string): Array<Record<string, string>> | undefined {
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
	const prompts = head.filter((name) => isNameOf(name, 'prompt'));
	if (head.length < 2 || !isWhole || prompts.length === 0) return undefined;
	// A column `Scene` may have the prompts or only the names of the scenes: `Scene 1`.
	const scenes = rows.filter((row) => !TOTAL.test(row.find((cell) => cell !== '') ?? ''));
	const isNamesOnly = (column: number) =>
		prompts.length > 1 &&
		prompts.includes(head[column]) &&
		scenes.every((row) => COUNTED_CELL.test(row[column]));
	return scenes.map((row) =>
		Object.fromEntries(
			row.flatMap((cell, index) => (isNamesOnly(index) ? [] : [[head[index], cell] as const])),
		),
	);
}

/** `1` or `Scene 1`. */
const COUNTED_CELL = /^(?:\p{L}{1,12}\s*)?#?(\d{1,2})[.)]?$/u;
/** The first cell of a row that sums up the others. */
const TOTAL =
	/^(?:total|sum|gesamt|summe|итого|合计|合計|합계)(?: (?:duration|length|time|runtime))?:?$/i;

/** Whether there are two columns, of which the first one counts. */
function areNumbered(rows: string[][]): boolean {
	const numbers = rows.map(([first]) => Number(COUNTED_CELL.exec(first)?.[1]));
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
		(closing === undefined || CLOSING.test(closing))
	);
}

const TITLE = /^\s*(?:#|\*\*.*\*\*\s*$|.*[:：]\s*$)/;

/** A line that language models draw between scenes, or around the head of a table. */
const IS_LINE = /^[\s*_=#|:~-]*$/;
const BULLET = new RegExp(BULLETS.source);
/** The sentence of an agent before its list: `Here are your scenes:`. */
const INTRODUCTION = /^[^\n]*[:：]\s*$/;
/** What an agent says below its scenes. */
const CLOSING =
	/^(?:let me know|feel free to|would you like me|do you want me|want me to|(?:i )?hope (?:this|these) help|enjoy\W*$)/i;

/**
 * Returns the scenes of a text: the rows of a table, the texts below headings, the entries of a list, else the paragraphs, else the
 * lines.
 */
export function scenesInText(given: string): unknown[] {
	const text = withPlainLines(given);
	if (isTable(text)) return tableIn(text) ?? [text];
	const body = withoutClosing(text);
	const listed = headedIn(body) ?? listedIn(body);
	// What looks like the closing may be the text below the last heading.
	if (listed?.includes('')) return headedIn(text) ?? listed;
	if (listed) return listed;
	const rows = rowsOf(text);
	const isIntroduced = rows.length > 1 && INTRODUCTION.test(rows[0]);
	return (isIntroduced ? rowsOf(body).slice(1) : rows).map((row) => row.replace(BULLET, ''));
}

function rowsOf(text: string): string[] {
	const rows = hasParagraphs(text) ? text.split(PARAGRAPH_END) : text.split('\n');
	return rows.filter((row) => !IS_LINE.test(row));
}

/** Leaves out the last paragraph if it is what an agent says. Without an introduction, a list or headings it may be a scene. */
function withoutClosing(text: string): string {
	const paragraphs = text.trim().split(PARAGRAPH_END);
	const last = paragraphs.pop() ?? '';
	return paragraphs.length > 0 && CLOSING.test(last) ? paragraphs.join('\n\n') : text;
}

/** An entry of a list: a bullet or a number before its text. */
const ENTRY = /^([ \t]*)(?:[-*•–]|(\d{1,2})[.)]|\*\*(\d{1,2})[.)]\*\*)[ \t]+/;

/** Returns the entries of a list with their further lines, if the text is a list. A sentence may stand before it. */
function listedIn(text: string): string[] | undefined {
	const lines = text.split('\n');
	const first = lines.findIndex((line) => ENTRY.test(line));
	if (first < 0) return undefined;
	const before = lines.slice(0, first).filter((line) => line.trim() !== '');
	const isBelowEmptyLine = before.length === 0 || lines[first - 1].trim() === '';
	const isIntroduced = before.length === 0 || INTRODUCTION.test(before[before.length - 1]);
	const isNumbered = /\d/.test(ENTRY.exec(lines[first])?.[0] ?? '');
	const isList = isBelowEmptyLine
		? isNumbered || isIntroduced
		: isIntroduced && !hasParagraphs(text);
	return isList ? entriesFrom(lines.slice(first)) : undefined;
}

function entriesFrom(lines: string[]): string[] | undefined {
	const [, indent = '', ...numbers] = ENTRY.exec(lines[0]) ?? [];
	const isNumbered = numbers.some((number) => number !== undefined);
	const entries: string[][] = [];
	const found: number[] = [];
	for (const line of lines) {
		const [bullet, own = '', ...digits] = ENTRY.exec(line) ?? [];
		const digit = digits.find((number) => number !== undefined);
		const isEntry = bullet !== undefined && own.length <= indent.length && !!digit === isNumbered;
		if (isEntry) found.push(Number(digit));
		if (isEntry) entries.push([line.slice(bullet.length)]);
		else if (!IS_LINE.test(line)) entries[entries.length - 1].push(line.trim());
	}
	// The steps inside of a scene may be counted too.
	const isCounted = !isNumbered || found.every((number, index) => number === found[0] + index);
	return isCounted && entries.length > 1
		? entries.map((entry) => entry.join('\n').trim()).filter((entry) => !IS_LINE.test(entry))
		: undefined;
}

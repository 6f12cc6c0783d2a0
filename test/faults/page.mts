import type { Outcome } from './matrix.mts';
import type { Row } from './row.mts';

const HEAD = `| What goes wrong | Server | Operation | What you get | Videos created | Billed |
| --- | --- | --- | --- | --- | --- |
`;
const LONGEST_CELL = 180;
/** Rows without a fault are the reference of the others and are not part of the table. */
const NO_FAULT = 'nothing';

/** Returns the generated part of docs/reliability.md: one line per row. */
export function faultTable(matrix: Row[], outcomes: Array<Outcome | undefined>): string {
	const lines = matrix.flatMap(({ wrong, server, operation }, index) => {
		if (wrong === NO_FAULT) return [];
		const { words, created, billed } = outcomes[index] ?? {
			words: 'not run',
			created: '?',
			billed: '?',
		};
		return `| ${[wrong, server, operation, words, created, billed].map(cell).join(' | ')} |`;
	});
	return `${HEAD}${lines.join('\n')}\n`;
}

function cell(value: string | number): string {
	const text = String(value).replace(/\|/g, '\\|');
	return text.length > LONGEST_CELL ? `${text.slice(0, LONGEST_CELL)}…` : text;
}

import type { Outcome } from './matrix.mts';
import type { Row } from './row.mts';

const INTRODUCTION = `# What happens when something goes wrong

This page is generated from the fault matrix (\`test/faults\`), which runs the built node in n8n's own engine, on an
n8n 1.120 core and a current one, against a server that misbehaves as each line says. Every line is also checked for
what is not printed: an error about an existing video contains its ID (‹id› below), and no other host has seen the key.

Queue mode, with workers that die and 200 parked executions that are called at once, has [its own page](queue-mode.md).

| What goes wrong | Server | Operation | What you get | Videos ordered | Billed |
| --- | --- | --- | --- | --- | --- |
`;

const LONGEST_CELL = 180;

/** The page for users, one line a row. */
export function reliabilityPage(matrix: Row[], outcomes: Array<Outcome | undefined>): string {
	const lines = matrix.map(({ wrong, server, operation }, index) => {
		const { words, ordered, billed } = outcomes[index] ?? {
			words: 'not run',
			ordered: '?',
			billed: '?',
		};
		return `| ${[wrong, server, operation, words, ordered, billed].map(cell).join(' | ')} |`;
	});
	return `${INTRODUCTION}${lines.join('\n')}\n`;
}

function cell(value: string | number): string {
	const text = String(value).replace(/\|/g, '\\|');
	return text.length > LONGEST_CELL ? `${text.slice(0, LONGEST_CELL)}…` : text;
}

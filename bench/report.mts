import { cpus, totalmem } from 'node:os';
import { peerVersion } from './installPeer.mts';
import { TIME_FACTOR } from './cases/case.mts';

/** Returns a Markdown table that is also readable in a terminal. */
export function tableOf(head: string[], rows: string[][]): string {
	const widths = head.map((title, column) =>
		Math.max(title.length, ...rows.map((row) => row[column].length)),
	);
	const line = (cells: string[]) =>
		`| ${cells.map((cell, column) => cell.padEnd(widths[column])).join(' | ')} |`;
	return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}

export function section(title: string, text: string, table: string): string {
	return `## ${title}\n\n${text}\n\n${table}\n`;
}

export function integer(value: number): string {
	return value.toLocaleString('en-US');
}

export function tenths(value: number): string {
	return value.toLocaleString('en-US', { minimumFractionDigits: 1, maximumFractionDigits: 1 });
}

export function inMegabytes(bytes: number): string {
	return `${Math.round(bytes / 1024 ** 2)} MB`;
}

export function percent(share: number): string {
	return `${Math.round(share * 100)} %`;
}

/** Describes how the numbers were measured, in terms that apply to any machine. */
export function introduction(): string {
	const gigabytes = Math.round(totalmem() / 1024 ** 3);
	return `# Comparison with n8n's built-in OpenAI node

Written by \`npm run bench\`. Both nodes run in n8n's own engine against the same local sandbox server, which is a
separate process, implements OpenAI's Videos API and returns the same tiny video for every job.

- Lumenfall: this package. Built-in OpenAI: resource Video, operation Generate, node version 2.3, in
  \`@n8n/n8n-nodes-langchain\` ${peerVersion()}; its code is n8n's, unchanged.
- Machine: ${cpus().length} cores, ${gigabytes} GB of memory, Node ${process.versions.node}, ${process.platform}.
- Time is compressed ${TIME_FACTOR}-fold unless a section says otherwise: clocks and timers of nodes, engine and sandbox all run
  faster by this factor, so that delays are those of a user. Requests and processor work take their real time, which then
  counts ${TIME_FACTOR}-fold: a request of 20 ms looks like one of ${(TIME_FACTOR * 20) / 1000} s. All times below are in compressed seconds, as nodes
  and server measure them.
- Overhead is the time between the end of a job and the request for its file, as a share of the job's duration.
`;
}

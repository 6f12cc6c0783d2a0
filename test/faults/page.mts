import type { Outcome } from './matrix.mts';
import type { Row } from './row.mts';

const INTRODUCTION = `# Reliability

What happens if something fails. The [table](#fault-by-fault) lists every fault that is tested.

**n8n runs the node again** (*Retry On Fail*, or *Retry* of a failed execution). The node keeps a record in the execution. A request is the same if the
parameters are as you wrote them and the input item is the same: \`{{ $now }}\` in a prompt does not make a new one. Such a request resumes its
video, and nothing is created twice. A video that failed is created again. One that was cancelled, or that was completed and has expired since, is
not. If the credential points to another server by then, the node creates nothing there and says on which server the video is.

**A node retries a sub-workflow that contains this node.** Each try is a new execution, and creates a new video. Set *Retry On Fail* on this node instead, or
use *Idempotency Key* on Lumenfall.

**The response to a create is lost** (timeout, cut connection, 5xx). On Lumenfall the request is repeated with the same idempotency key, which
returns the same video. After a day, or with another API key, it is not repeated, because the key may be unknown there. On other servers the node
creates nothing more. The error contains the time since which a video may exist, and names candidates from the server's list. Another execution can
have created a video with the same prompt, so the node uses none of them.

**A status check fails.** It is repeated until the deadline. One bad response is not a failed video.

**The server reports too many requests, or too many running videos.** All items of the run slow down together, and continue.

**The download fails.** Only the download is repeated, and n8n 2 deletes an incomplete file. If no try brings the whole file, n8n 1 keeps what arrived
until it deletes the execution: it does not clean up after a broken stream, and gives a node no way to delete a file.

**The timeout is reached.** The item fails with the video ID in the error. The video may still complete: use this ID with *Wait*, *Get* or *Download*.

**You press Stop**, or n8n's execution timeout is reached. Waiting ends within a second, and the videos are cancelled if the server supports it
(option *Cancel Video on Stop*).

**n8n restarts while the node polls.** The execution is lost with the process, as for any running node, but the video is not. Its ID is in n8n's log
(level info) and in the server's list, if it has one: find it with *Get Many* and fetch it with *Wait*. To survive a restart, use *On Webhook Call* or
*Do Not Wait*; see [waiting](waiting.md).

**An item of a batch fails.** If *On Error* is set to *Continue*, the other items are not affected. Otherwise the first failure ends the run, nothing more is
created, and the error names the videos of other items.

Queue mode, including killed workers and 200 suspended executions that resume at the same time, has [its own page](queue-mode.md).

## Fault by fault

This table is generated from the fault matrix (\`test/faults\`), which runs the built node in n8n's own engine, on an n8n 1.120 core and a current one,
against a server that misbehaves as each line says. Two things are checked for every line and not shown: an error about an existing video contains
its ID (‹id› below), and no other host has seen the key.

| What goes wrong | Server | Operation | What you get | Videos created | Billed |
| --- | --- | --- | --- | --- | --- |
`;

const LONGEST_CELL = 180;
/** Rows without a fault are the reference of the others and are not part of the page. */
const NO_FAULT = 'nothing';

/** Returns the page for users: the introduction above, then one line per row. */
export function reliabilityPage(matrix: Row[], outcomes: Array<Outcome | undefined>): string {
	const lines = matrix.flatMap(({ wrong, server, operation }, index) => {
		if (wrong === NO_FAULT) return [];
		const { words, created, billed } = outcomes[index] ?? {
			words: 'not run',
			created: '?',
			billed: '?',
		};
		return `| ${[wrong, server, operation, words, created, billed].map(cell).join(' | ')} |`;
	});
	return `${INTRODUCTION}${lines.join('\n')}\n`;
}

function cell(value: string | number): string {
	const text = String(value).replace(/\|/g, '\\|');
	return text.length > LONGEST_CELL ? `${text.slice(0, LONGEST_CELL)}…` : text;
}

import type { Outcome } from './matrix.mts';
import type { Row } from './row.mts';

const INTRODUCTION = `# Reliability

What the node does if something fails. First the rules, then a [table](#fault-by-fault) of every fault that is tested.

## A node or an execution is retried

The node keeps a record of each request in the execution. With *Retry On Fail*, or *Retry* of a failed execution, the same request gets its video back, and
nothing is created twice. A request is the same if you have not changed the parameters and the input item is the same. An expression such as
\`{{ $now }}\` in a prompt does not make a new request.

| The video | A retry |
| --- | --- |
| is running or completed | resumes it |
| has failed | creates it again |
| was cancelled, or was completed and has expired | creates nothing |
| is \`expired\`, and may have been completed before | creates nothing. In the first hour after its creation, a video without a file and a cost is created again |
| is on another server than that of the credential now | creates nothing, and says on which server the video is |

**A node retries a sub-workflow that contains this node.** Each try is a new execution, and creates a new video. Set *Retry On Fail* on this node instead, or
use *Idempotency Key* on Lumenfall.

## The response to a create is lost

The connection is cut, the request times out, or the server responds with a 5xx.

- **Lumenfall:** the node repeats the request with the same idempotency key, which returns the same video. While the server is still creating it (409),
  the node repeats the request for up to two minutes. After a day, or with another API key, the key may
  be unknown, so the node does not repeat it.
- **Other servers:** the node creates nothing more. The error says when the video may have been created, and names the videos in the server's
  list that it may be. The node does not use one of them on its own: another execution may have created a video with the same prompt.

## The video is being generated

- **A status check fails.** The node repeats it until the deadline. One bad response is not a failed video.
- **The server reports too many requests, or too many running videos.** All items of the run slow down together, and continue.
- **The timeout is reached.** The item fails with the video ID in the error. The video may still complete: use this ID with *Wait*, *Get* or *Download*.
- **You press Stop**, or n8n's execution timeout is reached. Waiting ends within a second. The videos are cancelled if the server supports it
  (option *Cancel Video on Stop*).
- **n8n restarts.** The execution is lost with the process, as for any running node, but the video is not. Its ID is in n8n's log (level info) and in
  the server's list, if it has one: find it with *Get Many* and get it with *Wait*. Do not retry the lost execution. n8n has stored nothing of
  what its node did, so a retry can create and charge the video again. To survive a restart, use *On Webhook Call* or *Do Not Wait*; see
  [waiting](waiting.md).

## The download fails

Only the download is repeated. n8n 2 deletes an incomplete file. If no try gets the whole file, n8n 1 keeps the incomplete one until it deletes the
execution, because it gives a node no way to delete a file.

## An item of a batch fails

If *On Error* is set to *Continue*, the other items are not affected. Otherwise the first failure ends the run. Nothing more is created, and the error
names the videos of the other items.

Queue mode, including killed workers and 200 suspended executions that resume at the same time, has [its own page](queue-mode.md).

## Fault by fault

This table is written by a test (\`test/faults\`). It runs the built node in n8n's own engine, of n8n 1.120 and of a current n8n, against a server that
misbehaves as each line says. For every line, the test also checks that an error about an existing video contains its ID (‹id› below), and that no
other host has seen the key.

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

import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { textToVideoWorkflow } from './compatibleStage.mts';
import { CORES } from './stage.mts';

/** The size of the video. As base64 text, n8n would need 800 MB for it, and as much again for each copy. */
const BYTES = 600_000_000;
const START = Buffer.from('\0\0\0\x10ftypisom0000\x23\xc3\x46\x00mdat', 'latin1');
const PIECE = Buffer.alloc(1_000_000);

/** A server whose video is too large for n8n's memory. */
async function openServer(isAnnounced: boolean) {
	let sentBytes = 0;
	let creates = 0;
	const server = createServer((request, response) => {
		request.resume();
		if (!request.url?.includes('/content')) {
			if (request.method === 'POST') creates++;
			response.setHeader('content-type', 'application/json');
			response.end(JSON.stringify({ id: 'video_1', status: 'completed' }));
			return;
		}
		response.writeHead(200, isAnnounced ? { 'content-length': BYTES } : {});
		response.write(START);
		let left = BYTES - START.length;
		const send = () => {
			while (left > 0 && !response.destroyed) {
				const piece = PIECE.subarray(0, left);
				left -= piece.length;
				sentBytes += piece.length;
				if (!response.write(piece)) return response.once('drain', send);
			}
			return response.end();
		};
		send();
	});
	await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
	return {
		baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
		sent: () => ({ sentBytes, creates }),
		close: () => server.close().closeAllConnections(),
	};
}

/** Runs the node in a process of its own, whose heap is much smaller than the video. */
async function runInMemory(core: string, baseUrl: string) {
	const flags = ['--max-old-space-size=300', '--import', 'tsx', 'test/engine/runInMemory.mts'];
	const work = [core, baseUrl, JSON.stringify(textToVideoWorkflow())];
	const child = spawn(process.execPath, [...flags, ...work], { stdio: ['ignore', 'pipe', 'pipe'] });
	const [printed, errors, exitCode] = await Promise.all([
		text(child.stdout),
		text(child.stderr),
		new Promise((ended) => child.on('exit', ended)),
	]);
	if (exitCode !== 0) throw new Error(`The process ended with ${String(exitCode)}: ${errors}`);
	return JSON.parse(printed.split('\n').at(-1)!) as { message?: string };
}

describe.each(CORES)('a video of 600 MB, on an %s that keeps files in memory', (core) => {
	test.each([
		['announced', true, 20_000_000],
		['not announced', false, 300_000_000],
	])(
		'is refused with advice if its size is %s, and the process lives on',
		async (_, isAnnounced, maxSentBytes) => {
			const server = await openServer(isAnnounced);
			try {
				const { message } = await runInMemory(core, server.baseUrl);
				expect(message).toMatch(
					/^The file of video video_1 could not be downloaded: it is \d+ MB large, and this n8n keeps files in memory/,
				);
				expect(message).toContain("N8N_DEFAULT_BINARY_DATA_MODE to 'filesystem'");
				// What was not sent cannot fill the memory.
				expect(server.sent().sentBytes).toBeLessThan(maxSentBytes);
				expect(server.sent().creates).toBe(1);
			} finally {
				server.close();
			}
		},
	);
});

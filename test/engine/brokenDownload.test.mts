import { readdir } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname } from 'node:path';
import { gzipSync } from 'node:zlib';
import { box } from '../support/mp4Surgery.mts';
import { openEngine, textToVideoWorkflow } from './compatibleStage.mts';
import { CORES } from './stage.mts';

const VIDEO = Buffer.concat([
	box('ftyp', Buffer.from('isom0000')),
	box('moov', box('mvhd', Buffer.alloc(100))),
	box('mdat', Buffer.alloc(200_000, 7)),
]);
const CUT = VIDEO.subarray(0, 120_000);
const JSON_TYPE = { 'content-type': 'application/json' };

type Answer = (response: ServerResponse, origin: string) => void;

const whole: Answer = (response) => response.end(VIDEO);
/** Sent in chunks, so that only the file itself shows its length. */
const cutWithoutSign: Answer = (response) => {
	response.write(CUT);
	response.end();
};
const cutOff: Answer = (response) => {
	response.writeHead(200, { 'content-length': VIDEO.length });
	response.write(CUT, () => response.destroy());
};
const refused =
	(status: number, body = '{"error":{"message":"no"}}'): Answer =>
	(response) =>
		response.writeHead(status, JSON_TYPE).end(body);
const named: Answer = (response, origin) =>
	response.writeHead(200, JSON_TYPE).end(JSON.stringify({ url: `${origin}/files/a.mp4` }));
/** In pieces, without a length and with the type of any file. */
const inChunks: Answer = (response) => {
	response.writeHead(200, { 'content-type': 'application/octet-stream' });
	for (let at = 0; at < VIDEO.length; at += 50_000) response.write(VIDEO.subarray(at, at + 50_000));
	response.end();
};
const gzipped: Answer = (response) =>
	response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(VIDEO));

/**
 * @param content the responses of the content route, one after the other; the last one from then on
 * @param job further fields of the completed job
 */
async function openServer(content: Answer[], job: (origin: string) => object) {
	const asked: string[] = [];
	const answers = [...content];
	const server = createServer((request, response) => {
		const { method, url = '' } = request;
		asked.push(`${method} ${url}`);
		request.resume();
		if (url.includes('/content')) {
			const [answer] = answers.length > 1 ? answers.splice(0, 1) : answers;
			return answer(response, origin());
		}
		if (url.startsWith('/files/')) return whole(response, origin());
		if (url.startsWith('/keyed/'))
			return (request.headers.authorization ? whole : refused(401))(response, origin());
		const state =
			method === 'POST' ? { status: 'queued' } : { status: 'completed', ...job(origin()) };
		response.writeHead(200, JSON_TYPE).end(JSON.stringify({ id: 'video_1', ...state }));
	});
	const origin = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return { baseUrl: `${origin()}/v1`, asked, close: () => server.close().closeAllConnections() };
}

const noUrl = () => ({});
const withUrl = (origin: string) => ({ metadata: { url: `${origin}/files/a.mp4` } });
const withKeyedUrl = (origin: string) => ({ url: `${origin}/keyed/a.mp4` });

describe.each(CORES)('the file of a finished video, on %s', (core) => {
	test.each<[string, Answer[], (origin: string) => object]>([
		['ends too soon without a sign, then comes whole', [cutWithoutSign, whole], noUrl],
		['is cut off twice, then comes whole', [cutOff, cutOff, whole], noUrl],
		['comes as gzip without being requested', [gzipped], noUrl],
		['is named by the content route in JSON', [named], noUrl],
		['is not available at first', [refused(404), refused(404), whole], noUrl],
		...[403, 404, 410, 502].map((status): [string, Answer[], typeof withUrl] => [
			`is refused by the content route (${status}), and the job has its URL`,
			[refused(status)],
			withUrl,
		]),
		['is an error in JSON on the content route, and the job has its URL', [refused(200)], withUrl],
		['is at a URL of the API that requires the key', [refused(404)], withKeyedUrl],
		['comes in chunks without a length', [inChunks], noUrl],
		[
			'is a page on the content route, and the job has its URL',
			[refused(200, '<html>hi')],
			withUrl,
		],
		['has a wrong length in the JSON', [whole], () => ({ output: { size_bytes: 17 } })],
		[
			'is in the status response itself',
			[refused(404)],
			() => ({ data: [{ b64_json: VIDEO.toString('base64') }] }),
		],
	])('%s, and is delivered completely and stored once', async (_, content, job) => {
		const server = await openServer(content, job);
		const engine = await openEngine(core, server.baseUrl);
		try {
			const workflow = textToVideoWorkflow();
			const result = await engine.run(workflow, { pinData: { Start: [{ json: {} }] } });
			expect(result.error).toBeUndefined();
			const binary = result.output('Video')[0].binary?.data;
			if (!binary) throw new Error('no file');
			expect((await engine.readBinary(binary)).equals(VIDEO)).toBe(true);
			const folder = dirname(engine.binaryPath(binary) ?? '');
			// The folder contains the file and n8n's metadata of it.
			expect((await readdir(folder)).filter((name) => !name.endsWith('.metadata'))).toHaveLength(1);
			expect(server.asked.filter((line) => line.startsWith('POST'))).toHaveLength(1);
		} finally {
			server.close();
			await engine.close();
		}
	});

	test.each<[string, Answer[], RegExp]>([
		['never comes whole', [cutWithoutSign], /could not be downloaded: the file ends too soon/],
		['is nowhere', [refused(404)], /no file/],
		['is refused', [refused(403, '{"message":"Request has expired"}')], /has expired/],
	])(
		'%s: the error contains what is known, and no video is created again',
		async (_, content, message) => {
			const server = await openServer(content, noUrl);
			const engine = await openEngine(core, server.baseUrl);
			try {
				const result = await engine.run(textToVideoWorkflow(), {
					pinData: { Start: [{ json: {} }] },
				});
				expect(result.error?.message).toMatch(message);
				expect(result.error?.message).toContain('video_1');
				expect(server.asked.filter((line) => line.startsWith('POST'))).toHaveLength(1);
			} finally {
				server.close();
				await engine.close();
			}
		},
	);

	test('of a file that is never complete, at most the last try is left, and n8n deletes it with the execution', async () => {
		const server = await openServer([whole, cutWithoutSign], noUrl);
		const engine = await openEngine(core, server.baseUrl);
		const run = async (executionId: string) =>
			await engine.run(textToVideoWorkflow(), {
				pinData: { Start: [{ json: {} }] },
				executionId,
			});
		try {
			const binary = (await run('whole')).output('Video')[0].binary?.data;
			if (!binary) throw new Error('no file');
			expect((await run('broken')).error?.message).toMatch(/could not be downloaded/);
			const folder = dirname(engine.binaryPath(binary) ?? '').replace('/whole/', '/broken/');
			const left = await readdir(folder).catch(() => []);
			// n8n 1 does not remove what it has written of a stream that breaks, and gives nodes no way to do so.
			expect(left.length).toBeLessThanOrEqual(core === 'n8n-1' ? 1 : 0);
		} finally {
			server.close();
			await engine.close();
		}
	});
});

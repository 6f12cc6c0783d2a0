import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo, Server } from 'node:net';
import type { Engine } from '../../engine/createEngine.mts';
import { selfSigned } from '../support/selfSigned.mts';
import { openEngine, textToVideoWorkflow } from './compatibleStage.mts';
import { CORES } from './stage.mts';

const KEY = 'sk-live_9f2c.aZk83-Qm71';

/** A server whose API is below /api/v1. Everything else is its website. */
const api: RequestListener = ({ url = '', headers }, response) => {
	if (!url.startsWith('/api/v1/')) {
		response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><h1>Hello</h1>');
		return;
	}
	const isKnown = headers.authorization === `Bearer ${KEY}`;
	const isList = url === '/api/v1/models' || url === '/api/v1/requests?limit=1';
	const statusCode = !isKnown ? 401 : isList ? 200 : 404;
	const body = statusCode === 200 ? { data: [{ id: 'sora-2' }] } : { error: { message: 'no' } };
	response.writeHead(statusCode, { 'content-type': 'application/json' }).end(JSON.stringify(body));
};

const answering =
	(statusCode: number): RequestListener =>
	(_, response) =>
		response
			.writeHead(statusCode, { 'content-type': 'application/json', location: 'http://127.0.0.1/' })
			.end('{"error":{"message":"no"}}');

describe.each(CORES)('the test of the credential on %s', (core) => {
	let engine: Engine;
	const open: Server[] = [];
	beforeAll(async () => (engine = await openEngine(core, 'http://127.0.0.1:9/v1')));
	afterEach(() => open.splice(0).forEach((server) => server.close()));
	afterAll(async () => await engine.close());

	const serve = async (server: Server, scheme = 'http') => {
		open.push(server);
		await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
		return `${scheme}://127.0.0.1:${(server.address() as AddressInfo).port}`;
	};
	const check = async (fields: object) =>
		await engine.testCredential('lumenfallApi', {
			...{ apiKey: KEY, server: 'openAiCompatible' },
			...fields,
		});

	test.each([
		KEY,
		`  ${KEY}\n`,
		`Bearer ${KEY}`,
		`bearer   ${KEY} `,
		`"${KEY}"`,
		`'Bearer ${KEY}'`,
		`“${KEY}”`,
		`\`${KEY}\``,
		`Authorization: Bearer ${KEY}`,
		`Bearer: ${KEY}`,
		`\ufeff${KEY}\u200b`,
		`«${KEY}»`,
		`Key ${KEY}`,
		`$env:API_KEY="${KEY}"`,
	])('understands the key %j, as the node does', async (apiKey) => {
		const baseUrl = `${await serve(createHttpServer(api))}/api/v1`;
		expect(await check({ baseUrl, apiKey })).toMatchObject({ status: 'OK' });
		const node = await openEngine(core, baseUrl, 'openAiCompatible', apiKey);
		const form = { resource: 'model', operation: 'getAll', returnAll: true };
		const result = await node.run(textToVideoWorkflow(form), {
			pinData: { Start: [{ json: {} }] },
		});
		expect(result.error?.message).toBeUndefined();
		expect(result.output('Video')[0].json).toMatchObject({ id: 'sora-2' });
		await node.close();
	});

	test.each([
		...['', '/', '//', '/videos', '/videos/', ' ', '\n', '\u200b', '"', '>'],
		...['/videos/generations', '/videos/{id}', '/models', '/chat/completions'],
	])('understands the base URL with %j at its end, on both kinds of server', async (end) => {
		const origin = await serve(createHttpServer(api));
		for (const server of ['openAiCompatible', 'lumenfall'])
			expect(await check({ baseUrl: `${origin}/api/v1${end}`, server })).toMatchObject({
				status: 'OK',
			});
	});

	test.each([
		['POST ', '/videos'],
		['BASE_URL="', '"'],
		['[docs](', ')'],
	])('understands the base URL with %j before it and %j behind it', async (before, behind) => {
		const origin = await serve(createHttpServer(api));
		expect(await check({ baseUrl: `${before}${origin}/api/v1${behind}` })).toMatchObject({
			status: 'OK',
		});
	});

	/** n8n 1 does not read the rules for a status: it shows words of its own, which say less and never the wrong thing. */
	const expected = (ours: RegExp, ofN8n1: RegExp) => ({
		status: 'Error',
		message: expect.stringMatching(core === 'n8n-1' ? ofN8n1 : ours),
	});

	test.each<[string, (origin: string) => object, RegExp, RegExp]>([
		[
			'a wrong key',
			(origin) => ({ baseUrl: `${origin}/api/v1`, apiKey: 'x' }),
			/did not accept the API key/,
			/^Authorization failed/,
		],
		[
			'no /v1',
			(origin) => ({ baseUrl: `${origin}/api` }),
			/'Base URL' does not point to a video API/,
			/'Base URL' does not point to a video API/,
		],
		[
			'a web page',
			(origin) => ({ baseUrl: origin }),
			/'Base URL' does not point to a video API.* in OpenAI's format/,
			/'Base URL' does not point to a video API/,
		],
		[
			'a wrong path below the API',
			(origin) => ({ baseUrl: `${origin}/api/v1/openai` }),
			/'Base URL' does not point to a video API.* have no model list/,
			/could not be found/,
		],
	])('names what is wrong: %s', async (_, fields, ours, ofN8n1) => {
		const origin = await serve(createHttpServer(api));
		expect(await check(fields(origin))).toMatchObject(expected(ours, ofN8n1));
	});

	test.each([
		[400, /refused the request. Check that the API key/, /^Bad request/],
		[401, /did not accept the API key/, /^Authorization failed/],
		[403, /does not allow it/, /^Forbidden/],
		[404, /'Base URL' does not point to/, /could not be found/],
		[405, /'Base URL' does not point to/, /Method not allowed/],
		[301, /redirects to another URL/, /status code 301/],
		[308, /redirects to another URL/, /status code 308/],
		[429, /too many requests/, /too many requests/],
		[500, /could not answer \(HTTP 500\)/, /not able to process/],
		[502, /could not answer \(HTTP 502\)/, /^Bad gateway/],
		[503, /could not answer \(HTTP 503\)/, /^Service unavailable/],
		[504, /could not answer \(HTTP 504\)/, /^Gateway timed out/],
		[522, /could not answer \(HTTP 522\)/, /failed to process/],
	])('names what HTTP %i means', async (statusCode, ours, ofN8n1) => {
		const origin = await serve(createHttpServer(answering(statusCode)));
		for (const server of ['openAiCompatible', 'lumenfall'])
			expect(await check({ baseUrl: `${origin}/v1`, server })).toMatchObject(
				expected(ours, ofN8n1),
			);
	});

	test('distinguishes a certificate of the server from a server that is not there', async () => {
		const baseUrl = `${await serve(createHttpsServer(await selfSigned(), api), 'https')}/api/v1`;
		const refused = await check({ baseUrl });
		expect(refused).toMatchObject({
			status: 'Error',
			message: expect.stringMatching(/self.signed|CERT/i),
		});
		expect(await check({ baseUrl, ignoreSslIssues: true })).toMatchObject({ status: 'OK' });

		const plain = await serve(createHttpServer(api));
		const noTls = await check({ baseUrl: `${plain.replace('http:', 'https:')}/api/v1` });
		const noServer = await check({ baseUrl: 'http://127.0.0.1:9/v1' });
		const messages = [refused, noTls, noServer].map(({ message }) => message);
		expect(new Set(messages).size).toBe(3);
		for (const message of messages) expect(message).not.toMatch(/API key|Base URL/);
	});

	test('shows the key in no message', async () => {
		for (const statusCode of [401, 403, 404, 500]) {
			const baseUrl = `${await serve(createHttpServer(answering(statusCode)))}/v1`;
			expect((await check({ baseUrl })).message).not.toContain(KEY);
		}
	});
});

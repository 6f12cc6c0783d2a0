import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CORES, openStage, serverOf, type Stage } from './stage.mts';

describe.each(CORES)('the credential and the model list on %s', (core) => {
	describe.each(['lumenfall', 'openai', 'openrouter'] as const)('with a %s server', (dialect) => {
		let stage: Stage;
		beforeAll(async () => (stage = await openStage(core, { dialect })));
		afterAll(async () => await stage.close());

		const check = async (change: object) => {
			const { apiKey, baseUrl } = stage.sandbox;
			return await stage.engine.testCredential('lumenfallApi', {
				apiKey,
				baseUrl,
				...serverOf(dialect),
				...change,
			});
		};

		test('a valid key at the right URL passes, and nothing is created', async () => {
			expect(await check({})).toMatchObject({ status: 'OK' });
			expect(await check({ baseUrl: `${stage.sandbox.baseUrl}/` })).toMatchObject({ status: 'OK' });
			expect(stage.sandbox.jobs()).toEqual([]);
		});

		test('a wrong key is distinguished from a wrong URL', async () => {
			const key = await check({ apiKey: 'wrong' });
			expect(key).toMatchObject({
				status: 'Error',
				message: expect.stringMatching(/API key|Authorization failed/),
			});
			const wrongUrl = await check({ baseUrl: stage.sandbox.mediaUrl });
			expect(wrongUrl).toMatchObject({
				status: 'Error',
				message: expect.stringMatching(/'Base URL' does not point to|could not be found/),
			});
			const dead = await check({ baseUrl: 'http://127.0.0.1:9/v1' });
			expect(dead.status).toBe('Error');
			expect(dead.message).not.toMatch(/API key|Authorization/);
		});

		test('a web page that returns 200 for every request is a wrong URL too', async () => {
			const website = createServer((_, answer) =>
				answer.setHeader('content-type', 'text/html').end('<h1>Welcome</h1>'),
			);
			await new Promise<void>((listening) => website.listen(0, '127.0.0.1', listening));
			const { port } = website.address() as AddressInfo;
			const result = await check({ baseUrl: `http://127.0.0.1:${port}/v1` });
			website.close();
			expect(result).toMatchObject({
				status: 'Error',
				message: expect.stringMatching(/'Base URL' does not point to/),
			});
		});

		test('the list shows the video models, by name or ID, and can be searched', async () => {
			const node = 'n8n-nodes-lumenfall.lumenfall';
			const all = await stage.engine.listSearch(node, 'searchVideoModels', {});
			expect(all.results.map(({ value }) => value)).toEqual(
				expect.arrayContaining(['sora-2', 'kling-v3']),
			);
			expect(all.results.map(({ value }) => value)).not.toContain('mock-image');

			const sora = await stage.engine.listSearch(node, 'searchVideoModels', {}, 'SORA');
			expect(sora.results.map(({ value }) => value).sort()).toEqual(['sora-2', 'sora-2-pro']);
		});
	});
});

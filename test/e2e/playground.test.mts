import { spawn, type ChildProcess } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import axios from 'axios';
import type { CredentialJson, N8nApi } from '../../instance/types.mts';
import { freePort, logIn, openSandbox, waitFor } from './fixtures.mts';

const examples = readdirSync(join(process.cwd(), 'examples')).filter((name) =>
	name.endsWith('.json'),
);

/** The command as a person runs it, with a folder of its own. */
describe('the playground', () => {
	let folder: string;
	let port: number;
	let playground: ChildProcess;
	let text: string;
	beforeAll(async () => {
		folder = await mkdtemp(join(tmpdir(), 'playground-'));
		port = await freePort();
	});
	afterEach(async () => await stop());
	afterAll(async () => {
		await rm(folder, { recursive: true, force: true, maxRetries: 5 });
	});

	const printed = (name: string) => new RegExp(`${name} +(\\S+)`).exec(text)![1];

	/** Starts it and opens it as its owner. */
	async function start(...more: string[]) {
		text = '';
		const flags = ['--port', String(port), '--folder', folder, ...more];
		const child = spawn(process.execPath, ['--import', 'tsx', 'playground/main.mts', ...flags]);
		for (const stream of [child.stdout, child.stderr]) {
			stream.on('data', (part: Buffer) => (text += String(part)));
		}
		playground = child;
		await waitFor(
			'the playground',
			() => {
				if (child.exitCode !== null) throw new Error(`The playground ended:\n${text}`);
				return text.includes('press Ctrl-C');
			},
			150,
		);
		return await logIn(printed('Open'));
	}

	/** Presses Ctrl-C. */
	async function stop() {
		if (playground.exitCode !== null || playground.signalCode !== null) return;
		const ended = new Promise((resolve) => playground.once('exit', resolve));
		playground.kill('SIGINT');
		await ended;
		await waitFor('n8n to be gone', async () => await isGone(printed('Open')));
	}

	/** The result of the test of its credential. */
	async function testOfCredential(api: N8nApi) {
		const [credential] = (await api.http.get('/rest/credentials')).data.data as CredentialJson[];
		const stored = await api.http.get(`/rest/credentials/${credential.id}?includeData=true`);
		return await api.testCredential(credential, stored.data.data.data);
	}

	test('has every example and a credential that works, keeps its data, and ends with Ctrl-C', async () => {
		const api = await start();
		expect(await api.workflows()).toHaveLength(examples.length);
		expect(await testOfCredential(api)).toMatchObject({ status: 'OK' });
		const login = { emailOrLdapLoginId: printed('Email'), password: printed('Password') };
		expect((await axios.post(`${printed('Open')}/rest/login`, login)).status).toBe(200);
		await api.addWorkflow({ name: 'Mine', nodes: [], connections: {} });
		await stop();

		const again = await start();
		expect(await again.workflows()).toHaveLength(examples.length + 1);
		await stop();

		const fresh = await start('--reset');
		expect(await fresh.workflows()).toHaveLength(examples.length);
	});

	test('with --server its credential uses that server', async () => {
		const { baseUrl, apiKey, requests } = await openSandbox();
		const api = await start('--server', baseUrl, '--key', apiKey);
		expect(text).toContain(`uses ${baseUrl}. Videos are charged.`);
		expect(await testOfCredential(api)).toMatchObject({ status: 'OK' });
		expect(requests()).not.toHaveLength(0);
	});
});

async function isGone(url: string): Promise<boolean> {
	return await axios.get(url).then(
		() => false,
		() => true,
	);
}

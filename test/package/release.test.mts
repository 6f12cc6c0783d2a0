import { spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const root = process.cwd();
const folder = mkdtempSync(join(tmpdir(), 'lumenfall-release-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The environment of a developer's own machine. */
const personal = Object.fromEntries(
	Object.entries(process.env).filter(
		([name]) => !/^(CI|GITHUB_|GITLAB_|ACTIONS_|npm_)/i.test(name),
	),
);

describe('npm publish', () => {
	const received: string[] = [];
	let registry: Server;

	beforeAll(async () => {
		registry = createServer((request, response) => {
			if (request.method === 'PUT') received.push(decodeURIComponent(request.url ?? ''));
			request.resume();
			response.writeHead(request.method === 'PUT' ? 201 : 404).end('{}');
		});
		await new Promise<void>((resolve) => registry.listen(0, '127.0.0.1', resolve));
	});
	afterAll(() => registry.close());
	beforeEach(() => (received.length = 0));

	/** Publishes the package to a registry in this test, with the settings of this repository. */
	async function publish(...flags: string[]) {
		const { port } = registry.address() as AddressInfo;
		const settings = `registry=http://127.0.0.1:${port}\n//127.0.0.1:${port}/:_authToken=token\n`;
		for (const file of ['package.json', 'README.md']) cpSync(join(root, file), join(folder, file));
		writeFileSync(join(folder, '.npmrc'), readFileSync(join(root, '.npmrc'), 'utf8') + settings);
		const child = spawn('npm', ['publish', ...flags], {
			cwd: folder,
			env: personal,
			shell: process.platform === 'win32',
		});
		let output = '';
		child.stderr.setEncoding('utf8').on('data', (text: string) => (output += text));
		const code = await new Promise((resolve) => child.once('close', resolve));
		return { code, output };
	}

	test('by hand is refused before anything is sent, even if scripts are ignored', async () => {
		const { code, output } = await publish();
		expect(output).toContain('Automatic provenance generation not supported');
		expect([code, received]).toEqual([1, []]);
	});

	test('would be sent without the requirement of provenance', async () => {
		await publish('--provenance=false');
		expect(received).toEqual(['/n8n-nodes-lumenfall']);
	});
});

describe('the check of a release', () => {
	const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
	const files: Record<string, string> = {
		'package.json': JSON.stringify({
			...manifest,
			version: '1.2.3',
			author: { name: 'Ada', email: 'ada@lovelace.dev' },
			homepage: 'https://github.com/ada/video#readme',
			repository: { type: 'git', url: 'https://github.com/ada/video.git' },
		}),
		'CHANGELOG.md': '# Changelog\n\n## [1.2.3] - 2026-11-28\n\nFirst.\n',
		'README.md': 'https://github.com/ada/video',
		'CONTRIBUTING.md': 'https://github.com/ada/video',
		'SECURITY.md': 'https://github.com/ada/video',
		'credentials/LumenfallApi.credentials.ts': '',
		'nodes/Lumenfall/Lumenfall.node.json': '{}',
		'nodes/LumenfallTrigger/LumenfallTrigger.node.json': '{}',
	};

	function check(change: Record<string, string> = {}, tag = '1.2.3', repository = 'ada/video') {
		for (const [path, text] of Object.entries({ ...files, ...change })) {
			mkdirSync(dirname(join(folder, path)), { recursive: true });
			writeFileSync(join(folder, path), text);
		}
		const { status, stderr } = spawnSync(
			process.execPath,
			[join(root, 'scripts/checkRelease.mjs')],
			{ cwd: folder, env: { ...personal, GITHUB_REF_NAME: tag, GITHUB_REPOSITORY: repository } },
		);
		return [status, stderr.toString().trim()];
	}

	test('passes if everything is consistent', () => {
		expect(check()).toEqual([0, '']);
	});

	test.each([
		['a tag of another version', () => check({}, '1.2.4'), /^The tag is 1\.2\.4/],
		['another repository', () => check({}, '1.2.3', 'eve/video'), /but this is eve\/video$/],
		[
			'a changelog without the version',
			() => check({ 'CHANGELOG.md': '# Changelog\n\n## [Unreleased]\n' }),
			/^CHANGELOG\.md has no section/,
		],
		[
			'a placeholder repository in the codex',
			() =>
				check({
					'nodes/Lumenfall/Lumenfall.node.json': manifest.homepage,
				}),
			/placeholder repository$/,
		],
	])('refuses %s', (_, run, objection) => {
		expect(run()).toEqual([1, expect.stringMatching(objection)]);
	});

	test('refuses each remaining placeholder of this repository', () => {
		for (const name of ['author', 'homepage', 'repository'] as const) {
			const partly = JSON.parse(files['package.json']);
			partly[name] = {
				author: { name: 'Ada', email: 'n8n-nodes-lumenfall@users.noreply.github.com' },
				homepage: 'https://github.com/n8n-nodes-lumenfall/n8n-nodes-lumenfall#readme',
				repository: {
					type: 'git',
					url: 'https://github.com/n8n-nodes-lumenfall/n8n-nodes-lumenfall.git',
				},
			}[name];
			const [status, text] = check({ 'package.json': JSON.stringify(partly) });
			expect([name, status, text]).toEqual([name, 1, expect.stringContaining(`'${name}`)]);
		}
	});
});

describe('the workflows', () => {
	test.each(['ci.yml', 'publish.yml'])('%s pins every action to a commit', (name) => {
		const workflow = readFileSync(join(root, '.github/workflows', name), 'utf8');
		const used = [...workflow.matchAll(/uses: (\S+)(.*)/g)].filter(
			([, use]) => !use.startsWith('.'),
		);
		expect(used.length).toBeGreaterThan(0);
		for (const [, use, comment] of used) {
			expect(use).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40}$/);
			expect(comment).toMatch(/^ # v\d+\.\d+\.\d+$/);
		}
	});
});

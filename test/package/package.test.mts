import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { INodeProperties } from 'n8n-workflow';
import { Lumenfall } from '../../nodes/Lumenfall/Lumenfall.node';
import { LumenfallTrigger } from '../../nodes/LumenfallTrigger/LumenfallTrigger.node';

const root = process.cwd();
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const manifest = JSON.parse(read('package.json'));

/** Returns every file in these folders that git tracks or would track. */
function sources(...folders: string[]): string[] {
	const output = execFileSync('git', ['ls-files', '-co', '--exclude-standard', ...folders], {
		cwd: root,
	});
	return output
		.toString()
		.trim()
		.split('\n')
		.filter((path) => existsSync(join(root, path)));
}

describe('what is published', () => {
	const packed: string[] = JSON.parse(
		execFileSync('npm', ['pack', '--dry-run', '--json'], {
			cwd: root,
			stdio: ['ignore', 'pipe', 'ignore'],
		}).toString(),
	)[0].files.map(({ path }: { path: string }) => path);

	test('everything in the n8n block is in the tarball, with its icons and its codex', () => {
		const named = [...manifest.n8n.nodes, ...manifest.n8n.credentials];
		for (const path of [
			...named,
			'dist/icons/lumenfall.svg',
			'dist/icons/lumenfall.dark.svg',
			'dist/nodes/Lumenfall/Lumenfall.node.json',
			'dist/nodes/LumenfallTrigger/LumenfallTrigger.node.json',
		]) {
			expect(packed).toContain(path);
		}
	});

	test('nothing else is in it: no tests, no sandbox, no engine, no declarations', () => {
		const strangers = packed.filter(
			(path) =>
				!/^(dist\/(nodes|credentials|icons)\/.*\.(js|js\.map|json|svg)|dist\/package\.json|package\.json|README\.md|LICENSE\.md)$/.test(
					path,
				),
		);
		expect(strangers).toEqual([]);
	});

	test('there is no runtime dependency, and n8n-workflow is the only peer', () => {
		expect(manifest.dependencies).toBeUndefined();
		expect(manifest.peerDependencies).toEqual({ 'n8n-workflow': '*' });
		expect(manifest.license).toBe('MIT');
		expect(manifest.n8n.strict).toBe(true);
	});
});

describe('the repository', () => {
	test('the product and its sandbox never import each other', () => {
		for (const path of sources('nodes', 'credentials'))
			expect(read(path)).not.toMatch(/from '.*(sandbox|engine|test)\//);
		for (const path of sources('sandbox'))
			expect(read(path)).not.toMatch(/from '.*(nodes|credentials)\//);
	});

	test('job/ does not import how requests are sent', () => {
		for (const path of sources('nodes/Lumenfall/job'))
			expect(read(path)).not.toMatch(/from '.*transport\//);
	});

	test("no file of the node is longer than 250 lines, and the node's main file fits on one screen", () => {
		const long = sources('nodes').filter((path) => read(path).split('\n').length > 250);
		expect(long).toEqual([]);
		expect(read('nodes/Lumenfall/Lumenfall.node.ts').split('\n').length).toBeLessThan(60);
	});
});

describe('the examples', () => {
	const forms: Record<string, INodeProperties[]> = {
		'n8n-nodes-lumenfall.lumenfall': new Lumenfall().description.properties,
		'n8n-nodes-lumenfall.lumenfallTrigger': new LumenfallTrigger().description.properties,
	};

	test.each(readdirSync(join(root, 'examples')).filter((name) => name.endsWith('.json')))(
		'%s matches the form and contains no secret',
		(name) => {
			const text = read(join('examples', name));
			const { nodes } = JSON.parse(text);
			for (const { type, parameters } of nodes) {
				if (!(type in forms)) continue;
				const form = forms[type].map(({ name }) => name);
				expect(Object.keys(parameters).filter((name) => !form.includes(name))).toEqual([]);
			}
			expect(text).not.toMatch(/lmnfl_|sk-|apiKey/);
		},
	);
});

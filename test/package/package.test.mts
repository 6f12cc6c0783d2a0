import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

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
	test("no file of the node is longer than 250 lines, and the node's main file fits on one screen", () => {
		const long = sources('nodes').filter((path) => read(path).split('\n').length > 250);
		expect(long).toEqual([]);
		expect(read('nodes/Lumenfall/Lumenfall.node.ts').split('\n').length).toBeLessThan(60);
	});
});

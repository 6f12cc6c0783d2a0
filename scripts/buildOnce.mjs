/** Builds the package if a source file has changed since the last build. */
import { execFileSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const BUILT = 'dist/tsconfig.tsbuildinfo';
/** Each setup rewrites this file with the same content, so its time is ignored. */
const CODEC = 'photon.json';

const sources = ['package.json', 'tsconfig.json', 'nodes', 'credentials', 'icons'];
if (Math.max(...sources.map((path) => lastChange(path))) > changeOf(BUILT)) {
	console.log('Building the package…');
	execFileSync('npm', ['run', '--silent', 'build'], {
		cwd: root,
		stdio: ['ignore', 'ignore', 'inherit'],
		shell: process.platform === 'win32',
	});
}

/** Returns when a file, or a folder and everything below it, was last changed. Removing a file changes its folder. */
function lastChange(path) {
	const status = statSync(join(root, path));
	const names = status.isDirectory() ? readdirSync(join(root, path)) : [];
	const below = names.filter((name) => name !== CODEC).map((name) => lastChange(join(path, name)));
	return Math.max(status.mtimeMs, ...below);
}

function changeOf(path) {
	return statSync(join(root, path), { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

/**
 * Installs the dependencies of a folder once. The folder counts as installed if the stamp in its node_modules is the hash of
 * its lock file. Uses only Node and npm, because `npm run setup` runs first.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
	copyFileSync,
	existsSync,
	lstatSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

/**
 * Installs a folder unless it is installed or is a link to another checkout's. Throws an error of npm or of `finish`.
 * @param {string} folder with package.json and package-lock.json
 * @param {string} what is installed, for people
 * @param {() => void} [finish] completes the installation. If it throws, the next call installs again
 */
export function installOnce(folder, what, finish) {
	const lock = createHash('sha256')
		.update(readFileSync(join(folder, 'package-lock.json')))
		.digest('hex');
	const modules = join(folder, 'node_modules');
	// A linked folder belongs to another checkout. `npm ci` would empty it.
	if (lstatSync(modules, { throwIfNoEntry: false })?.isSymbolicLink()) return;

	const stamp = join(modules, '.setup-stamp');
	if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;

	console.log(`Installing ${what} (once)…`);
	const npm = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
	execFileSync('npm', npm, { cwd: folder, stdio: 'inherit', shell: process.platform === 'win32' });
	finish?.();
	writeFileSync(stamp, lock);
}

/**
 * Copies what npm reads from `source` into a dot folder, because `n8n-node build` would pack the images of packages that are
 * installed elsewhere.
 * @param {string} source
 * @param {string} folder
 */
export function copyManifests(source, folder) {
	mkdirSync(folder, { recursive: true });
	for (const file of readdirSync(source)) copyFileSync(join(source, file), join(folder, file));
}

/**
 * Installs what a new clone is missing, and nothing that is already installed.
 *
 * The package and each n8n core have their own lock file. A folder counts as installed if the stamp in its node_modules
 * is the hash of its lock file. Uses only Node and npm, because it runs first.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
	copyFileSync,
	existsSync,
	lstatSync,
	mkdirSync,
	readFileSync,
	writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

installOnce(root, 'the development tools');
for (const core of ['n8n-1', 'n8n-2']) {
	installOnce(copyToCache(core), `the ${core} core`);
}

// The type checker and the unit tests read these files, also if nothing has been built yet.
await import('./makeCodec.mjs');
await import('./bundleN8nWorkflow.mjs');

/** The cores are installed in a dot folder, because `n8n-node build` would pack the images in them. */
function copyToCache(core) {
	const folder = join(root, '.cache', core);
	mkdirSync(folder, { recursive: true });
	for (const file of ['package.json', 'package-lock.json']) {
		copyFileSync(join(root, 'engine/cores', core, file), join(folder, file));
	}
	return folder;
}

function installOnce(folder, what) {
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
	writeFileSync(stamp, lock);
}

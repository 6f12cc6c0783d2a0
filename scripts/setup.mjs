/**
 * Installs what a fresh clone is missing, and nothing that is already there.
 *
 * The package and each n8n core have a lock file of their own. A folder counts as installed when the
 * stamp in its node_modules is the hash of its lock file. Uses Node and npm only: it runs first.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';

for (const folder of [root, join(root, 'engine/cores/n8n-1'), join(root, 'engine/cores/n8n-2')]) {
	installOnce(folder);
}

function installOnce(folder) {
	const lock = createHash('sha256')
		.update(readFileSync(join(folder, 'package-lock.json')))
		.digest('hex');
	const stamp = join(folder, 'node_modules', '.setup-stamp');
	if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;

	console.log(`Installing ${relative(root, folder) || 'development tools'} (once)…`);
	execFileSync(npm, ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
		cwd: folder,
		stdio: 'inherit',
		shell: process.platform === 'win32',
	});
	writeFileSync(stamp, lock);
}

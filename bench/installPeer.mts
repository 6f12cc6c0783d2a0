/**
 * Installs n8n's own OpenAI node once, completely and without scripts, into a dot folder, as `npm run setup` does for
 * the cores. Then replaces n8n's libraries in it by those of the engine, because a node and its engine must share one
 * instance of each.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
	copyFileSync,
	existsSync,
	mkdirSync,
	readFileSync,
	rmSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { readJson, root } from './files.mts';

const source = join(root, 'bench/peer');
const folder = join(root, '.cache/peer');
const modules = join(folder, 'node_modules');
const engineModules = join(root, '.cache/n8n-2/node_modules');
const stamp = join(modules, '.setup-stamp');

/** Each of these has state or classes that must exist only once: `instanceof NodeApiError` compares instances. */
const sharedWithEngine = ['n8n-workflow', 'n8n-core', '@n8n/di'];

/** Folders of n8n's own node packages: the one with the OpenAI node, and the one with its credential. */
export const peerFolders = ['@n8n/n8n-nodes-langchain', 'n8n-nodes-base'].map((name) =>
	join(modules, name),
);

/** Returns the version of n8n's package that is compared. */
export function peerVersion(): string {
	const { dependencies } = readJson<{ dependencies: Record<string, string> }>(
		join(source, 'package.json'),
	);
	return dependencies['@n8n/n8n-nodes-langchain'];
}

export function installPeer() {
	const lock = createHash('sha256')
		.update(readFileSync(join(source, 'package-lock.json')))
		.digest('hex');
	if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;

	console.log("Installing n8n's own OpenAI node (once; some minutes, more than 1 GB)…");
	mkdirSync(folder, { recursive: true });
	for (const file of ['package.json', 'package-lock.json', '.npmrc']) {
		copyFileSync(join(source, file), join(folder, file));
	}
	const npm = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
	execFileSync('npm', npm, { cwd: folder, stdio: 'inherit', shell: process.platform === 'win32' });
	sharedWithEngine.forEach(shareWithEngine);
	writeFileSync(stamp, lock);
}

function shareWithEngine(name: string) {
	const [own, engines] = [join(modules, name), join(engineModules, name)];
	if (versionIn(own) !== versionIn(engines)) {
		throw new Error(`bench/peer and engine/cores/n8n-2 name different versions of ${name}`);
	}
	rmSync(own, { recursive: true });
	mkdirSync(dirname(own), { recursive: true });
	symlinkSync(engines, own, 'junction');
}

function versionIn(packageFolder: string): string {
	return readJson<{ version: string }>(join(packageFolder, 'package.json')).version;
}

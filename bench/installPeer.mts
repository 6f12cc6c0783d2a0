/**
 * Installs n8n's own OpenAI node once, completely and without scripts, as `npm run setup` does for the cores. Then replaces
 * n8n's libraries in it by those of the engine, because a node and its engine must share one instance of each.
 */
import { mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { copyManifests, installOnce } from '../scripts/installOnce.mjs';
import { readJson, ROOT } from './files.mts';

const SOURCE = join(ROOT, 'bench/peer');
const FOLDER = join(ROOT, '.cache/peer');
const MODULES = join(FOLDER, 'node_modules');
const ENGINE_MODULES = join(ROOT, '.cache/n8n-2/node_modules');

/** Each of these has state or classes that must exist only once: `instanceof NodeApiError` compares instances. */
const sharedWithEngine = ['n8n-workflow', 'n8n-core', '@n8n/di'];

/** Folders of n8n's own node packages: the one with the OpenAI node, and the one with its credential. */
export const peerFolders = ['@n8n/n8n-nodes-langchain', 'n8n-nodes-base'].map((name) =>
	join(MODULES, name),
);

/** Returns the version of n8n's package that is compared. */
export function peerVersion(): string {
	const { dependencies } = readJson<{ dependencies: Record<string, string> }>(
		join(SOURCE, 'package.json'),
	);
	return dependencies['@n8n/n8n-nodes-langchain'];
}

/** @throws an error of npm, or one that says that the versions of a shared library differ */
export function installPeer() {
	copyManifests(SOURCE, FOLDER);
	installOnce(FOLDER, "n8n's own OpenAI node: some minutes, more than 1 GB", () =>
		sharedWithEngine.forEach(shareWithEngine),
	);
}

function shareWithEngine(name: string) {
	const [own, engines] = [join(MODULES, name), join(ENGINE_MODULES, name)];
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

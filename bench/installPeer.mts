/**
 * Installs n8n's own OpenAI node once, completely and without scripts, as `npm run setup` does for the cores. Then replaces
 * n8n's libraries in it by those of the engine, because a node and its engine must share one instance of each.
 */
import { mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { copyManifests, installOnce } from '../scripts/installOnce.mjs';
import { readJson, root } from './files.mts';

const source = join(root, 'bench/peer');
const folder = join(root, '.cache/peer');
const modules = join(folder, 'node_modules');
const engineModules = join(root, '.cache/n8n-2/node_modules');

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
	copyManifests(source, folder);
	installOnce(folder, "n8n's own OpenAI node: some minutes, more than 1 GB", () =>
		sharedWithEngine.forEach(shareWithEngine),
	);
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

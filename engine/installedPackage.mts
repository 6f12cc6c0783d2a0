import { existsSync } from 'node:fs';
import { cp, mkdir, readFile, realpath, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { PackageDirectoryLoader } from '../.cache/n8n-2/node_modules/n8n-core';
import type { Core } from './core.mts';
import { inScope, type EngineScope } from './scope.mts';

export interface InstalledPackage {
	name: string;
	loader: PackageDirectoryLoader;
}

interface Manifest {
	name: string;
	files?: string[];
	n8n?: { nodes?: string[]; credentials?: string[] };
}

/** Libraries that n8n provides to community nodes through NODE_PATH. */
const providedByN8n = ['n8n-workflow', 'zod', 'lodash', 'luxon'];

/**
 * Installs a built package the way n8n does: only the files that npm would publish, next to n8n's own libraries.
 *
 * A node that is loaded from the repository would use the repository's `n8n-workflow`. n8n would not recognise its
 * errors, because `instanceof NodeApiError` compares classes of one module instance.
 */
export async function installPackage(
	core: Core,
	scope: EngineScope,
	packageFolder: string,
	temporaryFolder: string,
): Promise<InstalledPackage> {
	const manifest = JSON.parse(
		await readFile(join(packageFolder, 'package.json'), 'utf8'),
	) as Manifest;
	assertBuilt(manifest, packageFolder);

	const modules = join(await realpath(temporaryFolder), 'node_modules');
	const installed = join(modules, manifest.name);
	await mkdir(installed, { recursive: true });
	for (const published of ['package.json', ...publishedFolders(manifest)]) {
		await cp(join(packageFolder, published), join(installed, published), { recursive: true });
	}
	for (const library of providedByN8n) {
		await symlink(core.packageFolder(library), join(modules, library), 'junction');
	}

	return { name: manifest.name, loader: await load(core, scope, installed) };
}

/** Exclusions ("!dist/…") only make the download smaller, so they are ignored here. */
function publishedFolders({ files = ['dist'] }: Manifest): string[] {
	return files.filter((entry) => !entry.startsWith('!'));
}

function assertBuilt({ name, n8n }: Manifest, packageFolder: string) {
	const missing = [...(n8n?.nodes ?? []), ...(n8n?.credentials ?? [])].filter(
		(file) => !existsSync(join(packageFolder, file)),
	);
	if (missing.length > 0) {
		throw new Error(`${name} is not built, run "npm run build" (missing ${missing.join(', ')})`);
	}
}

async function load({ n8nCore }: Core, scope: EngineScope, folder: string) {
	const loader = new n8nCore.PackageDirectoryLoader(folder);
	// n8n's loader uses the logger of the nodes. Its log entries are not theirs, so they are dropped.
	await inScope({ ...scope, onLog: () => {} }, async () => await loader.loadAll());
	return loader;
}

/** Removes the package's modules from Node's cache, because their files are about to be deleted. */
export function unloadPackage({ loader }: InstalledPackage) {
	loader.reset();
}

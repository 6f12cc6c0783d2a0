import { createHash, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, readFile, rename, rm, stat, symlink } from 'node:fs/promises';
import { homedir } from 'node:os';
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

const USER_CACHE = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
const CACHE = join(USER_CACHE, 'n8n-nodes-lumenfall/engine');

const UNUSED_AFTER_MS = 24 * 60 * 60_000;

/** The installations of this process, by core and package. */
const installations = new Map<string, Promise<string>>();

/**
 * Installs a built package the way n8n does: only the files that npm would publish, next to n8n's own libraries. Each engine
 * loads the modules again.
 *
 * A node that is loaded from the repository would use the repository's `n8n-workflow`. n8n would not recognize its
 * errors, because `instanceof NodeApiError` compares classes of one module instance.
 */
export async function installPackage(
	core: Core,
	scope: EngineScope,
	packageFolder: string,
): Promise<InstalledPackage> {
	const manifest = JSON.parse(
		await readFile(join(packageFolder, 'package.json'), 'utf8'),
	) as Manifest;
	assertBuilt(manifest, packageFolder);

	const key = `${core.name} ${packageFolder}`;
	const installing = installations.get(key) ?? installOnce(core, packageFolder, manifest);
	installations.set(key, installing);
	const modules = await installing;
	return { name: manifest.name, loader: await load(core, scope, join(modules, manifest.name)) };
}

/**
 * Copies the published files of the package, unless this build of it is in the cache: copying a thousand files takes longer than
 * most tests. A folder in the cache is complete or does not exist.
 * @returns the folder `node_modules` of the installation
 */
async function installOnce(core: Core, packageFolder: string, manifest: Manifest): Promise<string> {
	const published = ['package.json', ...publishedFolders(manifest)];
	const build = await fingerprint(published.map((name) => join(packageFolder, name)));
	const folder = join(CACHE, `${core.name}-${core.version}-${build}`);
	if (existsSync(folder)) return join(folder, 'node_modules');

	await removeUnused();
	const unfinished = join(CACHE, randomUUID());
	const modules = join(unfinished, 'node_modules');
	await mkdir(modules, { recursive: true });
	for (const name of published) {
		await cp(join(packageFolder, name), join(modules, manifest.name, name), { recursive: true });
	}
	for (const library of providedByN8n) {
		await symlink(core.packageFolder(library), join(modules, library), 'junction');
	}
	// Another process may have been faster.
	await rename(unfinished, folder).catch(async (error: unknown) => {
		await rm(unfinished, { recursive: true });
		if (!existsSync(folder)) throw error;
	});
	return join(folder, 'node_modules');
}

/** Removes what builds of earlier days have left. */
async function removeUnused(): Promise<void> {
	for (const name of existsSync(CACHE) ? await readdir(CACHE) : []) {
		const { mtimeMs } = await stat(join(CACHE, name));
		if (Date.now() - mtimeMs > UNUSED_AFTER_MS)
			await rm(join(CACHE, name), { recursive: true, force: true });
	}
}

/** Identifies the content of files and folders by their paths, sizes and times. */
async function fingerprint(paths: string[]): Promise<string> {
	const hash = createHash('sha256');
	for (const path of paths) {
		const status = await stat(path);
		const names = status.isDirectory() ? await readdir(path, { recursive: true }) : [];
		for (const one of [path, ...names.sort().map((name) => join(path, name))]) {
			const { size, mtimeMs } = await stat(one);
			hash.update(`${one} ${size} ${mtimeMs}\n`);
		}
	}
	return hash.digest('hex').slice(0, 16);
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

/** Removes the package's modules from Node's cache, so that the next engine starts with new ones. */
export function unloadPackage({ loader }: InstalledPackage) {
	loader.reset();
}

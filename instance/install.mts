/**
 * Installs real n8n servers once per machine in the user's cache folder: each takes minutes and more than a gigabyte.
 *
 * A folder there is complete or does not exist: it is prepared in another folder and then moved. Its name contains the
 * hash of the lock file, so a new lock file causes a new installation.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { needPrograms } from './debian.mts';
import { withProgress } from './installProgress.mts';
import { run } from './shell.mts';
import { NODE_TO_INSTALL, NODE_MAJORS, VERSIONS, type N8nVersion } from './versions.mts';

interface InstalledN8n {
	version: N8nVersion;
	/** The folder of the package `n8n`. */
	folder: string;
	/** The Node that runs it. */
	node: string;
}

const MANIFESTS = join(import.meta.dirname, 'lockFiles');
const CACHE = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'n8n-nodes-lumenfall');
const npmFlags = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];

/** Returns the place of a version, installed or not. */
export function locateN8n(version: N8nVersion): InstalledN8n {
	return { version, folder: join(homeOf(version), 'node_modules/n8n'), node: nodeOf(version) };
}

/** Installs what the versions need and this machine does not have yet. */
export async function installMissing(versions: readonly N8nVersion[] = VERSIONS): Promise<void> {
	for (const version of versions) {
		const { node } = locateN8n(version);
		if (!existsSync(node)) await installNode();
		if (!existsSync(homeOf(version))) await installN8n(version, node);
	}
}

async function installN8n(version: N8nVersion, node: string): Promise<void> {
	console.log(`Installing n8n ${version} in ${CACHE} (once, some minutes)…`);
	await inPlace(homeOf(version), async (folder) => {
		for (const file of ['package.json', 'package-lock.json']) {
			await copyFile(join(MANIFESTS, version, file), join(folder, file));
		}
		await withProgress(folder, run('npm', ['ci', ...npmFlags], { cwd: folder }));
		console.log('  Building SQLite…');
		await buildSqlite(folder);
		await run(node, ['-e', 'require("sqlite3")'], { cwd: folder });
	});
}

/**
 * Builds the only native module that n8n cannot run without: uses a prebuilt file if there is one, otherwise compiles
 * it.
 */
async function buildSqlite(folder: string): Promise<void> {
	await needPrograms(['python3', 'make', 'g++'], ['python3', 'make', 'g++']);
	await run('npm', ['rebuild', 'sqlite3', '--ignore-scripts=false'], {
		cwd: folder,
		env: headersOfThisNode(),
	});
}

/**
 * If Node's headers are installed next to Node, they need not be downloaded. sqlite3 works with those of any version.
 */
function headersOfThisNode(): Record<string, string> {
	const prefix = dirname(dirname(process.execPath));
	const found = existsSync(join(prefix, 'include/node/node_api.h'));
	return found ? { npm_config_nodedir: prefix } : {};
}

async function installNode(): Promise<void> {
	const name = `node-${process.platform}-${process.arch}`;
	console.log(`Installing Node ${NODE_TO_INSTALL} in ${CACHE} (once)…`);
	await inPlace(installedNode(), async (folder) => {
		await run('npm', ['install', ...npmFlags, `--prefix=${folder}`, `${name}@${NODE_TO_INSTALL}`]);
		await rename(join(folder, 'node_modules', name, 'bin'), join(folder, 'bin'));
		await rm(join(folder, 'node_modules'), { recursive: true });
	});
}

/**
 * Prepares a folder next to the final place and moves it there. If another process was faster, the folder is discarded.
 */
async function inPlace(place: string, fill: (folder: string) => Promise<void>): Promise<void> {
	await mkdir(CACHE, { recursive: true });
	const folder = await mkdtemp(join(CACHE, '.installing-'));
	try {
		await fill(folder);
		await rename(folder, place).catch((error: unknown) => {
			if (!existsSync(place)) throw error;
		});
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

function homeOf(version: N8nVersion): string {
	const lock = readFileSync(join(MANIFESTS, version, 'package-lock.json'));
	const hash = createHash('sha256').update(lock).digest('hex').slice(0, 12);
	return join(CACHE, `n8n-${version}-${hash}`);
}

function nodeOf(version: N8nVersion): string {
	const ownMajor = Number(process.versions.node.split('.')[0]);
	return NODE_MAJORS[version].includes(ownMajor)
		? process.execPath
		: join(installedNode(), 'bin/node');
}

function installedNode(): string {
	return join(CACHE, `node-${NODE_TO_INSTALL}-${process.platform}-${process.arch}`);
}

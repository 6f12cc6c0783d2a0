import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from './shell.mts';

const ROOT = join(import.meta.dirname, '..');

/**
 * Packs the built package and installs it into an n8n folder with the steps of n8n's own installer (`downloadPackage`
 * in community-packages.service.js, the same in 1.12x and 2.x). The installer itself only accepts packages from npm.
 * @param n8nFolder the `.n8n` folder of the instance
 */
export async function installCommunityPackage(n8nFolder: string): Promise<void> {
	const temporary = await mkdtemp(join(tmpdir(), 'lumenfall-pack-'));
	try {
		const pack = ['pack', '--silent', '--ignore-scripts', '--pack-destination', temporary];
		const tarball = (await run('npm', pack, { cwd: ROOT })).trim();
		await unpack(join(temporary, tarball), join(n8nFolder, 'nodes'));
	} finally {
		await rm(temporary, { recursive: true, force: true });
	}
}

async function unpack(tarball: string, downloadFolder: string): Promise<void> {
	const { name, version } = await readManifest(ROOT);
	const folder = join(downloadFolder, 'node_modules', name);
	await rm(folder, { recursive: true, force: true });
	await mkdir(folder, { recursive: true });
	await run('tar', ['-xzf', tarball, '-C', folder, '--strip-components=1']);

	const manifest = await readManifest(folder);
	for (const dropped of ['devDependencies', 'peerDependencies', 'optionalDependencies']) {
		delete manifest[dropped];
	}
	await writeJson(join(folder, 'package.json'), manifest);
	await run(
		'npm',
		[
			'install',
			'--audit=false',
			'--fund=false',
			'--bin-links=false',
			'--install-strategy=shallow',
			'--ignore-scripts=true',
			'--package-lock=false',
		],
		{ cwd: folder },
	);
	await writeJson(join(downloadFolder, 'package.json'), {
		name: 'installed-nodes',
		private: true,
		dependencies: { [name]: version },
	});
}

type Manifest = Record<string, unknown> & { name: string; version: string };

async function readManifest(folder: string): Promise<Manifest> {
	return JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as Manifest;
}

async function writeJson(path: string, content: object): Promise<void> {
	await writeFile(path, JSON.stringify(content, null, 2));
}

import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

interface LockedPackage {
	dependencies?: Record<string, string>;
	devDependencies?: Record<string, string>;
	optionalDependencies?: Record<string, string>;
	resolved?: string;
}

const lockFiles = execFileSync('git', [
	'ls-files',
	'-co',
	'--exclude-standard',
	'*package-lock.json',
])
	.toString()
	.trim()
	.split('\n');

const packagesOf = (lockFile: string): Record<string, LockedPackage> =>
	JSON.parse(readFileSync(lockFile, 'utf8')).packages;

/** Returns the folders in which Node looks for a package, starting with the one that needs it. */
function placesFor(name: string, from: string): string[] {
	const parts = from === '' ? [] : from.split('/node_modules/');
	const folders = parts.map((_, index) =>
		parts.slice(0, parts.length - index).join('/node_modules/'),
	);
	return [...folders, ''].map((folder) => join(folder, 'node_modules', name));
}

/** Returns dependencies that the lock file does not contain. `npm ci` refuses a lock file with such a gap. */
function gapsOf(packages: Record<string, LockedPackage>): string[] {
	return Object.entries(packages).flatMap(([place, locked]) =>
		Object.keys({
			...locked.dependencies,
			...locked.devDependencies,
			...locked.optionalDependencies,
		})
			.filter((name) => !placesFor(name, place).some((candidate) => candidate in packages))
			.map((name) => `${place || 'the manifest'} needs ${name}`),
	);
}

describe.each(lockFiles)('%s', (lockFile) => {
	const packages = packagesOf(lockFile);

	test('contains every package for every platform, so that `npm ci` works anywhere', () => {
		expect(gapsOf(packages)).toEqual([]);
	});

	test('matches its manifest', () => {
		const manifest = JSON.parse(readFileSync(join(dirname(lockFile), 'package.json'), 'utf8'));
		for (const kind of ['dependencies', 'devDependencies'] as const) {
			expect(packages[''][kind]).toEqual(manifest[kind]);
		}
	});

	test('names no registry, so that any mirror can be used', () => {
		const hosts = Object.values(packages).filter(({ resolved }) => /^https?:/.test(resolved ?? ''));
		expect(hosts).toEqual([]);
	});
});

test('a missing package for another platform is detected', () => {
	expect(
		gapsOf({
			'': { devDependencies: { tool: '1.0.0' } },
			'node_modules/tool': {
				optionalDependencies: { 'tool-linux': '1.0.0', 'tool-darwin': '1.0.0' },
			},
			'node_modules/tool/node_modules/tool-linux': {},
		}),
	).toEqual(['node_modules/tool needs tool-darwin']);
});

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const INTERVAL_MS = 3000;

/**
 * Prints the progress at intervals while npm fills a folder: the number of installed packages of its lock file.
 * @param folder with the lock file
 */
export async function withProgress<Result>(folder: string, work: Promise<Result>): Promise<Result> {
	const { packages } = JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8')) as {
		packages: Record<string, unknown>;
	};
	const manifests = Object.keys(packages)
		.filter((path) => path !== '')
		.map((path) => join(folder, path, 'package.json'));
	let shown = 0;
	const timer = setInterval(() => {
		const there = manifests.filter((path) => existsSync(path)).length;
		if (there === shown) return;
		shown = there;
		console.log(`  ${there} of ${manifests.length} packages`);
	}, INTERVAL_MS);
	try {
		return await work;
	} finally {
		clearInterval(timer);
	}
}
